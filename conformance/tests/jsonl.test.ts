import { describe, expect, it } from 'vitest';
import type { Report } from '../report/report.ts';
import { reportJsonl } from '../reporters/jsonl.ts';
import { broken, conformant, everyOutcome, limited, reportOf, ugly } from './sample-reports.ts';

const read = (report: Report) => {
  const text = reportJsonl(report);
  expect(text).toMatch(/\n$/);
  const lines = text.slice(0, -1).split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('the report as JSON lines', () => {
  it.each([
    ['every outcome', everyOutcome],
    ['no failures', conformant],
    ['ugly texts', ugly],
    ['a breakdown', broken],
    ['a limit', limited],
    ['many long failures', reportOf(50, 100_000)],
  ])('is one short line for each, with %s', (_, report) => {
    const lines = read(report);
    const failed = report.rules.filter(
      ({ id, outcome }) =>
        outcome === 'failed' ||
        outcome === 'error' ||
        (outcome === 'passed' && report.baseline.mended.includes(id)),
    );
    expect(lines.map(({ rule }) => rule).sort()).toEqual(
      [...failed.map(({ id }) => id), undefined].sort(),
    );
    for (const line of reportJsonl(report).split('\n')) expect(line.length).toBeLessThan(12_000);
    // Some programs take these for the end of a line, too.
    expect(reportJsonl(report)).not.toMatch(/[\u007F-\u009F\u2028\u2029\u202E]/);
  });

  it('has what fails the run first, flags the rest, and ends with the verdict', () => {
    expect(read(everyOutcome).map(({ type, kind, rule }) => [type, kind, rule])).toEqual([
      ['rule', 'failure', 'pagination/full-walk'],
      ['rule', 'mended', 'pagination/total'],
      ['rule', 'failure', 'ambient/status'],
      ['rule', 'error', 'plans/growth-plan'],
      ['rule', 'deviation', 'pagination/newest-first'],
      ['rule', 'known', 'cv/upload-bytes'],
      ['verdict', undefined, undefined],
    ]);
    const strict = read({ ...everyOutcome, strict: true });
    expect(strict.find(({ rule }) => rule === 'pagination/newest-first')?.['kind']).toBe('failure');
  });

  it('has what an agent needs with each failure, and no whole bodies', () => {
    expect(read(everyOutcome)[0]).toEqual({
      ...{ type: 'rule', kind: 'failure', rule: 'pagination/full-walk', level: 'MUST' },
      sentence: 'Walking the pages visits every dossier exactly once.',
      ...{ reason: null, known: null },
      requirements: [{ id: 'LG-GEN-017', statement: 'Every item comes once.', source: 'Overview' }],
      ...{ expected: 'the ids on all pages ["a","b"]', actual: '["a"]' },
      operation: 'listDossiers',
      curl: everyOutcome.rules[1]?.counterexample?.exchanges[0]?.curl,
      answer: '200 {"data":[],"meta":{"total":1}}',
      exchanges: 1,
      repeat: 'npx leadgrid-conformance --only pagination/full-walk --seed 42 --path 0:1',
    });
    const [, , ambient] = read(everyOutcome);
    // The last exchange is a delivery, which no command repeats.
    expect(ambient).toMatchObject({ operation: null, curl: null, exchanges: 3 });
  });

  it('says in the last line what kept a run from a verdict, or from its end', () => {
    expect(read(broken).at(-1)).toMatchObject({ verdict: null, breakdown: broken.breakdown });
    expect(read(limited).at(-1)).toMatchObject({
      ...{ verdict: 'incomplete', endedEarly: limited.endedEarly, counts: limited.counts },
    });
  });

  it('keeps every text as it is', () => {
    const { expected } = read(ugly)[0] ?? {};
    const text = ugly.rules[0]?.counterexample?.expected ?? '';
    expect(expected).toBe(text);
  });
});
