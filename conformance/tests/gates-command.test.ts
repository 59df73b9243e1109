import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../faults/faulty-proxy.ts';
import type { Report } from '../report/report.ts';
import { rules } from '../rules/index.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { callInProcess } from './call-command.ts';
import { provision } from './provision.ts';

const city = 'contacts/city';
const ruleOf = (id: string) => {
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw new Error(`There is no rule ${id}.`);
  return rule;
};

describe('the gates of leadgrid-conformance', { timeout: 240_000 }, () => {
  let folder: string;
  let server: EmbeddedServer;
  let proxy: FaultyProxy;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gates-'));
    server = await startReferenceServer();
    proxy = await startFaultyProxy(server.url);
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    proxy.inject(ruleOf(city).fault);
  });

  const write = (name: string, content: unknown): string => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  /** Runs two rules, of which the first fails, and returns the output and the report. */
  const judge = async (
    flags: readonly string[],
    { now = Date.now, only = `${city},contacts/company` } = {},
  ) => {
    const file = join(folder, 'report.json');
    const where = flags.includes('--config') ? [] : ['--target', proxy.url];
    const few = ['--only', only, '--runs', '2', '--seed', '3', '--report', 'pretty'];
    const result = await callInProcess(
      [...where, '--control', server.controlUrl, ...few, '--report', `json:${file}`, ...flags],
      {},
      { surroundings: { now, sleep: () => Promise.resolve() } },
    );
    return { ...result, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
  };

  it('end a run with 0 under --fail-on none, and leave the verdict as it is', async () => {
    const { code, out, err, report } = await judge(['--fail-on', 'none']);
    expect(code, err).toBe(0);
    expect(report).toMatchObject({ verdict: 'non-conformant', gates: { failOn: 'none' } });
    expect(out).toContain('exit code 0 (--fail-on none)');
    const gone = await callInProcess(['--target', 'http://127.0.0.1:9/', '--fail-on', 'none'], {
      LEADGRID_KEY: 'lg_live_nobody_0001',
    });
    expect(gone.code, gone.err).toBe(4);
  });

  it('take a deviation for a failure under --fail-on should, or --strict', async () => {
    proxy.inject(ruleOf('pagination/newest-first').fault);
    const only = 'pagination/newest-first,contacts/company';
    const must = await judge(['--fail-on', 'must'], { only });
    expect(must.code, must.err).toBe(0);
    for (const flags of [['--fail-on', 'should'], ['--strict'], ['--strict', '--fail-on=should']]) {
      const { code, err, report } = await judge(flags, { only });
      expect(code, err).toBe(1);
      expect(report).toMatchObject({ strict: true, gates: { failOn: 'should' } });
    }
    const bail = await judge(['--fail-on', 'should', '--bail'], { only });
    expect(bail.err).toContain('(--max-failures 1)');
  });

  it('report what is newer than --as-of, and leave it out of the verdict', async () => {
    const { code, out, err, report } = await judge(['--as-of', '0', '--bail']);
    // All rules are newer, so nothing is left to verify; the failure isn't one that ends the run.
    expect(code, err).toBe(3);
    expect(report).toMatchObject({ verdict: 'incomplete', endedEarly: null, gates: { asOf: '0' } });
    expect(report.rules.find(({ id }) => id === city)).toMatchObject({
      ...{ outcome: 'failed', since: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string },
    });
    expect(report.newer.rules).toContain(city);
    expect(out).toContain(`New since 0, not in the verdict (1)\n  ~ ${city}  `);
    expect(out).toContain('1 failure new since 0');
    const own = await judge(['--as-of', report.suite.version]);
    expect(own.code, own.err).toBe(1);
  });

  it('need --min-verified of what is in scope, and no more', async () => {
    proxy.inject(undefined);
    const environment = { LEADGRID_KEY: await provision(server.controlUrl) };
    const run = (...flags: string[]) =>
      callInProcess(
        ['--target', server.url, '--only', 'authentication', '--runs', '1', ...flags],
        environment,
      );
    const all = await run();
    expect(all.code, all.err).toBe(3);
    const most = await run('--min-verified', '10%');
    expect(most.code, most.err).toBe(0);
    expect(most.out.replaceAll(/\s+/g, ' ')).toMatch(
      /Verdict conformant: .*not verified, .*[\d.]+% verified \(--min-verified 10%\)/,
    );
    const few = await run('--min-verified', '99.5%');
    expect(few.code, few.err).toBe(3);
    expect(few.out.replaceAll(/\s+/g, ' ')).toMatch(
      /Verified \d+ of \d+ requirements in scope, [\d.]+%: \d+ fewer than --min-verified asks for. What would raise it: [A-Z].* \(\d+\)/,
    );
  });

  it('accept a known failure by what it is about, until its day has passed', async () => {
    const [requirement] = ruleOf(city).verifies;
    const entries = Object.fromEntries(
      ruleOf(city).verifies.map((id) => [id, { reason: 'Ticket 7.', until: '2027-03-31' }]),
    );
    const baseline = ['--baseline', write('baseline.json', entries)];
    const on = (day: string) => ({ now: () => Date.parse(`${day}T12:00:00Z`) });
    const known = await judge(baseline, on('2027-03-31'));
    expect(known.code, known.err).toBe(0);
    expect(known.err).toContain(`MUST ${city} failed, a known failure: Ticket 7.`);
    const expired = await judge(baseline, on('2027-04-01'));
    expect(expired.code, expired.err).toBe(1);
    const line = `The baseline's entry for ${requirement} expired on 2027-03-31, so its failures count again: Ticket 7.`;
    expect(expired.err).toContain(`${line}\n`);
    expect(expired.out.replaceAll(/\s+/g, ' ')).toContain(line);
    expect(expired.report.baseline).toMatchObject({ known: {}, mended: [] });
    proxy.inject(undefined);
    const mended = await judge(baseline, { ...on('2027-03-31'), only: requirement });
    expect(mended.code, mended.err).toBe(1);
    expect(mended.report.baseline.mended).toEqual(ruleOf(city).verifies);
    expect(mended.out.replaceAll(/\s+/g, ' ')).toContain(`of the baseline mended (${requirement}`);
  });

  it('may be in the configuration, and those of the command line come first', async () => {
    const config = (content: object) => [
      ...['--config', write('leadgrid.config.json', { target: proxy.url, ...content })],
    ];
    const none = await judge(config({ failOn: 'none', asOf: '0', minVerified: '10%' }));
    expect(none.code, none.err).toBe(0);
    expect(none.report.gates).toEqual({ failOn: 'none', asOf: '0', minVerified: 10 });
    const must = await judge([...config({ failOn: 'none' }), '--fail-on', 'must']);
    expect(must.code, must.err).toBe(1);
    const should = await judge([...config({ failOn: 'should', asOf: '0' }), '--bail']);
    expect(should.code, should.err).toBe(3);
    expect(should.report.strict).toBe(true);
    for (const [content, text] of [
      [{ asOf: '999.1' }, 'asOf in '],
      [{ asOf: 'next' }, 'asOf must be a version of this suite'],
      [{ failOn: 'may' }, 'failOn must be must, should or none'],
      [{ minVerified: 0.95 }, 'minVerified must be a percentage'],
      [{ minVerified: '300%' }, 'Give a percentage from 0% to 100%'],
    ] as const) {
      const { code, err, report } = await judge(config(content));
      expect(code, err).toBe(2);
      expect(err).toContain(text);
      expect(report).toMatchObject({ verdict: null, breakdown: { exitCode: 2 } });
    }
  });

  it.each([
    [['--as-of', '999'], '--as-of 999 is newer than this suite, which has version'],
    [['--as-of', 'latest'], '--as-of latest is no version'],
    [['--fail-on', 'may'], 'Use one of must, should, none'],
    [['--strict', '--fail-on', 'none'], '--strict is short for --fail-on should, and contradicts'],
    [['--min-verified', '0.95'], '--min-verified 0.95 is no share'],
  ])('are refused: %s', async (flags, line) => {
    const { code, out, err } = await callInProcess(flags);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(line);
  });

  it('are the same in all shards of a run, or named', async () => {
    const shard = async (name: string, number: number, ...flags: string[]) => {
      const { report } = await judge(['--shard', `${String(number)}/2`, ...flags]);
      return write(name, report);
    };
    const merge = (...files: string[]) => callInProcess(['merge', ...files]);
    const first = await shard('1.json', 1, '--as-of', '0');
    const merged = await merge(first, await shard('2.json', 2, '--as-of', '0'));
    expect(merged.code, merged.err).toBe(3);
    expect(merged.out).toContain('New since 0, not in the verdict (1)');
    const other = await merge(first, await shard('other.json', 2));
    expect(other).toMatchObject({ code: 2, out: '' });
    expect(other.err).toContain('their values of --as-of differ');
    const none = await merge(
      await shard('1.json', 1, '--fail-on', 'none'),
      await shard('2.json', 2, '--fail-on', 'none'),
    );
    expect(none.code, none.err).toBe(0);
    expect(none.out).toContain('non-conformant');
  });

  it('show how old a rule and a requirement are', async () => {
    const since = /since \d+\.\d+\.\d+/;
    const listed = await callInProcess(['list', '--only', city]);
    expect(listed.out).toMatch(since);
    const json = await callInProcess(['list', '--only', city, '--json']);
    expect(JSON.parse(json.out)).toMatchObject([{ id: city, since: '0.1.0' }]);
    const [requirement] = ruleOf(city).verifies;
    const required = await callInProcess(['list', '--only', city, '--requirements', '--json']);
    expect(JSON.parse(required.out)).toMatchObject([{ id: requirement, since: '0.1.0' }]);
    const rule = await callInProcess(['explain', city]);
    expect(rule.out).toMatch(since);
    const explained = await callInProcess(['explain', requirement]);
    expect(explained.out).toMatch(/Since {5}\d+\.\d+\.\d+/);
  });
});
