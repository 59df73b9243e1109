import type { Body, Call, Reply } from '../call.ts';
import { Refusal } from '../refusal.ts';

/**
 * Makes a change; where it is refused, fields that were right by themselves are changed all the
 * same if the server does so (LG-ERR-028).
 */
export const orHalfDone = (
  { installation, body }: Call,
  names: readonly string[],
  change: (body: Body) => Reply,
): Reply => {
  try {
    return change(body);
  } catch (thrown) {
    if (thrown instanceof Refusal && installation.takes('LG-ERR-028', 1)) {
      for (const name of names) attempt(() => change({ [name]: body[name] }));
    }
    throw thrown;
  }
};

const attempt = (act: () => unknown): void => {
  try {
    act();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
  }
};
