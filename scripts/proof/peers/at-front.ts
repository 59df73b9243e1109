import { createTransport } from '../../../conformance/world/transport.ts';
import type { Fault } from '../fleet/fault.ts';
import type { Front } from '../fleet/front.ts';
import { makeGround, type Ground } from './ground.ts';
import type { Look, Peer } from './peer.ts';

/** Shows a server at the front, with data in it, to a tool that knows nothing but HTTP. */
export const lookAtFront = (
  front: Front,
  find: (url: string, ground: Ground) => Promise<readonly string[]>,
): Peer['look'] => {
  const transport = createTransport();
  return async (fault: Fault | undefined): Promise<Look> => {
    const shown = await front.show(fault);
    try {
      const ground = await makeGround(shown, transport);
      const start = performance.now();
      const findings = await find(front.url, ground);
      return { findings, requests: shown.requests(), milliseconds: performance.now() - start };
    } finally {
      await shown.close();
    }
  };
};
