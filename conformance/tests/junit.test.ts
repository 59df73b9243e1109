import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Report } from '../report/report.ts';
import { reportJunit } from '../reporters/junit.ts';
import { broken, conformant, everyOutcome, limited, reportOf, ugly } from './sample-reports.ts';

const schema = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8');

const flawsOf = async (xml: string): Promise<readonly string[]> => {
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ message }) => message);
};

const reports: readonly [string, Report][] = [
  ['every outcome', everyOutcome],
  ['no failures', conformant],
  ['ugly texts', ugly],
  ['no rules at all', { ...conformant, rules: [] }],
  ['a breakdown', broken],
  [
    'a breakdown before the target was opened',
    { ...broken, target: { ...broken.target, url: '' } },
  ],
  ['a limit', limited],
  ['many long failures', reportOf(300, 5_000)],
];

/** A test with the id of its rule and the tag inside it, if any. */
const testcase = /<testcase [^>]*name="([\w-]+\/[\w-]+):[^>]*?(\/>|>\n<([\w-]+))/g;

describe('the JUnit report', () => {
  it.each(reports)('is valid with %s', async (_, report) => {
    expect(await flawsOf(reportJunit(report))).toEqual([]);
  });

  it('has a breakdown as the error of a test of its own, unless rules have it', () => {
    expect(reportJunit(broken)).toContain('name="the run"');
    expect(reportJunit(broken).match(/<error /g)).toHaveLength(1);
    const breakdown = { message: 'plans/growth-plan ended in an error', exitCode: 4 } as const;
    const byRule = { ...everyOutcome, verdict: null, breakdown };
    expect(reportJunit(byRule)).not.toContain('name="the run"');
  });

  it.each([
    [
      'a wrong order',
      (xml: string) => xml.replace('<system-out/>\n<system-err/>', '<system-err/>'),
    ],
    [
      'a count that is no number',
      (xml: string) => xml.replace(/failures="\d+"/, 'failures="some"'),
    ],
    ['a time zone', (xml: string) => xml.replace(/(timestamp="[^"]+)"/, '$1Z"')],
    ['a failure without a type', (xml: string) => xml.replace(' type="MUST"', '')],
    ['no totals', (xml: string) => xml.replace(/<testsuites [^>]*>/, '<testsuites>')],
    ['skipped tests in the totals', (xml: string) => xml.replace('s name', 's skipped="1" name')],
    ['half an element', (xml: string) => xml.replace('</testsuite>', '')],
  ])('would be invalid with %s', async (_, damage) => {
    const xml = reportJunit(everyOutcome);
    expect(damage(xml)).not.toBe(xml);
    expect(await flawsOf(damage(xml))).not.toEqual([]);
  });

  it('has exactly one test for each rule: failed, with an error, skipped, or passed', () => {
    const results = [...reportJunit(everyOutcome).matchAll(testcase)].map(
      ([, id, , result]): [string, string] => [id ?? '', result ?? 'passed'],
    );
    expect(results.map(([id]) => id).sort()).toEqual(everyOutcome.rules.map(({ id }) => id).sort());
    expect(Object.fromEntries(results)).toEqual({
      'authentication/missing-key': 'passed',
      'pagination/full-walk': 'failure',
      // The baseline must be corrected.
      'pagination/total': 'failure',
      // These don't fail the run: a deviation, and a known failure.
      'pagination/newest-first': 'system-out',
      'cv/upload-bytes': 'system-out',
      'ambient/status': 'failure',
      'plans/free-plan': 'skipped',
      'plans/pro-plan': 'skipped',
      'plans/growth-plan': 'error',
    });
  });

  it('has the details of deviations and known failures in the output of their tests', () => {
    const outputs = [...reportJunit(everyOutcome).matchAll(/<system-out>([^]*?)<\/system-out>/g)];
    const [deviation = '', known = ''] = outputs.map(([, text]) => text);
    expect(outputs).toHaveLength(2);
    expect(deviation).toMatch(
      /^A deviation from a decision, no failure unless --fail-on should: expected/,
    );
    expect(deviation).toContain('--only pagination/newest-first --seed 42');
    expect(known).toMatch(/^A known failure: Uploads come with version 2\.\n/);
  });

  it('has the totals of all suites on its root', () => {
    for (const [, report] of reports) {
      const xml = reportJunit(report);
      const [root = ''] = /<testsuites [^>]*>/.exec(xml) ?? [];
      const total = (name: string) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(root)?.[1]);
      const found = (tag: string) => xml.split(`<${tag} `).length - 1;
      expect(total('tests')).toBe(found('testcase'));
      expect(total('failures')).toBe(found('failure'));
      expect(total('errors')).toBe(found('error'));
      const times = [...xml.matchAll(/<testcase [^>]* time="([\d.]+)"/g)].map(([, time]) =>
        Number(time),
      );
      expect(total('time')).toBeCloseTo(times.reduce((sum, time) => sum + time, 0));
    }
  });

  it('has the right counts for each suite', () => {
    for (const [, report] of reports) {
      for (const [suite] of reportJunit(report).matchAll(/<testsuite [^]*?<\/testsuite>/g)) {
        const counted = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1]);
        const found = (tag: string) => suite.split(`<${tag} `).length - 1;
        expect(counted('tests')).toBe(found('testcase'));
        expect(counted('failures')).toBe(found('failure'));
        expect(counted('errors')).toBe(found('error'));
        expect(counted('skipped')).toBe(found('skipped'));
      }
    }
  });

  it('has deviations as failures when the run is strict', () => {
    const strict = reportJunit({ ...everyOutcome, strict: true });
    expect(strict).toMatch(/name="pagination\/newest-first:[^>]*>\n<failure/);
  });
});
