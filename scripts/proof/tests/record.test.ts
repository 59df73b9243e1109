import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readRecord, writeRecord } from '../record.ts';

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'records-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
};

it('what a part came to is read as it was written, with where and when it was measured', () => {
  const folder = newFolder();
  writeRecord('fleet', { seeds: [1, 2] }, folder);
  const { circumstances, ...result } = readRecord<{ seeds: number[] }>('fleet', folder);
  expect(result).toEqual({ seeds: [1, 2] });
  expect(circumstances).toMatchObject({ node: process.version });
  expect(circumstances.measuredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
});

it('a part that was never run is told by name, with the command that runs it', () => {
  expect(() => readRecord('peers', newFolder())).toThrow('`npm run proof -- --only peers`');
});
