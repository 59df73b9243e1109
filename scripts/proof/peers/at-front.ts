import { createTransport } from '../../../conformance/world/transport.ts';
import type { Front } from '../fleet/front.ts';
import { makeGround, type Ground } from './ground.ts';
import type { Peer } from './peer.ts';
import { lookAt } from './shown.ts';

/** Shows a server at the front, with data in it, to a tool that knows nothing but HTTP. */
export const lookAtFront = (
  front: Front,
  find: (url: string, ground: Ground) => Promise<readonly string[]>,
): Peer['look'] => {
  const transport = createTransport();
  return async (fault) => {
    const shown = await front.show(fault);
    try {
      const ground = await makeGround(shown, transport);
      return await lookAt(shown, () => find(front.url, ground));
    } finally {
      await shown.close();
    }
  };
};
