import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRegister } from '../../../openapi/register.ts';
import { faultyServers } from '../faulty-servers/faults/index.ts';
import { describeCommit, filesChangedSince } from '../harness/git.ts';
import { type CurrentIds, formatAge, readCurrentIds } from '../table/age.ts';
import { makeSummary } from '../table/summary.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { register, soundRecords } from './sample-records.ts';

const summary = makeSummary(register, soundRecords);
const measured: CurrentIds = { 'faulty-servers': ['contacts/lost'], variants: ['random/1'] };
const ageWith = (current: CurrentIds, changed: typeof filesChangedSince = () => []): string =>
  formatAge(summary, current, changed);

describe('The age of the proof', () => {
  it('says when and at which commit each part was measured', () => {
    const lines = ageWith(measured).split('\n');
    expect(lines.filter((line) => !line.startsWith(' '))).toEqual([
      'faulty-servers: measured 2026-01-01T00:00Z at a',
      'variants: measured 2026-01-01T00:00Z at abc1234',
      'flakiness: measured 2026-01-01T00:00Z at abc1234',
      'mutation: measured 2026-01-01T00:00Z at a',
      'peers: measured 2026-01-01T00:00Z at abc1234',
    ]);
  });

  it('compares faulty servers and variants with the present ones', () => {
    expect(ageWith(measured)).toContain('the same 1 faulty servers');
    const more = { ...measured, 'faulty-servers': ['contacts/lost', 'contacts/new'] };
    expect(ageWith(more)).toContain('1 faulty servers then, 2 now: at least 1 new');
    expect(ageWith({ ...measured, variants: [] })).toContain('0 now: at least 1 gone');
    const others = { ...measured, variants: ['random/2'] };
    expect(ageWith(others)).toContain('1 variants then, 1 now, but some of them are others');
  });

  it('counts the changed files of each part, or says that the commit is unknown', () => {
    const counts = ageWith(measured, (_, paths) => paths.map((path) => `${path}/a.ts`));
    expect(counts).toContain('5 of the files that it judges have changed since a\n');
    expect(ageWith(measured, () => undefined)).toContain("Git doesn't know abc1234");
  });

  it('is compared with the faulty servers and variants of the present code', () => {
    const current = readCurrentIds();
    expect(current['faulty-servers']).toEqual(faultyServers.map(({ id }) => id));
    const alone = readCatalogue(readRegister()).variants.map(({ id }) => id);
    expect(current.variants).toEqual(expect.arrayContaining([...alone, 'covering/1', 'random/1']));
  });
});

describe('Git', () => {
  const newRepository = () => {
    const folder = mkdtempSync(join(tmpdir(), 'age-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const git = (...words: string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@a.example', ...words], {
        cwd: folder,
        encoding: 'utf8',
      }).trim();
    const write = (...names: readonly string[]): void => {
      for (const name of names) {
        mkdirSync(join(folder, name, '..'), { recursive: true });
        writeFileSync(join(folder, name), `${Math.random()}`);
      }
    };
    git('init', '--quiet');
    write('openapi/a.yaml', 'openapi/tests/a.test.ts', 'docs/a.md');
    git('add', '.');
    git('commit', '--quiet', '-m', 'first');
    return { folder, write, commit: git('rev-parse', '--short', 'HEAD') };
  };

  it('names changed files below the paths, without tests', () => {
    const { folder, write, commit } = newRepository();
    expect(filesChangedSince(commit, ['openapi'], folder)).toEqual([]);
    write('openapi/a.yaml', 'openapi/tests/a.test.ts', 'docs/a.md');
    expect(filesChangedSince(`${commit}+`, ['openapi'], folder)).toEqual(['openapi/a.yaml']);
  });

  it('does not know a commit that is not in the repository', () => {
    const { folder } = newRepository();
    expect(filesChangedSince('abcdef1', ['openapi'], folder)).toBeUndefined();
    expect(filesChangedSince('unknown', ['openapi'], folder)).toBeUndefined();
  });

  it('describes the present commit, and ignores changes to the published proof', () => {
    const { folder, write, commit } = newRepository();
    expect(describeCommit(folder)).toBe(commit);
    write('scripts/proof/results/proof.md', 'README.md');
    expect(describeCommit(folder)).toBe(commit);
    write('openapi/b.yaml');
    expect(describeCommit(folder)).toBe(`${commit}+`);
    expect(describeCommit(tmpdir())).toBe('unknown');
  });
});
