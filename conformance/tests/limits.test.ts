import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../faults/faulty-proxy.ts';
import type { Report } from '../report/report.ts';
import { rules } from '../rules/index.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { callInProcess } from './call-command.ts';

describe('a run within limits', { timeout: 240_000 }, () => {
  let folder: string;
  let server: EmbeddedServer;
  let proxy: FaultyProxy;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'limits-'));
    server = await startReferenceServer();
    proxy = await startFaultyProxy(server.url);
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    proxy.inject(rules.find(({ id }) => id === 'contacts/city')?.fault);
  });

  const fileOf = (name: string) => join(folder, `${name}.json`);
  const reportIn = (name: string) => JSON.parse(readFileSync(fileOf(name), 'utf8')) as Report;

  /** Runs the command, and returns its output and the report that it wrote. */
  const judge = async (
    name: string,
    flags: readonly string[],
    ...rest: [Record<string, string>?, Parameters<typeof callInProcess>[2]?]
  ) => {
    const target = ['--target', proxy.url, '--control', server.controlUrl];
    const report = ['--report', `json:${fileOf(name)}`];
    const result = await callInProcess([...target, ...flags, ...report], ...rest);
    return { ...result, report: reportIn(name) };
  };

  const executed = ({ rules }: Report) =>
    rules.filter(({ outcome, id }) => outcome !== 'omitted' && !id.startsWith('ambient/'));
  const idsOf = (report: Report) =>
    executed(report)
      .map(({ id }) => id)
      .sort();

  const contacts = ['--only', 'contacts', '--runs', '2', '--seed', '3'];

  it('ends after the first failure, and says what it did not reach', async () => {
    const { code, err, report } = await judge('bail', [
      ...contacts,
      '--bail',
      '--concurrency',
      '4',
    ]);
    expect(code, err).toBe(1);
    const reason = 'The run ended after 1 failure (--max-failures 1).';
    expect(err).toContain(`  ${reason} The report says what it did not reach.\n`);
    expect(report).toMatchObject({ verdict: 'non-conformant', endedEarly: reason });
    // Rules that ran at the same time may have failed too.
    const failed = executed(report).filter((one) => one.outcome === 'failed');
    const must = failed.filter(({ level }) => level === 'MUST').length;
    expect(must).toBeGreaterThanOrEqual(1);
    expect(must).toBeLessThanOrEqual(4);
    expect(report.counts.rules['not-verified']).toBeGreaterThan(10);
    expect(report.gaps.some((gap) => gap.reason === reason)).toBe(true);
  });

  it('ends after the first violation of an ambient rule', async () => {
    proxy.inject(rules.find(({ id }) => id === 'ambient/rate-limit-headers')?.fault);
    const { code, err, report } = await judge('ambient', [...contacts, '--bail']);
    expect(code, err).toBe(1);
    expect(report.endedEarly).toContain('--max-failures 1');
    const failed = report.rules.filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ id }) => id)).toEqual(['ambient/rate-limit-headers']);
    expect(report.counts.rules['not-verified']).toBeGreaterThan(10);
  });

  it('ends after so many requests, and is incomplete', async () => {
    proxy.inject(undefined);
    const { code, err, report } = await judge('requests', [...contacts, '--max-requests', '40']);
    expect(code, err).toBe(3);
    expect(report.verdict).toBe('incomplete');
    expect(report.endedEarly).toBe('The run ended after 40 requests (--max-requests 40).');
    expect(report.counts.exchanges).toBeLessThanOrEqual(40);
    expect(report.counts.rules.error).toBe(0);
  });

  it('ends after a time', async () => {
    proxy.inject(undefined);
    const flags = ['--seed', '3', '--max-time', '1500ms'];
    const { code, err, report } = await judge('time', flags);
    expect(code, err).toBe(3);
    expect(report.endedEarly).toBe('The run ended after 1500ms (--max-time 1500ms).');
    expect(report.counts.rules).toMatchObject({ error: 0, failed: 0 });
  });

  it('is not shortened by a limit that it does not reach', async () => {
    proxy.inject(undefined);
    const limits = ['--max-failures', '5', '--max-time', '5m', '--max-requests', '9000'];
    const flags = ['--only', 'contacts/city', '--runs', '2', '--seed', '3', ...limits];
    const { code, err, report } = await judge('roomy', flags);
    expect(code, err).toBe(0);
    expect(report).toMatchObject({ verdict: 'conformant', endedEarly: null });
  });

  it('says beforehand what it will send, and how long that takes', async () => {
    proxy.inject(undefined);
    const { err, report } = await judge('said', ['--only', 'contacts/city', '--runs', '5']);
    const said = /sends at most ([\d,]+) requests? in ([\d,]+) new organisation/.exec(err);
    expect(Number(said?.[1]), err).toBeGreaterThanOrEqual(report.counts.exchanges);
    expect(err).toContain('Organisations are created there, and deleted afterwards.');
    expect(err).toMatch(/That takes about \d+ (s|min) at the pace of the target/);
  });

  describe('with what failed last', () => {
    const few = ['--only', 'contacts/city,contacts/company', '--runs', '3', '--seed', '3'];

    it('executes that alone, until nothing fails', async () => {
      const first = await judge('last', few);
      expect(first.code, first.err).toBe(1);
      const again = await judge('again', ['--last-failed', fileOf('last')]);
      expect(again.code, again.err).toBe(1);
      // By the same generated values, so that it fails again.
      expect(again.report).toMatchObject({ seed: 3, runs: 3 });
      expect(again.err).toContain('seed 3 (from the report of --last-failed).');
      expect(idsOf(again.report)).toEqual(['contacts/city']);
      const reasons = again.report.rules.map(({ reason }) => reason);
      expect(reasons).toContain('Left out by --last-failed.');
      proxy.inject(undefined);
      // The same file may be read and written.
      const other = ['--profile', 'smoke', '--seed', '4'];
      const passes = await judge('again', ['--last-failed', fileOf('again'), ...other]);
      expect(passes.code, passes.err).toBe(0);
      expect(passes.report).toMatchObject({ seed: 4, runs: 1 });
      const nothing = await judge('again', ['--last-failed', fileOf('again')]);
      expect(nothing).toMatchObject({ code: 0, out: '', report: passes.report });
      expect(nothing.err).toBe(
        `${fileOf('again')} has nothing that failed: there is nothing to run.\n`,
      );
    });

    it('executes the rule during which an ambient rule failed', async () => {
      proxy.inject(rules.find(({ id }) => id === 'ambient/json-body')?.fault);
      const { report } = await judge('ambient', ['--only', 'flows/type-filter', '--seed', '3']);
      expect(report.rules.find(({ id }) => id === 'ambient/json-body')?.outcome).toBe('failed');
      const again = await judge('more', ['--last-failed', fileOf('ambient'), '--seed', '3']);
      expect(again.code, again.err).toBe(1);
      expect(idsOf(again.report)).toEqual(['flows/type-filter']);
    });

    it('executes what a breakdown kept from running', async () => {
      const gone = ['--target', 'http://127.0.0.1:1/api/v1', ...few];
      const report = ['--report', `json:${fileOf('broken')}`];
      const broken = await callInProcess([...gone, ...report], {
        LEADGRID_KEY: 'lg_live_a_key_for_tests',
      });
      expect(broken).toMatchObject({ code: 4, out: '' });
      expect(reportIn('broken')).toMatchObject({ verdict: null, breakdown: { exitCode: 4 } });
      proxy.inject(undefined);
      const again = await judge('mended', ['--last-failed', fileOf('broken'), '--runs', '2']);
      expect(again.code, again.err).toBe(0);
      expect(idsOf(again.report)).toEqual(['contacts/city', 'contacts/company']);
    });

    it('is refused when nothing of it is selected', async () => {
      await judge('other', few);
      const words = ['--last-failed', fileOf('other'), '--only', 'flows'];
      const { code, err } = await callInProcess(words);
      expect(code).toBe(2);
      expect(err).toContain('The options leave no rule');
    });
  });

  describe('in shards', () => {
    const names = 'contacts/city,contacts/company,flows/type-filter';
    const few = ['--only', names, '--profile', 'smoke', '--runs', '3', '--seed', '5'];
    const merge = async (count: number, name: string) => {
      const files = Array.from({ length: count }, (_, index) => fileOf(`${name}-${index + 1}`));
      const merged = fileOf(`${name}-merged`);
      const result = await callInProcess(['merge', ...files, '--report', `json:${merged}`]);
      return { ...result, report: reportIn(`${name}-merged`) };
    };

    it('executes each rule once; a shard without rules passes, and leaves the target alone', async () => {
      proxy.inject(undefined);
      const parts = [];
      for (const number of [1, 2, 3, 4]) {
        parts.push(await judge(`four-${number}`, [...few, '--shard', `${number}/4`]));
      }
      expect(parts.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
      expect(parts.map(({ report }) => idsOf(report).length)).toEqual([1, 1, 1, 0]);
      expect(parts[3]).toMatchObject({
        ...{ err: 'This shard has no rule to run.\n', out: 'conformant\n' },
        report: { verdict: 'conformant', shard: '4/4', counts: { exchanges: 0 } },
      });
      const whole = await judge('whole', few);
      const { code, report } = await merge(4, 'four');
      expect(code).toBe(0);
      expect(report.counts).toEqual(whole.report.counts);
      expect(idsOf(report)).toEqual(names.split(',').sort());
      expect(report).toMatchObject({ seed: 5, runs: 3, shard: null, verdict: 'conformant' });
    });

    it('combines with what failed last, --only and --skip', async () => {
      const first = await judge('all', [...few, '--strict']);
      expect(first.code, first.err).toBe(1);
      const again = ['--last-failed', fileOf('all'), '--only', 'contacts', '--skip', 'flows'];
      const common = [...again, '--profile', 'smoke', '--runs', '3', '--seed', '5'];
      const one = await judge('part-1', [...common, '--shard', '1/2']);
      const two = await judge('part-2', [...common, '--shard', '2/2']);
      expect([one.code, two.code], one.err + two.err).toEqual([1, 0]);
      expect([idsOf(one.report), idsOf(two.report)]).toEqual([['contacts/city'], []]);
      const { code, report } = await merge(2, 'part');
      expect(code).toBe(1);
      expect(report).toMatchObject({ runs: 3, seed: 5, verdict: 'non-conformant' });
    });

    it('takes the seed from the commit, and says so', async () => {
      proxy.inject(undefined);
      const only = ['--only', 'flows/type-filter', '--runs', '1', '--shard', '1/1'];
      const sha = '3f785e9b1c0d2a4b6c8d0e1f2a3b4c5d6e7f8091';
      const seeds = [];
      for (const name of ['GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION']) {
        const { err, report } = await judge('sha', only, { [name]: sha });
        expect(err.split('\n')[0]).toContain(`(from commit 3f785e9b1c0d of ${name})`);
        seeds.push(report.seed);
      }
      const { err, report } = await judge('sha', only, {}, { headCommit: () => sha });
      expect(err.split('\n')[0]).toContain('(from commit 3f785e9b1c0d of the work tree)');
      expect(new Set([...seeds, report.seed]).size).toBe(1);
      const other = await judge('sha', only, { GITHUB_SHA: sha.replace('3', '4') });
      expect(other.report.seed).not.toBe(report.seed);
      // A commit that is no number of Git is one, too.
      await judge('sha', only, { GITHUB_SHA: 'r1234' });
      writeFileSync(fileOf('sha'), '{}');
    });
  });
});
