import type { RequirementId } from '../../../openapi/register.ts';
import { exhaustRateLimit, highestCost, remainingOf } from '../../assertions/rate-limit.ts';
import {
  expectPermittedRefusal,
  expectStatusOfCode,
  snapshotOf,
} from '../../assertions/refusals.ts';
import { pageOf } from '../../context/answers.ts';
import type { Organization, RuleContext } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { concerning, planWithApi } from '../../contract/operations.ts';
import { admitRefused } from '../../faults/access.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import type { Exchange } from '../../http/exchange.ts';
import { furnish, type Furniture, servedRequests as served } from '../../model/furnished.ts';

/**
 * Nothing that was sent with the word `refused` is there, and everything that it would have removed.
 * Fewer requests than comparing with the state before.
 */
const expectUntouched = (lines: readonly string[]): void => {
  const applied = lines.filter((line) => line.includes('refused'));
  expectEqual(applied, [], 'what the refused requests have changed:');
  const [dossier] = lines.filter((line) =>
    line.startsWith('sales, Tulp before, active, without a CV'),
  );
  expectThat(dossier !== undefined, 'the dossier as before the refusals', () => lines);
  const linked = dossier?.includes('Noor before as champion') && dossier.includes('Called before.');
  expectThat(linked === true, 'its contact and note as before the refusals', () => dossier);
  const iris = lines.some((line) => line.startsWith('Iris before'));
  expectThat(iris, 'the contact as before the refusals', () => lines);
  expectThat(!dossier?.includes('Iris'), 'no contact linked by a refused request', () => dossier);
};

/** Each operation without a key, some with a wrong or expired one, and one with a key elsewhere. */
const expectKeysRefused = async (
  context: RuleContext,
  org: Organization,
  furniture: Furniture,
): Promise<void> => {
  const { contract, expect, clientWith, about } = context;
  const key = await org.key();
  about('LG-AUT-006');
  expectThat(key.startsWith(contract.keyPrefix), `a key with ${contract.keyPrefix}`, () => 'none');
  // A server may remember keys that it has seen.
  about('LG-AUT-002');
  expect.success(await clientWith(key).send('listFlows'));
  const last = key.replace(/.$/, (letter) => (letter === 'x' ? 'y' : 'x'));
  const wrong = [
    ['LG-AUT-008', await org.client({ expired: true })],
    ['LG-AUT-005', clientWith(last)],
  ] as const;
  const requests = served(context, furniture, 'refused');
  for (const [index, { operation, request }] of requests.entries()) {
    // Each operation without a key, and some with each of the other keys.
    const exchange = await clientWith(undefined).send(operation, request);
    about('LG-ERR-005');
    expectStatusOfCode(context, exchange, 401);
    about('LG-AUT-001');
    expect.refusal(exchange, 401);
    if (index % 5 !== 3) continue;
    const [requirement, other] = wrong[index % 2 === 0 ? 0 : 1];
    about(requirement);
    expect.refusal(await other.send(operation, request), 401);
  }
  const anonymous = clientWith(undefined);
  for (const [requirement, one] of strangeHeaders(key, contract.keyPrefix)) {
    about(requirement);
    expect.refusal(await anonymous.send('listDossiers', { headers: one }), 401);
  }
  const query = { api_key: key, key, token: key, access_token: key };
  // Its parameters may be refused as unknown.
  about('LG-AUT-003');
  const inQuery = await anonymous.send('listDossiers', { query });
  expectPermittedRefusal(context, inQuery, [401, 'LG-GEN-027']);
  const second = await org.client();
  about('LG-AUT-009', 'LG-AUT-002');
  for (const client of [second, org.all]) expect.success(await client.send('listDossiers'));
};

