import { describe, expect, it } from 'vitest';
import { readRegister } from '../../openapi/register.ts';
import type { Exchange } from '../http/exchange.ts';
import { compileReport, type ReportInput } from '../report/compile.ts';
import { createKeyring } from '../report/credentials.ts';
import { reporters } from '../reporters/formats.ts';
import type { Outcome } from '../runner/outcome.ts';
import type { KeyOptions, Target } from '../targets/target.ts';

const environment = {
  LEADGRID_KEY: 'env-key-4fGh7Jk9Lm',
  LEADGRID_CONTROL_TOKEN: 'token-Xy12Zz98-4711',
  LEADGRID_WEBHOOK_SECRET: 'hook+Secret/77-ab==',
};
const made = {
  all: 'lg_live_MadeByTheRun01',
  some: 'lg_live_MadeByTheRun02',
  odd: 'odd.key~3/of-the-run',
};
const endpoint = 'whsec_OfAnEndpoint9';
const signature = 'a1b2c3d4'.repeat(8);
const secrets = [...Object.values(environment), ...Object.values(made), endpoint, signature];

const scopes = ['dossiers:read', 'dossiers:write', 'flows:read'];

/** A target that returns these keys in turn. */
const targetWith = (keys: readonly string[]): Target => {
  const left = [...keys];
  return {
    organization: () =>
      Promise.resolve({
        key: () => Promise.resolve(left.shift() ?? ''),
        createEndpoint: () => Promise.resolve({ secret: endpoint }),
      }),
  } as unknown as Target;
};

/** A keyring that recorded all keys of the run. */
const openKeyring = async (keyOptions: readonly [string, KeyOptions][]) => {
  const keyring = createKeyring(environment, scopes);
  const target = keyring.watch(targetWith(keyOptions.map(([key]) => key)));
  const organizations = [await target.organization({}), await target.organization({})];
  for (const [index, [, wanted]] of keyOptions.entries())
    await organizations[index % 2]?.key(wanted);
  await organizations[0]?.createEndpoint('http://127.0.0.1');
  return keyring;
};

const exchange = (headers: Record<string, string>, text = ''): Exchange => ({
  operation: 'listDossiers',
  request: {
    method: 'POST',
    url: `http://127.0.0.1:4020/api/v1/dossiers?key=${encodeURIComponent(text)}`,
    headers,
    body: new TextEncoder().encode(text),
  },
  response: { status: 200, headers: { 'x-echo': text }, body: text },
  json: undefined,
  startedAt: 0,
  milliseconds: 3,
});

const failure = (exchanges: readonly Exchange[], text = ''): Outcome => ({
  id: 'authentication/missing-key',
  level: 'MUST',
  verifies: ['LG-AUT-001'],
  sentence: text,
  outcome: 'failed',
  ...{ reason: text, known: text, exchanges: 1 },
  counterexample: {
    ...{ expected: text, actual: text, exchanges },
    falsification: { seed: 7, path: '0:1', values: text, shrinks: 1 },
  },
});

const findings = (change: Partial<ReportInput> & Pick<ReportInput, 'keyring'>): ReportInput => ({
  register: readRegister(),
  outcomes: [],
  scope: { operations: [], events: [], omitted: new Map() },
  target: { url: 'http://127.0.0.1:4020', capabilities: [], options: [], leftovers: undefined },
  ...{ version: '1.2.3', startedAt: 0, durationMs: 5, seed: 42, runs: 20 },
  ...change,
});

