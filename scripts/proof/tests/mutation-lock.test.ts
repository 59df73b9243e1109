import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockRuns } from '../mutation/results.ts';

const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'runs-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
};

it('keeps a second run away until the first is over', () => {
  const folder = makeFolder();
  const release = lockRuns(folder);
  expect(() => lockRuns(folder)).toThrow(`Another run is in progress, as process ${process.pid}`);
  release();
  lockRuns(folder);
});

it('is not held by what a run left behind that was cut off', () => {
  const folder = makeFolder();
  // No process has this number: it is more than any system gives.
  writeFileSync(join(folder, 'running.pid'), '4194305');
  lockRuns(folder);
  expect(() => lockRuns(folder)).toThrow('Another run');
});