/** Headers with a key in another form or at another place, and what each is about. */
const strangeHeaders = (
  key: string,
  prefix: string,
): (readonly [RequirementId, Readonly<Record<string, string>>])[] => {
  const altered = [
    `Bearer ${key.slice(prefix.length)}`,
    `Bearer ${key.slice(0, -1)}%`,
    `Bearer ${key.replace(/^(.{20})./, '$1_')}`,
    `Bearer ${key.replace(prefix, 'lg_test_')}`,
    `Bearer ${key.replace(/[a-z](?=[^a-z]*$)/, (one) => one.toUpperCase())}`,
  ].filter((authorization) => authorization !== `Bearer ${key}`);
  return [
    ['LG-AUT-004', { authorization: key }],
    ['LG-AUT-004', { authorization: `Token ${key}` }],
    ['LG-AUT-004', { authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}` }],
    ...altered.map((authorization) => ['LG-AUT-005', { authorization }] as const),
    ['LG-AUT-003', { 'x-api-key': key }],
    ['LG-AUT-003', { cookie: `api_key=${key}; key=${key}` }],
  ];
};

/** The requirements about the scopes that each operation needs. */
const needs = [
  ...(['LG-AUT-029', 'LG-AUT-030', 'LG-AUT-031', 'LG-AUT-032'] as const),
  ...(['LG-AUT-034', 'LG-AUT-035', 'LG-AUT-036', 'LG-AUT-037', 'LG-AUT-038'] as const),
  ...(['LG-AUT-039', 'LG-AUT-040', 'LG-AUT-041', 'LG-AUT-042', 'LG-AUT-043'] as const),
  ...(['LG-AUT-044', 'LG-AUT-045', 'LG-AUT-046', 'LG-AUT-047'] as const),
];

/** The requirements about what each scope is sufficient for. */
const grants = [
  ...(['LG-AUT-021', 'LG-AUT-022', 'LG-AUT-023', 'LG-AUT-024'] as const),
  ...(['LG-AUT-025', 'LG-AUT-026', 'LG-AUT-027', 'LG-AUT-028'] as const),
];

/** Each operation with a key that lacks a scope that it needs. */
const expectScopesNeeded = async (
  context: RuleContext,
  org: Organization,
  furniture: Furniture,
): Promise<void> => {
  const { contract, expect, about } = context;
  const needsOf = concerning(needs);
  for (const { operation, request } of served(context, furniture, 'refused')) {
    for (const needed of contract.operations[operation].scopes) {
      const others = contract.scopes.filter((scope) => scope !== needed);
      const client = await org.client({ scopes: others });
      const exchange = await client.send(operation, request);
      about('LG-ERR-007');
      expectStatusOfCode(context, exchange, 403);
      about('LG-AUT-018', 'LG-AUT-019', ...needsOf(operation));
      expect.refusal(exchange, 403);
    }
  }
};

const access = defineRule({
  id: 'tours/access',
  level: 'MUST',
  verifies: [
    ...(['LG-AUT-012', 'LG-AUT-018', 'LG-AUT-019', 'LG-AUT-020'] as const),
    ...(['LG-AUT-001', 'LG-AUT-002', 'LG-AUT-003', 'LG-AUT-004', 'LG-AUT-005'] as const),
    ...(['LG-AUT-006', 'LG-AUT-008', 'LG-AUT-009', 'LG-ERR-005', 'LG-ERR-007'] as const),
    ...grants,
    ...needs,
  ],
  sentence:
    'A request without a valid API key or one of its scopes is refused and has no effect, and with only its scopes it succeeds.',
  needs: ['scoped-keys', 'expired-key', 'fresh-organizations'],
  check: async (context) => {
    const { contract, expect, about } = context;
    const org = await context.organization();
    const furniture = await furnish(org, 'before');
    await expectScopesNeeded(context, org, furniture);
    await expectKeysRefused(context, org, furniture);
    const none = await org.client({ scopes: [] });
    about('LG-AUT-018');
    expect.refusal(await none.send('listDossiers'), 403);
    about('LG-AUT-020');
    expectUntouched(await snapshotOf(org));
    const grantsOf = concerning(grants);
    for (const { operation, request } of served(context, furniture, 'granted')) {
      const client = await org.client({ scopes: contract.operations[operation].scopes });
      about(...grantsOf(operation));
      const exchange = await client.send(operation, request);
      expect.success(exchange);
      about('LG-AUT-012');
      // A key sees what other keys of the organisation created.
      if (operation === 'listDossiers' || operation === 'listDossierNotes') {
        const { items } = pageOf(exchange);
        const some = operation === 'listDossiers' && request.query?.['stage_id'] !== undefined;
        expectThat(
          some || items.length > 0,
          `what other keys created by ${operation}`,
          () => items,
        );
      }
    }
  },
  fault: admitRefused(403),
});

const limit = 4;

/** The limit that was set is shown: it is there, it is a whole number, and it is that one. */
const expectShownLimit = (
  { about }: Pick<RuleContext, 'about'>,
  { response: { headers } }: Exchange,
): void => {
  const { 'x-ratelimit-limit': shown } = headers;
  const expected = 'X-RateLimit-Limit equal to the limit that was set';
  about('LG-LIM-009');
  expectThat(shown !== undefined, expected, () => 'no such header');
  about('LG-LIM-011');
  expectThat(/^\d+$/.test(shown ?? ''), expected, () => shown);
  about('LG-LIM-022');
  expectEqual(shown, String(limit), expected);
};

const rateLimit = defineRule({
  id: 'tours/rate-limit',
  level: 'MUST',
  verifies: [
    ...(['LG-LIM-001', 'LG-LIM-002', 'LG-LIM-005', 'LG-LIM-006', 'LG-LIM-009'] as const),
    ...(['LG-LIM-010', 'LG-LIM-011', 'LG-LIM-012', 'LG-LIM-014', 'LG-ERR-010'] as const),
    ...(['LG-LIM-022', 'LG-LIM-023'] as const),
  ],
  sentence:
    'Beyond the rate limit every operation is refused, without effect, and only for the organisation.',
  needs: ['rate-limit', 'fresh-organizations', 'second-organization'],
  check: async (context) => {
    const { expect, about } = context;
    const [org, other] = [
      await context.organization(),
      await context.organization({ second: true }),
    ];
    const furniture = await furnish(org, 'before');
    const client = context.clientWithoutWaits(await org.key());
    about('LG-LIM-001');
    const { served: first } = await exhaustRateLimit(org, client, limit, [3_600, 3_600]);
    for (const exchange of first) {
      expect.success(exchange);
      expectShownLimit(context, exchange);
    }
    about('LG-LIM-010');
    const remaining = first.map(remainingOf);
    const inRange = remaining.every((left) => left <= limit);
    about('LG-LIM-012');
    expectThat(inRange, 'no more remaining than the limit', () => remaining);
    const cost = highestCost(remaining);
    // A single request may use up the whole limit (LG-LIM-015).
    if (cost !== undefined) {
      about('LG-LIM-014');
      expectThat(cost > 0, 'a decreasing X-RateLimit-Remaining', () => remaining);
      const least = `${String(limit - cost)} remaining after the first request`;
      about('LG-LIM-023');
      expectThat((remaining[0] ?? 0) >= limit - cost, least, () => remaining);
    }
    for (const { operation, request } of served(context, furniture, 'refused')) {
      const exchange = await client.send(operation, request);
      about('LG-ERR-010');
      expectStatusOfCode(context, exchange, 429);
      about('LG-LIM-001', 'LG-LIM-002');
      expect.refusal(exchange, 429);
    }
    about('LG-LIM-006');
    expect.success(await context.clientWithoutWaits(await other.key()).send('listDossiers'));
    await org.setRateLimit(1_000, 60);
    about('LG-LIM-005');
    expectUntouched(await snapshotOf(org));
  },
  fault: acceptRefused(429),
});

const plans = defineRule({
  id: 'tours/plans',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002', 'LG-PLN-003', 'LG-PLN-004', 'LG-ERR-006'],
  sentence:
    'Without a plan with API access every operation is refused, without effect, and with one it succeeds again.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async (context) => {
    const { contract, expect, about } = context;
    const org = await context.organization();
    const furniture = await furnish(org, 'before');
    const requests = served(context, furniture, 'refused');
    const expectRefused = async (requirement: RequirementId, some = requests): Promise<void> => {
      for (const { operation, request } of some) {
        const exchange = await org.all.send(operation, request);
        about('LG-ERR-006');
        expectStatusOfCode(context, exchange, 402);
        about(requirement);
        expect.refusal(exchange, 402);
      }
    };
    await org.changePlan('free');
    await expectRefused('LG-PLN-001');
    await org.changePlan('pro');
    const some = requests.filter((_, index) => index % 3 === 2);
    await expectRefused('LG-PLN-002', some);
    await org.changePlan(planWithApi(contract));
    about('LG-PLN-003');
    const lines = await snapshotOf(org);
    about('LG-PLN-004');
    expectUntouched(lines);
  },
  fault: acceptRefused(402),
});

export default [access, rateLimit, plans] satisfies readonly Rule[];
