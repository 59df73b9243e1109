/**
 * Works through items in their order, some of them at the same time. The first failure is thrown
 * when all that had begun has ended.
 *
 * @param width - how many at once, at least 1
 */
export const inParallel = async <Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  const lanes = Array.from({ length: Math.min(width, items.length) }, lane);
  const failed = (await Promise.allSettled(lanes)).find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
};
