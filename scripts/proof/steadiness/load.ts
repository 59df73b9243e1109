import { Worker } from 'node:worker_threads';

/** Keeps so many threads of this process busy until it is told to stop. */
export const startLoad = (threads: number): (() => Promise<void>) => {
  const workers = Array.from({ length: threads }, () => new Worker(busy, { eval: true }));
  return async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
};

const busy = 'for (;;) Math.sqrt(Math.random());';
