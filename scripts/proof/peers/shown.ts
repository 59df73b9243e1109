import type { ShownServer } from '../fleet/front.ts';
import type { Look } from './peer.ts';

/** Lets a tool look at a server that is shown, and counts what that costs even if it breaks down. */
export const lookAt = async (
  shown: Pick<ShownServer, 'requests'>,
  find: () => Promise<readonly string[]>,
): Promise<Look> => {
  const start = performance.now();
  const cost = () => ({ requests: shown.requests(), milliseconds: performance.now() - start });
  try {
    const findings = await find();
    return { findings, ...cost() };
  } catch (error) {
    return { findings: [], ...cost(), brokeDown: String(error) };
  }
};
