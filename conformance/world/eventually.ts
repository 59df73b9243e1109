import { Nonconformity } from './nonconformity.ts';
import type { World } from './world.ts';

/** How long to wait between attempts, in seconds. */
const pauses = [0.1, 0.4, 1, 2];

/**
 * Checks what the search for contacts finds, which may trail behind by a moment (LG-GEN-053): what
 * isn't so yet may be so a little later.
 */
export const eventually = async (
  { wait }: Pick<World, 'wait'>,
  check: () => Promise<void>,
): Promise<void> => {
  for (const seconds of pauses) {
    try {
      await check();
      return;
    } catch (thrown) {
      if (!(thrown instanceof Nonconformity)) throw thrown;
      await wait(seconds);
    }
  }
  await check();
};
