import type { ShownServer } from '../fleet/front.ts';
import type { Look } from './peer.ts';

/**
 * Lets a tool look at a server that is shown, and counts what that costs even if it breaks down.
 *
 * @param whyEnded - tells of a tool that came to its end while it looked
 */
export const lookAt = async (
  shown: Pick<ShownServer, 'requests'>,
  find: () => Promise<readonly string[]>,
  whyEnded: () => string | undefined = () => undefined,
): Promise<Look> => {
  const start = performance.now();
  const cost = () => ({ requests: shown.requests(), milliseconds: performance.now() - start });
  try {
    const findings = await find();
    const brokeDown = whyEnded();
    return { findings, ...cost(), ...(brokeDown !== undefined && { brokeDown }) };
  } catch (error) {
    return { findings: [], ...cost(), brokeDown: String(error) };
  }
};
