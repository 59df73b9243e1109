import { Nonconformity } from './nonconformity.ts';
import type { World } from './world.ts';

/** How long to wait between attempts, in seconds. */
const pauses = [0.1, 0.4, 1, 2];

/** How much patience a rule has left: once it waited in vain, it doesn't wait again. */
export interface Patience {
  left: boolean;
}

/**
 * Checks what the search for contacts finds, which may trail behind by a moment (LG-GEN-053): what
 * isn't so yet may be so a little later.
 *
 * @param patience - shared by all checks of a property, so that its simpler cases don't wait
 */
export const eventually = async (
  { wait }: Pick<World, 'wait'>,
  check: () => Promise<void>,
  patience: Patience = { left: true },
): Promise<void> => {
  const { left } = patience;
  for (const seconds of left ? pauses : []) {
    try {
      await check();
      return;
    } catch (thrown) {
      if (!(thrown instanceof Nonconformity)) throw thrown;
      await wait(seconds);
    }
  }
  patience.left = false;
  await check();
  patience.left = left;
};
