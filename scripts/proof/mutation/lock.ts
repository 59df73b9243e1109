import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './ledger.ts';

/**
 * Keeps other runs away until it is released: each would give mutants numbers of its own, by which
 * those of the other are judged. What a run that was cut off left behind keeps nobody away.
 *
 * @param folder - where the runs keep what they find
 * @returns what releases it
 * @throws Error when another run is going on
 */
export const lockRuns = (folder: string = cacheFolder): (() => void) => {
  const path = join(folder, 'running.pid');
  mkdirSync(folder, { recursive: true });
  const take = (flag: 'w' | 'wx'): void => {
    writeFileSync(path, `${process.pid}`, { flag });
  };
  try {
    take('wx');
  } catch {
    const other = Number(readFileSync(path, 'utf8'));
    if (isRunning(other)) {
      throw new Error(`Another run is going on, as process ${other}. Wait for its end, or end it`);
    }
    take('w');
  }
  return () => {
    rmSync(path, { force: true });
  };
};

const isRunning = (pid: number): boolean => {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
};
