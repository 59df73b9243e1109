import { describe, expect, it } from 'vitest';
import type { Report } from '../report.ts';
import { abridge } from '../reporters/abridge.ts';
import { reporters } from '../reporters/index.ts';

const report: Report = {
  verdict: 'non-conformant',
  strict: false,
  seed: 42,
  target: { url: 'http://127.0.0.1:4020/api/v1', remains: null },
  counts: {
    rules: { passed: 1, failed: 2, 'not-verified': 1, omitted: 1, error: 1 },
    requirements: {
      verified: 1,
      failed: 2,
      error: 1,
      'not-verified': 1,
      omitted: 3,
      unobservable: 1,
    },
    exchanges: 17,
  },
  rules: [
    {
      id: 'authentication/missing-key',
      level: 'MUST',
      verifies: ['LG-AUT-001'],
      sentence: 'No operation is open to a request without a key.',
      outcome: 'passed',
      reason: null,
      evidence: { exchanges: 10 },
      counterexample: null,
    },
    {
      id: 'pagination/full-walk',
      level: 'MUST',
      verifies: ['LG-GEN-017'],
      sentence: 'Walking the pages visits every dossier exactly once.',
      outcome: 'failed',
      reason: null,
      evidence: { exchanges: 7 },
      counterexample: {
        requirements: [
          { id: 'LG-GEN-017', statement: 'Every item comes once.', source: 'Overview' },
        ],
        expected: 'the ids on all pages ["a","b"]',
        actual: '["a"]',
        exchanges: [{ curl: "curl 'http://127.0.0.1:4020/api/v1/dossiers'", answer: '200 {}' }],
        seed: 42,
        path: '0:1',
        values: '[{"type":"sales"}], 1',
      },
    },
    {
      id: 'pagination/newest-first',
      level: 'SHOULD',
      verifies: ['LG-DOS-014'],
      sentence: 'Dossiers are listed by creation, the newest first.',
      outcome: 'failed',
      reason: null,
      evidence: { exchanges: 3 },
      counterexample: {
        requirements: [{ id: 'LG-DOS-014', statement: 'Newest first.', source: 'Dossiers' }],
        expected: 'the moments of creation in order [2,1]',
        actual: '[1,2]',
        exchanges: [],
        seed: null,
        path: null,
        values: null,
      },
    },
    {
      id: 'plans/free-plan',
      level: 'MUST',
      verifies: ['LG-PLN-001'],
      sentence: 'A key of an organisation on the Free plan opens nothing.',
      outcome: 'not-verified',
      reason: 'It needs a key of an organisation on the Free plan.',
      evidence: { exchanges: 0 },
      counterexample: null,
    },
    {
      id: 'plans/pro-plan',
      level: 'MUST',
      verifies: ['LG-PLN-002'],
      sentence: 'A key of an organisation on the Pro plan opens nothing.',
      outcome: 'omitted',
      reason: 'There is no Pro plan here.',
      evidence: { exchanges: 0 },
      counterexample: null,
    },
    {
      id: 'plans/growth-plan',
      level: 'MUST',
      verifies: ['LG-PLN-003'],
      sentence: 'An organisation on the Growth plan may use every operation.',
      outcome: 'error',
      reason: 'GET http://127.0.0.1:4020/api/v1/flows failed: ECONNRESET.',
      evidence: { exchanges: 1 },
      counterexample: null,
    },
  ],
  gaps: [
    { state: 'error', reason: 'ECONNRESET', requirements: ['LG-PLN-003'] },
    { state: 'not-verified', reason: 'It needs a key.', requirements: ['LG-PLN-001'] },
    {
      state: 'omitted',
      reason: 'There are no notes here.',
      requirements: ['LG-NOT-001', 'LG-NOT-002', 'LG-PLN-002'],
    },
    { state: 'unobservable', reason: 'No client can see it.', requirements: ['LG-AUT-013'] },
  ],
};

const conformant: Report = {
  ...report,
  verdict: 'conformant',
  target: { ...report.target, remains: 'at most what these created: createDossier (3)' },
  rules: report.rules.slice(0, 1),
  gaps: [],
  counts: {
    ...report.counts,
    rules: { passed: 1, failed: 0, 'not-verified': 0, omitted: 0, error: 0 },
    requirements: {
      ...{ verified: 1, failed: 0, error: 0, 'not-verified': 0, omitted: 0, unobservable: 0 },
    },
  },
};

describe('the reporters', () => {
  it.each(Object.keys(reporters))('tell a run with every outcome as %s', async (format) => {
    const text = reporters[format]?.(report, { color: false });
    await expect(text).toMatchFileSnapshot(`golden/every-outcome.${format}.txt`);
  });

  it('tell a conformant run, with what it left behind', async () => {
    const text = reporters['pretty']?.(conformant, { color: false });
    await expect(text).toMatchFileSnapshot('golden/conformant.pretty.txt');
  });

  it('colour for a terminal, and for nothing else', () => {
    expect(reporters['pretty']?.(report, { color: true })).toContain('\u001B[31m');
    expect(reporters['pretty']?.(report, { color: false })).not.toContain('\u001B[');
  });
});

describe('ids in short', () => {
  it('tells runs of numbers as ranges, area by area', () => {
    const ids = ['LG-CON-001', 'LG-CON-002', 'LG-CON-003', 'LG-CON-007', 'LG-DOS-010'];
    expect(abridge(ids)).toEqual(['LG-CON-001…003, 007', 'LG-DOS-010']);
  });
});
