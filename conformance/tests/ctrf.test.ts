import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Report } from '../report/report.ts';
import { reportCtrf } from '../reporters/ctrf.ts';
import { ctrfSchema } from './ctrf.ts';
import { broken, conformant, everyOutcome, limited, reportOf, ugly } from './sample-reports.ts';

const ajv = new Ajv2020({ strict: true });
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);
const validate = ajv.compile(ctrfSchema);

interface Document {
  readonly results: {
    readonly summary: Readonly<Record<string, number>> & { readonly extra: Partial<Report> };
    readonly tests: readonly {
      readonly name: string;
      readonly status: string;
      readonly rawStatus: string;
      readonly message?: string;
      readonly trace?: string;
    }[];
  };
}

const read = (report: Report) => (JSON.parse(reportCtrf(report)) as Document).results;

const flawsOf = (document: string): unknown => {
  validate(JSON.parse(document));
  return validate.errors;
};

const reports: readonly [string, Report][] = [
  ['every outcome', everyOutcome],
  ['no failures', conformant],
  ['ugly texts', ugly],
  ['fractions of a millisecond', { ...conformant, durationMs: 12.75 }],
  ['no rules at all', { ...conformant, rules: [] }],
  ['a breakdown', broken],
  [
    'a breakdown before the target was opened',
    { ...broken, target: { ...broken.target, url: '' } },
  ],
  ['a limit', limited],
  ['many failures', reportOf(50, 2_000)],
];

describe('the Common Test Report Format', () => {
  it.each(reports)('is valid with %s', (_, report) => {
    expect(flawsOf(reportCtrf(report))).toBeNull();
  });

  it.each([
    ['a status of its own', (text: string) => text.replace('"pending",', '"not-verified",')],
    ['a field of its own', (text: string) => text.replace('"rawStatus"', '"kind"')],
    ['half a millisecond', (text: string) => text.replace('"duration": 1234', '"duration": 12.5')],
    ['no counts', (text: string) => text.replace(/"passed": \d+,/, '')],
    ['another name', (text: string) => text.replace('"CTRF"', '"ctrf"')],
  ])('would be invalid with %s', (_, damage) => {
    const text = reportCtrf(everyOutcome);
    expect(damage(text)).not.toBe(text);
    expect(flawsOf(damage(text))).not.toBeNull();
  });

  it('has one test for each rule, with a status that says what it counts as', () => {
    const statuses = read(everyOutcome).tests.map(({ name, status, rawStatus }) => [
      ...[name.split(':')[0], status, rawStatus],
    ]);
    expect(statuses).toEqual([
      ['authentication/missing-key', 'passed', 'passed'],
      ['pagination/full-walk', 'failed', 'failure'],
      ['pagination/total', 'failed', 'mended'],
      ['pagination/newest-first', 'passed', 'deviation'],
      ['cv/upload-bytes', 'passed', 'known'],
      ['ambient/status', 'failed', 'failure'],
      ['plans/free-plan', 'pending', 'not-verified'],
      ['plans/pro-plan', 'skipped', 'omitted'],
      ['plans/growth-plan', 'failed', 'error'],
    ]);
    expect(
      read({ ...everyOutcome, strict: true }).tests.find(({ name }) => name.includes('newest')),
    ).toMatchObject({ status: 'failed', rawStatus: 'failure' });
  });

  it('has what a person needs with each failure and deviation', () => {
    const [, failure, , deviation] = read(everyOutcome).tests;
    expect(failure?.message).toBe('expected the ids on all pages ["a","b"], but got ["a"]');
    expect(failure?.trace).toContain('LG-GEN-017 Every item comes once.');
    expect(deviation?.message).toMatch(
      /^A deviation from a decision, no failure unless --fail-on should/,
    );
  });

  it('has counts that add up', () => {
    for (const [, report] of reports) {
      const { summary, tests } = read(report);
      const counted = ['passed', 'failed', 'skipped', 'pending', 'other'].map((name) => {
        expect(summary[name]).toBe(tests.filter(({ status }) => status === name).length);
        return summary[name] ?? Number.NaN;
      });
      expect(counted.reduce((sum, one) => sum + one)).toBe(tests.length);
      expect(summary['tests']).toBe(tests.length);
      expect(summary['stop']).toBe((summary['start'] ?? 0) + (summary['duration'] ?? 0));
    }
  });

  it('has a breakdown as a failed test of its own, unless rules have it', () => {
    const { tests, summary } = read(broken);
    expect(tests.at(-1)).toMatchObject({ name: 'the run', status: 'failed' });
    expect(summary.extra).toMatchObject({ verdict: null, breakdown: broken.breakdown });
    const breakdown = { message: 'plans/growth-plan ended in an error', exitCode: 4 } as const;
    const byRule = { ...everyOutcome, verdict: null, breakdown };
    expect(read(byRule).tests.map(({ name }) => name)).not.toContain('the run');
  });

  it('says why a run ended early', () => {
    expect(read(limited).summary.extra.endedEarly).toBe(limited.endedEarly);
  });
});
