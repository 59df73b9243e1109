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

it('a second run is refused until the first has ended', () => {
  const folder = makeFolder();
  const release = lockRuns(folder);
  expect(() => lockRuns(folder)).toThrow(`Another run is in progress, as process ${process.pid}`);
  release();
  lockRuns(folder);
});

it('is not kept by a run that was killed', () => {
  const folder = makeFolder();
  // Above the maximum process id of any system.
  writeFileSync(join(folder, 'running.pid'), '4194305');
  lockRuns(folder);
  expect(() => lockRuns(folder)).toThrow('Another run');
});
