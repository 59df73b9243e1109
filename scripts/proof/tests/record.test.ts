import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, it, onTestFinished } from 'vitest';
import { repositoryRoot } from '../../cli/command.ts';
import { isTrial, readRecord, writeRecord } from '../harness/record.ts';

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'records-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
};

it('what a part came to is read as it was written, with where and when it was measured', () => {
  const folder = newFolder();
  writeRecord('fleet', { seeds: [1, 2] }, { folder });
  const { circumstances, ...result } = readRecord<{ seeds: number[] }>('fleet', folder);
  expect(result).toEqual({ seeds: [1, 2] });
  expect(circumstances).toMatchObject({ node: process.version });
  expect(circumstances.measuredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
});

it('a part that was never run is told by name, with the command that runs it', () => {
  expect(() => readRecord('peers', newFolder())).toThrow('`npm run proof -- --only peers`');
});

it('a record names no folder of the machine that it was measured on', () => {
  const folder = newFolder();
  const seen = [`${repositoryRoot}/scripts/a.ts broke down in ${folder}/b.json`];
  writeRecord('peers', { peers: seen }, { folder });
  expect(readRecord('peers', folder)).toMatchObject({
    peers: ['scripts/a.ts broke down in (temporary)/b.json'],
  });
});

it.each([
  ['one that is called with nothing', [], false],
  ['one with an option that changes nothing', ['--workers', '2'], false],
  ['one with another amount', ['--runs', '3'], true],
  ['one with a part of the whole', ['--only', 'x'], true],
])('%s is a trial or not', (_, words, expected) => {
  const command = new Command()
    .option('--runs <number>', 'cases', Number, 8)
    .option('--only <text>', 'a part')
    .option('--workers <number>', 'processes', Number, 1)
    .parse(words, { from: 'user' });
  expect(isTrial(command, ['workers'])).toBe(expected);
});
