import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Report } from '../report/report.ts';
import { reportCodequality, type RequirementPlace } from '../reporters/codequality.ts';
import { broken, conformant, everyOutcome, limited, reportOf, ugly } from './sample-reports.ts';

/** What GitLab requires of a code quality report; it ignores other fields, and this kit has none. */
const schema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'lines'],
        properties: {
          // GitLab links to it: below the root, without ./ or a drive.
          path: { type: 'string', pattern: String.raw`^[^./\\:][^\\:]*$` },
          lines: {
            type: 'object',
            additionalProperties: false,
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};
const validate = new Ajv2020({ strict: true }).compile(schema);

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const placeOf = (id: string): RequirementPlace | undefined =>
  id === 'LG-GEN-017' ? { path: 'openapi/requirements/general.yaml', line: 120 } : undefined;

const read = (report: Report) => JSON.parse(reportCodequality(report, { placeOf })) as Entry[];

const flawsOf = (text: string): unknown => {
  validate(JSON.parse(text));
  return validate.errors;
};

describe('the code quality report for GitLab', () => {
  it.each([
    ['every outcome', everyOutcome],
    ['no failures', conformant],
    ['ugly texts', ugly],
    ['a breakdown', broken],
    ['a limit', limited],
    ['many long failures', reportOf(50, 5_000)],
  ])('is valid with %s', (_, report) => {
    expect(flawsOf(reportCodequality(report))).toBeNull();
    expect(flawsOf(reportCodequality(report, { placeOf }))).toBeNull();
  });

  it.each([
    ['a severity of its own', (text: string) => text.replace('"major"', '"MUST"')],
    ['a path from the root', (text: string) => text.replace('"openapi/', '"/openapi/')],
    ['line 0', (text: string) => text.replace('"begin": 1', '"begin": 0')],
    ['no fingerprint', (text: string) => text.replace(/"fingerprint": "\w+",/, '')],
  ])('would be invalid with %s', (_, damage) => {
    const text = reportCodequality(everyOutcome);
    expect(damage(text)).not.toBe(text);
    expect(flawsOf(damage(text))).not.toBeNull();
  });

  it('has an entry for each rule that failed, deviates or broke, by severity', () => {
    expect(read(everyOutcome).map((one) => [one.check_name, one.severity])).toEqual([
      ['pagination/full-walk', 'major'],
      ['pagination/total', 'minor'],
      ['pagination/newest-first', 'minor'],
      ['cv/upload-bytes', 'info'],
      ['ambient/status', 'major'],
      ['plans/growth-plan', 'info'],
    ]);
    expect(read(conformant)).toEqual([]);
  });

  it('leads to the requirement that is violated', () => {
    const [walk, , newest] = read(everyOutcome);
    expect(walk?.location).toEqual({
      ...{ path: 'openapi/requirements/general.yaml', lines: { begin: 120 } },
    });
    // Its own requirement has no known place; the rule verifies another one too.
    expect(newest?.location.path).toBe('openapi/requirements/general.yaml');
    expect(walk?.description).toContain('LG-GEN-017 Every item comes once. [Overview]');
    expect(walk?.description).toContain('expected the ids on all pages ["a","b"], but got ["a"]');
    expect(walk?.description).toContain('--only pagination/full-walk --seed 42 --path 0:1');
  });

  it('has fingerprints that stay the same while values, seeds and places change', () => {
    const changed: Report = {
      ...everyOutcome,
      ...{ seed: 7, startedAt: '2027-01-01T00:00:00.000Z', durationMs: 1 },
      rules: everyOutcome.rules.map((rule) => ({
        ...rule,
        evidence: { exchanges: 99, milliseconds: 5 },
        counterexample: rule.counterexample && {
          ...rule.counterexample,
          ...{ expected: 'x', actual: 'y', seed: 7, path: '9:9', repeat: 'z', values: null },
        },
      })),
    };
    const fingerprints = (text: string) =>
      (JSON.parse(text) as Entry[]).map(({ fingerprint }) => fingerprint);
    const before = fingerprints(reportCodequality(everyOutcome, { placeOf }));
    expect(fingerprints(reportCodequality(changed))).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });

  it('has another fingerprint where another requirement is violated', () => {
    const requirements = [{ id: 'LG-GEN-018' as const, statement: 'x', source: 'y' }];
    const rules = everyOutcome.rules.map((rule) => ({
      ...rule,
      counterexample: rule.counterexample && { ...rule.counterexample, requirements },
    }));
    const [before] = read(everyOutcome);
    const [after] = read({ ...everyOutcome, rules });
    expect(after?.check_name).toBe(before?.check_name);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('is never empty when a run broke down or ended early', () => {
    expect(read(broken)).toMatchObject([{ severity: 'critical' }]);
    expect(read(broken)[0]?.description).toContain('no verdict: The target stopped answering');
    expect(read(limited)).toMatchObject([{ severity: 'info' }]);
    expect(read(limited)[0]?.description).toContain('The run ended after 1 failure');
  });
});