describe('a report', () => {
  it('shows no secret in any format', async () => {
    const keyring = await openKeyring(Object.values(made).map((key) => [key, {}]));
    const everything = `v1=${signature} ${secrets.slice(0, -1).join(' ')}`;
    const headers = Object.fromEntries(
      ['authorization', 'x-api-key', 'cookie', 'x-leadgrid-signature'].map((name) => [
        name,
        `${name === 'authorization' ? 'Bearer ' : ''}${everything}`,
      ]),
    );
    const basic = `Basic ${Buffer.from(`${environment.LEADGRID_KEY}:`).toString('base64')}`;
    const bytes = exchange({ authorization: basic });
    const latin = Buffer.concat([Buffer.from([0xff]), Buffer.from(everything)]);
    const exchanges = [
      exchange(headers, everything),
      { ...bytes, request: { ...bytes.request, body: latin } },
    ];
    const report = compileReport(
      findings({
        keyring,
        outcomes: [failure(exchanges, everything), { ...failure([]), outcome: 'error' }],
        scope: { operations: [], events: [], omitted: new Map([['LG-NOT-001', everything]]) },
        target: {
          url: `http://127.0.0.1/${everything}`,
          ...{ capabilities: [], options: ['--start', everything], leftovers: everything },
        },
      }),
    );
    const bodies = report.rules[0]?.counterexample?.exchanges.map(({ request }) => request.body);
    expect(bodies?.[1]?.encoding).toBe('base64');
    const hidden = Buffer.from(bodies?.[1]?.content ?? '', 'base64').toString('latin1');
    const telling = { ...report, target: { ...report.target, url: 'http://127.0.0.1' } };
    const texts = Object.values(reporters).map((reporter) => reporter(telling, { color: false }));
    const leaks = secrets.filter((secret) =>
      [JSON.stringify(report), hidden, ...texts].some((text) =>
        [
          secret,
          encodeURIComponent(secret),
          Buffer.from(secret).toString('base64').slice(0, 8),
        ].some((form) => text.includes(form)),
      ),
    );
    expect(leaks).toEqual([]);
  });

  it('distinguishes keys of the environment and keys that the run created', async () => {
    const keyring = await openKeyring([
      [environment.LEADGRID_KEY, {}],
      [made.all, {}],
      [made.some, { scopes: ['dossiers:read', 'dossiers:write'] }],
      [made.odd, { scopes: ['flows:read'], expired: true }],
    ]);
    const keys = [made.some, environment.LEADGRID_KEY, made.odd, made.all, 'sk_live_strange'];
    const exchanges = keys.map((key) => exchange({ authorization: `Bearer ${key}` }));
    const report = compileReport(findings({ keyring, outcomes: [failure(exchanges)] }));
    const shown = report.rules[0]?.counterexample;
    expect(shown?.variables).toEqual([
      {
        name: 'RUN_KEY_1',
        origin: 'created by the run in organisation 1: every scope but flows:read',
      },
      { name: 'LEADGRID_KEY', origin: 'from the environment' },
      {
        name: 'RUN_KEY_2',
        origin: 'created by the run in organisation 2: only flows:read, expired',
      },
      { name: 'RUN_KEY_3', origin: 'created by the run in organisation 2: every scope' },
    ]);
    expect(shown?.exchanges.map(({ request }) => request.headers['authorization'])).toEqual([
      ...['Bearer $RUN_KEY_1', 'Bearer $LEADGRID_KEY', 'Bearer $RUN_KEY_2', 'Bearer $RUN_KEY_3'],
      // Not a key of the run, but it may be derived from one.
      'Bearer ***',
    ]);
    expect(shown?.exchanges[1]?.curl).toContain('-H "authorization: Bearer $LEADGRID_KEY"');
  });

  it('shows credentials without a secret as they were sent', async () => {
    const keyring = await openKeyring([]);
    const exchanges = ['Bearer', '', 'Basic dXNlcjo='].map((authorization) =>
      exchange({ authorization }),
    );
    const report = compileReport(findings({ keyring, outcomes: [failure(exchanges)] }));
    const shown = report.rules[0]?.counterexample?.exchanges.map((one) => one.request.headers);
    expect(shown?.map(({ authorization }) => authorization)).toEqual(['Bearer', '', 'Basic ***']);
  });

  it('names where a redirect leads', async () => {
    const keyring = await openKeyring([]);
    const { response, ...rest } = exchange({});
    const headers = { location: 'https://other.test/v2' };
    const redirected = { ...rest, response: { ...response, status: 307, headers } };
    const report = compileReport(findings({ keyring, outcomes: [failure([redirected])] }));
    const [shown] = report.rules[0]?.counterexample?.exchanges ?? [];
    expect(shown?.answer).toBe('307 to https://other.test/v2');
  });

  it('cuts long bodies, and marks them', async () => {
    const keyring = await openKeyring([]);
    const outcomes = [failure([exchange({}, '👩'.repeat(20_000))])];
    const [shown] = compileReport(findings({ keyring, outcomes })).rules;
    const body = shown?.counterexample?.exchanges[0]?.response.body;
    expect(body).toMatchObject({ encoding: 'text', bytes: 80_000, cut: true });
    expect(body?.content).toMatch(/^(👩)+$/u);
  });

  it('has the command that repeats a failure', async () => {
    const keyring = await openKeyring([]);
    const generated = failure([]);
    const counterexample = { ...generated.counterexample, falsification: undefined };
    const plain = { ...generated, counterexample } as Outcome;
    const ambient = { ...plain, counterexample: { ...counterexample, during: 'flows/one' } };
    const options = ['--target', 'http://127.0.0.1:4020/v1', '--start', "it's mine"];
    const report = compileReport(
      findings({
        keyring,
        outcomes: [generated, plain, ambient as Outcome],
        target: { url: '', capabilities: [], options, leftovers: undefined },
      }),
    );
    const target = String.raw`--target http://127.0.0.1:4020/v1 --start 'it'\''s mine'`;
    expect(report.rules.map((rule) => rule.counterexample?.repeat)).toEqual([
      `npx leadgrid-conformance --only authentication/missing-key --seed 42 --path 0:1 ${target}`,
      `npx leadgrid-conformance --only authentication/missing-key --seed 42 --runs 20 ${target}`,
      `npx leadgrid-conformance --only flows/one --seed 42 --runs 20 ${target}`,
    ]);
  });
});
