import type {
  Report,
  ReportedCounterexample,
  ReportedExchange,
  ReportedRule,
} from '../report/report.ts';

/** Reports for the tests of formats: with every outcome, without failures, and with ugly text. */

export const exchange = (change: Partial<ReportedExchange> = {}): ReportedExchange => ({
  operation: 'listDossiers',
  received: false,
  curl: 'curl -i \'http://127.0.0.1:4020/api/v1/dossiers\' -H "authorization: Bearer $RUN_KEY"',
  answer: '200 {"data":[],"meta":{"total":1}}',
  startedAt: '2026-11-22T03:00:00.000Z',
  milliseconds: 12,
  request: {
    method: 'GET',
    url: 'http://127.0.0.1:4020/api/v1/dossiers?page=1&search=a%20b',
    headers: { authorization: 'Bearer $RUN_KEY' },
    body: null,
  },
  response: {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: {
      ...{ encoding: 'text', content: '{"data":[],"meta":{"total":1}}' },
      ...{ bytes: 30, cut: false },
    },
  },
  ...change,
});

const upload = exchange({
  operation: 'uploadDossierCv',
  curl: "printf %s '/9j=' | base64 -d | curl -i 'http://127.0.0.1:4020/api/v1/dossiers/1/cv' --data-binary @-",
  answer: '400 invalid_body',
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:4020/api/v1/dossiers/1/cv',
    headers: { 'content-type': 'application/pdf' },
    body: { encoding: 'base64', content: '/9j=', bytes: 70_000, cut: true },
  },
  response: { status: 400, headers: {}, body: null },
});

const delivery = exchange({
  ...{ operation: null, received: true },
  curl: "curl -i 'http://127.0.0.1:4021/0192' -H 'x-leadgrid-signature: t=1,v1=***'",
  answer: 'x-leadgrid-signature: t=1,v1=*** {"type":"note.created"}',
  request: {
    ...{ method: 'POST', url: 'http://127.0.0.1:4021/0192', headers: {} },
    body: { encoding: 'text', content: '{"type":"note.created"}', bytes: 23, cut: false },
  },
  response: { status: 0, headers: {}, body: null },
});

export const counterexample = (
  change: Partial<ReportedCounterexample> = {},
): ReportedCounterexample => ({
  requirements: [{ id: 'LG-GEN-017', statement: 'Every item comes once.', source: 'Overview' }],
  during: null,
  expected: 'the ids on all pages ["a","b"]',
  actual: '["a"]',
  ...{ operation: 'listDossiers', missing: null, step: false, preparation: false, shows: 0 },
  earlier: 0,
  exchanges: [exchange()],
  variables: [{ name: 'RUN_KEY', origin: 'created by the run: every scope' }],
  seed: 42,
  path: '0:1',
  values: '[{"type":"sales"}], 1',
  repeat: 'npx leadgrid-conformance --only pagination/full-walk --seed 42 --path 0:1',
  ...change,
});

export const rule = (id: string, change: Partial<ReportedRule>): ReportedRule => ({
  id,
  level: 'MUST',
  verifies: ['LG-GEN-017'],
  accuses: change.outcome === 'failed' ? ['LG-GEN-017'] : [],
  sentence: 'Walking the pages visits every dossier exactly once.',
  since: '0.1.0',
  outcome: 'passed',
  reason: null,
  known: null,
  evidence: { exchanges: 7, milliseconds: 1_234 },
  counterexample: null,
  ...change,
});

const nothing = { exchanges: 0, milliseconds: 0 };

