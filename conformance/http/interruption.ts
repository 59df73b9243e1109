import { breakdownError } from '../errors.ts';

/** Why nothing more is sent: what the signal says, or an interruption by the user. */
export const reasonOf = ({ reason }: AbortSignal): string =>
  typeof reason === 'string' ? reason : 'The run was interrupted.';

/** Ends a wait early. The returned function is called when the wait has ended otherwise. */
export type OnInterruption = (end: (why: Error) => void) => () => void;

/** One listener for all waits of a run: adding one for each costs more than sending a request. */
export const createOnInterruption = (interruption: AbortSignal): OnInterruption => {
  const pending = new Set<(why: Error) => void>();
  interruption.addEventListener('abort', () => {
    for (const end of pending) end(breakdownError(reasonOf(interruption)));
    pending.clear();
  });
  return (end) => {
    if (interruption.aborted) end(breakdownError(reasonOf(interruption)));
    else pending.add(end);
    return () => pending.delete(end);
  };
};

/** Waits for a promise, or until the run is interrupted. */
export const orInterrupted = async <Value>(
  value: Promise<Value>,
  onInterruption: OnInterruption,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const leave = onInterruption(reject);
    value.then(resolve, reject).finally(leave);
  });
