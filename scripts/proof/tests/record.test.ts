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

it('a record is read as it was written, with its circumstances', () => {
  const folder = newFolder();
  writeRecord('flakiness', { seeds: [1, 2] }, { folder: join(folder, 'records') });
  const record = readRecord<{ seeds: number[] }>('flakiness', join(folder, 'records'));
  expect(record).toMatchObject({ seeds: [1, 2], circumstances: { node: process.version } });
  expect(record?.circumstances.measuredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
});

it('a part that was not measured in this clone has no record', () => {
  expect(readRecord('peers', newFolder())).toBeUndefined();
});

it('a record has no paths of the machine that it was measured on', () => {
  const folder = newFolder();
  const findings = [`${repositoryRoot}/scripts/a.ts broke down in ${folder}/b.json`];
  writeRecord('peers', { peers: findings }, { folder });
  expect(readRecord('peers', folder)).toMatchObject({
    peers: ['scripts/a.ts broke down in (temporary)/b.json'],
  });
});

it.each([
  ['without options', [], false],
  ['with an option that changes nothing', ['--workers', '2'], false],
  ['with another amount', ['--runs', '3'], true],
  ['with a selection', ['--only', 'x'], true],
])('a command %s is a trial or not', (_, words, expected) => {
  const command = new Command()
    .option('--runs <number>', 'cases', Number, 8)
    .option('--only <text>', 'a part')
    .option('--workers <number>', 'processes', Number, 1)
    .parse(words, { from: 'user' });
  expect(isTrial(command, ['workers'])).toBe(expected);
});
