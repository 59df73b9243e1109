import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../faults/faulty-proxy.ts';
import type { Fault } from '../faults/inject.ts';
import type { Report } from '../report/report.ts';
import { rules } from '../rules/index.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { callInProcess, interrupt } from './call-command.ts';
import { provision } from './provision.ts';

const faultOf = (id: string): Fault | undefined => rules.find((rule) => rule.id === id)?.fault;

describe('leadgrid-conformance, with a faulty server', { timeout: 240_000 }, () => {
  let folder: string;
  let server: EmbeddedServer;
  let proxy: FaultyProxy;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'commands-'));
    server = await startReferenceServer();
    proxy = await startFaultyProxy(server.url);
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    proxy.inject(faultOf('contacts/city'));
  });

  /** Runs the command, and returns its output and the report that it wrote. */
  const judge = async (name: string, flags: readonly string[]) => {
    const file = join(folder, `${name}.json`);
    const target = ['--target', proxy.url, '--control', server.controlUrl];
    const result = await callInProcess([
      ...target,
      ...flags,
      '--runs',
      '5',
      '--report',
      `json:${file}`,
    ]);
    return { ...result, file, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
  };

  const outcomesOf = (report: Report) =>
    new Map(report.rules.map(({ id, outcome }) => [id, outcome]));

  const two = ['--only', 'contacts/city,contacts/company', '--seed', '3'];

  it('reports the failure of the selected rule, and the command that repeats it', async () => {
    const { code, err, report } = await judge('two', two);
    expect(code, err).toBe(1);
    expect(err).toContain('  MUST contacts/city failed: ');
    const outcomes = outcomesOf(report);
    expect(outcomes.get('contacts/city')).toBe('failed');
    expect(outcomes.get('contacts/company')).toBe('passed');
    expect(outcomes.get('contacts/role')).toBe('omitted');
    const found = report.rules.find(({ id }) => id === 'contacts/city')?.counterexample;
    const [npx, name, ...words] = found?.repeat.split(' ') ?? [];
    expect([npx, name]).toEqual(['npx', 'leadgrid-conformance']);
    const again = await callInProcess(words);
    expect(again.code, again.err).toBe(1);
    expect(again.out).toContain(`values    ${found?.values ?? ''}`);
  });

  it('replays the failure from the report, until it is fixed', async () => {
    const { file } = await judge('replayed', two);
    const fails = await callInProcess(['replay', file, 'contacts/city']);
    expect(fails.code, fails.err).toBe(1);
    expect(fails.err).toContain('contacts/city fails again.');
    proxy.inject(undefined);
    const passes = await callInProcess(['replay', file, 'contacts/city']);
    expect(passes.code, passes.err).toBe(0);
    expect(passes.err).toContain('contacts/city passes now.');
    const nothing = await callInProcess(['replay', file, 'contacts/company']);
    expect(nothing).toMatchObject({ code: 2, out: '' });
    expect(nothing.err).toContain('contacts/company is passed: there is no failure to repeat');
  });

  it('replays the failure of an ambient rule with the rule that caused it', async () => {
    proxy.inject(faultOf('ambient/json-body'));
    const { file, report } = await judge('ambient', ['--only', 'flows/type-filter']);
    const seen = report.rules.find(({ id }) => id === 'ambient/json-body')?.counterexample;
    expect(seen?.during).toBe('flows/type-filter');
    const fails = await callInProcess(['replay', file, 'ambient/json-body']);
    expect(fails.code, fails.err).toBe(1);
  });

  it('accepts a known failure, and fails when the baseline no longer lists it', async () => {
    const baseline = join(folder, 'baseline.json');
    writeFileSync(baseline, '{"contacts/city": "Mended in the next release."}');
    const known = await judge('known', [...two, '--baseline', baseline]);
    expect(known.code, known.err).toBe(0);
    expect(known.err).toContain('failed, a known failure: Mended in the next release.');
    proxy.inject(undefined);
    const mended = await judge('mended', [...two, '--baseline', baseline]);
    expect(mended.code, mended.err).toBe(1);
    expect(mended.report.baseline.mended).toEqual(['contacts/city']);
  });

  it('executes the rules in shards, and merges the reports into one verdict', async () => {
    const few = ['--only', 'contacts/city,contacts/company,flows/type-filter', '--seed', '3'];
    const one = await judge('one', [...few, '--shard', '1/2']);
    const other = await judge('other', [...few, '--shard', '2/2']);
    const whole = await judge('whole', few);
    const file = join(folder, 'merged.json');
    const merged = await callInProcess(['merge', one.file, other.file, '--report', `json:${file}`]);
    expect(merged.code, merged.err).toBe(1);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    expect(outcomesOf(report)).toEqual(outcomesOf(whole.report));
    expect(report.counts).toEqual(whole.report.counts);
    const half = await callInProcess(['merge', one.file]);
    expect(half).toMatchObject({ code: 2, out: '' });
    expect(half.err).toContain('The report of shard 2/2 is missing');
  });

  it('writes nothing to the target with --read-only', async () => {
    proxy.inject(undefined);
    const file = join(folder, 'read.json');
    const { err } = await callInProcess(
      ['--target', proxy.url, '--only', 'flows', '--read-only', '--report', `json:${file}`],
      { LEADGRID_KEY: await provision(server.controlUrl) },
    );
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    expect(report.target.remains, err).toBeNull();
    const outcomes = outcomesOf(report);
    expect(outcomes.get('flows/own-flows'), err).not.toBe('failed');
    expect([...outcomes.values()]).not.toContain('error');
  });

  it('creates no organisations with --read-only', async () => {
    const made = ['--target', proxy.url, '--control', server.controlUrl];
    const { code, out, err } = await callInProcess([...made, '--only', 'flows', '--read-only']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain("--read-only can't be used with");
  });
});

describe('leadgrid-conformance, interrupted', { timeout: 240_000 }, () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'reports the outcomes so far after %s',
    async (signal) => {
      const { code, out, err } = await interrupt(['--seed', '1'], signal);
      expect(code, err).toBe(3);
      expect(out).toContain('The run was interrupted.');
      expect(out).toMatch(/Verdict {7}incomplete/);
    },
  );
});
