/** When work is no longer waited for. */
export interface Stop<Value> {
  readonly signal: AbortSignal;
  /** Milliseconds that the work still has once the signal fires. */
  readonly grace: number;
  /** The result in its place; may throw. */
  readonly instead: () => Value;
}

/**
 * Waits for work that may never end: after a signal only as long as its grace. What the work does
 * later is ignored, its failure included.
 */
export const waitFor = <Value>(
  work: Promise<Value>,
  stops: readonly Stop<Value>[],
): Promise<Value> => {
  const undo: (() => void)[] = [];
  const waiting = new Promise<Value>((resolve, reject) => {
    for (const { signal, grace, instead } of stops) {
      const give = (): void => {
        try {
          resolve(instead());
        } catch (thrown) {
          reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
        }
      };
      const begin = (): void => {
        const timer = setTimeout(give, grace);
        undo.push(() => {
          clearTimeout(timer);
        });
      };
      if (signal.aborted) begin();
      else signal.addEventListener('abort', begin, { once: true });
      undo.push(() => {
        signal.removeEventListener('abort', begin);
      });
    }
    work.then(resolve, reject);
  });
  return waiting.finally(() => {
    for (const step of undo) step();
  });
};
