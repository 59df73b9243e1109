import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { compileReport } from '../report/compile.ts';
import { createKeyring } from '../report/credentials.ts';
import type { Report } from '../report/report.ts';
import { reportJson } from '../reporters/formats.ts';
import { rules } from '../rules/index.ts';
import { openTestHarness } from './harness.ts';
import { broken, conformant, everyOutcome, limited, reportOf, ugly } from './sample-reports.ts';

const schema = JSON.parse(
  readFileSync(new URL('../reporters/report.schema.json', import.meta.url), 'utf8'),
) as object;

const ajv = new Ajv2020({ strict: true, strictTypes: true, allowUnionTypes: true });
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);
const validate = ajv.compile(schema);

const flawsOf = (report: unknown): unknown[] => {
  validate(report);
  return validate.errors ?? [];
};

const drop = (holder: Holder, name: string): void => {
  Reflect.deleteProperty(holder, name);
};

const addBeside = (holder: Holder): void => {
  holder['stranger'] = 1;
};

/** The names of headers, requirements and entries of a baseline aren't fixed. */
const unfixed = /\/(headers|omitted|known)\//;

const read = (report: Report): unknown => JSON.parse(reportJson(report));

describe('the schema of the JSON report', () => {
  it.each([
    ['every outcome', everyOutcome],
    ['no failures', conformant],
    ['ugly texts', ugly],
    ['many failures', reportOf(20, 3_000)],
    ['a breakdown', broken],
    ['a limit', limited],
  ])('describes a report with %s', (_, report) => {
    expect(flawsOf(read(report))).toEqual([]);
  });

  it('describes the report of a real run with failures', async () => {
    const harness = await openTestHarness();
    const named = ['ambient/json-body', 'authentication/missing-key', 'plans/free-plan'];
    const executed = rules.filter(({ id }) => named.includes(id));
    const keyring = createKeyring({});
    const faulty = executed.find(({ id }) => id === 'authentication/missing-key');
    try {
      const outcomes = await harness.run(executed, { fault: faulty?.fault });
      const report = compileReport({
        register: harness.register,
        ...{ outcomes, keyring, seed: 1, runs: 8, startedAt: 0, durationMs: 12 },
        scope: { operations: [], events: [], omitted: new Map() },
        target: {
          ...{ url: harness.target.url, capabilities: harness.target.offers },
          ...{ options: [], leftovers: undefined, lag: 374 },
        },
        version: '0.1.0',
      });
      expect(report.rules.map(({ outcome }) => outcome)).toContain('failed');
      expect(flawsOf(read(report))).toEqual([]);
    } finally {
      await harness.close();
    }
  });

  it.each([
    ['every outcome', everyOutcome],
    ['a breakdown', broken],
  ])('requires every field of a report with %s', (_, report) => {
    const whole = read(report);
    const kept = pathsOf(whole).filter((path) => {
      if (unfixed.test(path)) return false;
      return flawsOf(edit(whole, path, drop)).length === 0;
    });
    expect(kept).toEqual([]);
  });

  it('allows no other field', () => {
    const whole = read(everyOutcome);
    const places = pathsOf(whole).filter((path) => !unfixed.test(path));
    const allowed = places.filter((path) => flawsOf(edit(whole, path, addBeside)).length === 0);
    expect(allowed).toEqual([]);
  });

  it.each([
    ['an unknown verdict', { verdict: 'fine' }],
    ['a breakdown with another exit code', { breakdown: { message: 'x', exitCode: 1 } }],
    ['a count below zero', { counts: { ...everyOutcome.counts, exchanges: -1 } }],
    ['another version', { schemaVersion: 2 }],
    ['a local time', { startedAt: '2026-11-22T03:00:00' }],
    ['a shard of nothing', { shard: '0/2' }],
    ['an id that is none', { baseline: { mended: ['pagination'] } }],
    [
      'a failure without a counterexample',
      { rules: everyOutcome.rules.map((rule) => ({ ...rule, counterexample: null })) },
    ],
  ])('refuses %s', (_, change) => {
    expect(flawsOf({ ...everyOutcome, ...change })).not.toEqual([]);
  });
});

/** The paths of all fields inside, with those of the objects and arrays that hold them. */
const pathsOf = (value: unknown, path = ''): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [
        ...(Array.isArray(value) ? [] : [`${path}/${name}`]),
        ...pathsOf(inner, `${path}/${name}`),
      ]);

type Holder = Record<string, unknown>;

/** A copy in which one place is changed. */
const edit = (whole: unknown, path: string, change: (holder: Holder, name: string) => void) => {
  const copy = structuredClone(whole);
  const names = path.split('/').slice(1);
  const last = names.pop() ?? '';
  const holder = names.reduce((value, name) => (value as Holder)[name], copy);
  change(holder as Holder, last);
  return copy;
};