export const everyOutcome: Report = {
  schemaVersion: 1,
  suite: { version: '0.1.0' },
  verdict: 'non-conformant',
  ...{ breakdown: null, endedEarly: null },
  gates: { failOn: 'must', asOf: null, minVerified: null },
  strict: false,
  ...{ seed: 42, runs: 20 },
  startedAt: '2026-11-22T03:00:00.000Z',
  durationMs: 72_345,
  shard: '1/2',
  target: {
    url: 'http://127.0.0.1:4020/api/v1',
    capabilities: ['scoped-keys', 'second-organization'],
    options: ['--target', 'http://127.0.0.1:4020/api/v1'],
    remains: null,
  },
  counts: {
    rules: { passed: 2, failed: 4, 'not-verified': 1, omitted: 1, error: 1 },
    requirements: {
      ...{
        verified: 1,
        failed: 1,
        deviating: 1,
        blocked: 0,
        error: 1,
        'not-verified': 1,
        omitted: 3,
        unobservable: 1,
      },
    },
    exchanges: 17,
  },
  findings: [
    {
      ...{ rule: 'pagination/full-walk', level: 'MUST', requirements: ['LG-GEN-017'] },
      ...{ title: 'Every item comes once.', operation: 'listDossiers' },
      ...{ seenBy: ['ambient/status'], blocked: [], perhaps: [] },
    },
    {
      ...{ rule: 'pagination/newest-first', level: 'SHOULD', requirements: ['LG-DOS-014'] },
      ...{ title: 'Newest first.', operation: 'listDossiers' },
      ...{ seenBy: [], blocked: [], perhaps: [] },
    },
  ],
  verification: { verified: 1, inScope: 5, missing: 0 },
  newer: { rules: [], requirements: [] },
  baseline: {
    known: {
      'pagination/total': 'Since March.',
      'cv/upload-bytes': 'Uploads come with version 2.',
    },
    mended: ['pagination/total'],
    expired: [{ id: 'LG-CON-012', reason: 'Ticket 123.', until: '2026-10-31' }],
  },
  omitted: { 'LG-NOT-001': 'There are no notes here.' },
  rules: [
    rule('authentication/missing-key', {
      verifies: ['LG-AUT-001'],
      sentence: 'No operation is open to a request without a key.',
    }),
    rule('pagination/full-walk', { outcome: 'failed', counterexample: counterexample() }),
    rule('pagination/total', { sentence: 'The total is how many there are.' }),
    rule('pagination/newest-first', {
      level: 'SHOULD',
      sentence: 'Dossiers are listed by creation, the newest first.',
      outcome: 'failed',
      counterexample: counterexample({
        requirements: [{ id: 'LG-DOS-014', statement: 'Newest first.', source: 'Dossiers' }],
        ...{ earlier: 113, exchanges: [exchange()], path: null, values: null },
        repeat: 'npx leadgrid-conformance --only pagination/newest-first --seed 42 --runs 20',
      }),
    }),
    rule('cv/upload-bytes', {
      verifies: ['LG-CV-011'],
      sentence: 'The bytes of a PDF give a dossier a CV.',
      outcome: 'failed',
      known: 'Uploads come with version 2.',
      counterexample: counterexample({ exchanges: [upload], path: null, values: null }),
    }),
    rule('ambient/status', {
      sentence: 'Every answer has a documented status.',
      outcome: 'failed',
      counterexample: counterexample({
        ...{ during: 'pagination/total', path: null, values: null },
        exchanges: [exchange(), exchange(), delivery],
        repeat: 'npx leadgrid-conformance --only pagination/total --seed 42 --runs 20',
      }),
    }),
    rule('plans/free-plan', {
      sentence: 'A key of an organisation on the Free plan opens nothing.',
      outcome: 'not-verified',
      reason: 'It needs a key of an organisation on the Free plan.',
      evidence: nothing,
    }),
    rule('plans/pro-plan', {
      sentence: 'A key of an organisation on the Pro plan opens nothing.',
      outcome: 'omitted',
      reason: 'There is no Pro plan here.',
      evidence: nothing,
    }),
    rule('plans/growth-plan', {
      sentence: 'An organisation on the Growth plan may use every operation.',
      outcome: 'error',
      reason: 'GET http://127.0.0.1:4020/api/v1/flows failed: ECONNRESET.',
    }),
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

const noEntries: Report['baseline'] = { known: {}, mended: [], expired: [] };

export const conformant: Report = {
  ...everyOutcome,
  verdict: 'conformant',
  shard: null,
  target: { ...everyOutcome.target, remains: 'at most what these created: createDossier (3)' },
  baseline: noEntries,
  omitted: {},
  findings: [],
  rules: everyOutcome.rules.slice(0, 1),
  gaps: [],
  counts: {
    exchanges: 17,
    rules: { passed: 1, failed: 0, 'not-verified': 0, omitted: 0, error: 0 },
    requirements: {
      ...{
        verified: 1,
        failed: 0,
        deviating: 0,
        blocked: 0,
        error: 0,
        'not-verified': 0,
        omitted: 0,
        unobservable: 0,
      },
    },
  },
};

/** A run that broke down after a few rules. */
export const broken: Report = {
  ...conformant,
  verdict: null,
  breakdown: {
    message: 'The target stopped answering at 22:48, after 312 requests. Look at its log.',
    exitCode: 4,
  },
  rules: [
    ...conformant.rules,
    rule('pagination/total', {
      outcome: 'not-verified',
      reason: 'The target stopped answering at 22:48, after 312 requests. Look at its log.',
    }),
  ],
};

/** A run that reached its limit. */
export const limited: Report = {
  ...everyOutcome,
  verdict: 'incomplete',
  endedEarly: 'The run ended after 1 failure (--max-failures 1).',
  rules: [
    ...everyOutcome.rules.slice(0, 1),
    ...['pagination/total', 'pagination/meta'].map((id) =>
      rule(id, {
        outcome: 'not-verified',
        reason: 'The run ended after 1 failure (--max-failures 1).',
      }),
    ),
  ],
};

/** Characters that a format could show wrongly. */
export const uglyText = [
  '<b title="x">&amp;</b> ]]> <!-- -->',
  "it's `code` ``more`` | a | *b* _c_ [d](e) @somebody #1 $x$",
  'line\nbreak\r\n::error::injected\n::set-output name=a::b 100% a:b,c',
  '\u0000\u0007\u001B[31mred\u001B[0m\u007F\u0085\u2028',
  '👩‍💻 𝒳 \uD800 ‮abc‬ שלום \uFFFE é',
].join(' ');

const uglyExchange = exchange({
  curl: `curl -i 'http://127.0.0.1:4020/' --data-binary '${uglyText}'`,
  answer: `200 ${uglyText}`,
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:4020/api/v1/dossiers?search=%25%3A%7C',
    headers: { 'x-ugly': uglyText },
    body: { encoding: 'text', content: uglyText, bytes: 300, cut: false },
  },
});

/** A report in which every free text is ugly. */
export const ugly: Report = {
  ...everyOutcome,
  target: { ...everyOutcome.target, remains: uglyText },
  rules: [
    rule('pagination/full-walk', {
      sentence: uglyText,
      outcome: 'failed',
      counterexample: counterexample({
        requirements: [{ id: 'LG-GEN-017', statement: uglyText, source: uglyText }],
        ...{ expected: uglyText, actual: uglyText, values: uglyText, repeat: uglyText },
        exchanges: [uglyExchange],
        variables: [{ name: 'RUN_KEY', origin: uglyText }],
      }),
    }),
    rule('pagination/total', { outcome: 'error', reason: uglyText }),
    rule('pagination/meta', {
      outcome: 'failed',
      known: uglyText,
      counterexample: counterexample(),
    }),
    rule('pagination/maximum', { outcome: 'not-verified', reason: uglyText }),
  ],
  gaps: [{ state: 'omitted', reason: uglyText, requirements: ['LG-NOT-001'] }],
};

/** A report of so many failures, each with a value of so many characters. */
export const reportOf = (failures: number, length: number): Report => ({
  ...everyOutcome,
  baseline: noEntries,
  rules: Array.from({ length: failures }, (_, index) =>
    rule(`area/rule-${String(index)}`, {
      outcome: 'failed',
      level: index % 2 === 0 ? 'MUST' : 'SHOULD',
      counterexample: counterexample({
        ...{ expected: 'é'.repeat(length), actual: '👩'.repeat(length) },
        exchanges: [exchange({ curl: `curl '${'x'.repeat(length)}'`, answer: 'y'.repeat(300) })],
      }),
    }),
  ),
});
