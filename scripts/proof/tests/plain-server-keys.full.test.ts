import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTransport } from '../../../conformance/http/transport.ts';
import { asFetch, type Fetch } from '../../../conformance/http/web-classes.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { TargetDescription } from '../../../conformance/targets/description.ts';
import { type PlainServer, startPlainServer } from '../plain-server/start.ts';
import { judge, modest, named, of, othersThan } from './run-with-keys.ts';

/** The rules that need more than one API key. */
const rulesWithNeeds = rules.filter((rule) => rule.kind === 'check' && rule.needs.length > 0);

/** A port that is free. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe('a server of which only one API key is known', { timeout: 600_000 }, () => {
  let server: PlainServer;
  beforeAll(async () => {
    const limit = { requests: 100_000, window_seconds: 3_600 };
    server = await startPlainServer({ static: { dossiers: 60 }, limit });
  });
  afterAll(() => server.close());

  it('passes all that can be verified with it, and the verdict is incomplete', async () => {
    const environment = { LEADGRID_KEY: server.keys.allScopes };
    const some = [...modest, ...named('authentication/expired-key')];
    const report = await judge({ target: server.url }, environment, some);
    expect([...of(report, 'failed'), ...of(report, 'error')]).toEqual([]);
    expect(report.verdict).toBe('incomplete');
    expect(report.target.capabilities).toEqual([]);
    expect(of(report, 'passed')).toHaveLength(modest.length);
    expect(of(report, 'not-verified').join('\n')).toContain('LEADGRID_EXPIRED_KEY');
  });
});

describe('a server with everything that can be set up by hand', { timeout: 600_000 }, () => {
  const secret = `whsec_${randomUUID()}`;
  let server: PlainServer;
  let description: TargetDescription;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const port = await freePort();
    const endpoint = { url: `http://127.0.0.1:${port}/leadgrid`, secret };
    const limit = { requests: 200, window_seconds: 6 };
    server = await startPlainServer({ static: { dossiers: 60, endpoint }, limit });
    const { keys, members, url } = server;
    const scopedKeys = keys.byScopes.map(({ scopes, key }, index) => {
      return { scopes, key, name: `LEADGRID_${index}_KEY` as const };
    });
    description = {
      ...{ target: url, members, webhook: { listen: { port } } },
      rateLimit: { requests: 200, windowSeconds: 6, mayBeExhausted: true },
      keys: { byScopes: scopedKeys.map(({ scopes, name }) => ({ scopes, key: name })) },
    };
    environment = {
      ...Object.fromEntries(scopedKeys.map(({ name, key }) => [name, key])),
      ...{ LEADGRID_KEY: keys.allScopes, LEADGRID_EXPIRED_KEY: keys.expired },
      ...{ LEADGRID_FREE_PLAN_KEY: keys.freePlan, LEADGRID_PRO_PLAN_KEY: keys.proPlan },
      ...{ LEADGRID_SECOND_KEY: keys.secondOrganization, LEADGRID_WEBHOOK_SECRET: secret },
    };
  });
  afterAll(() => server.close());

  it('passes all that can be verified with it, and the report names the rest', async () => {
    const report = await judge(description, environment, rulesWithNeeds);
    expect([...of(report, 'failed'), ...of(report, 'error')]).toEqual([]);
    const offered = new Set(report.target.capabilities);
    const beyond = rulesWithNeeds.filter(
      (rule) => rule.kind === 'check' && rule.needs.some((one) => !offered.has(one)),
    );
    expect([...offered].sort()).toEqual([
      ...['expired-key', 'free-plan', 'members', 'pro-plan', 'scoped-keys'],
      ...['second-organization', 'spendable-rate-limit', 'webhooks'],
    ]);
    // A busy machine may be too slow to use up a limit.
    const missing = report.rules.filter(
      ({ outcome, reason }) => outcome === 'not-verified' && !reason?.includes('lower rate limit'),
    );
    expect(missing.map(({ id }) => id).sort()).toEqual(beyond.map(({ id }) => id).sort());
    expect(report.verdict).toBe('incomplete');
  });

  it('is conformant if the rest is omitted with a reason', async () => {
    const some = rules.filter(({ id }) => /^(authentication|isolation|plans)\//.test(id));
    const notOffered = ['expiring-keys', 'plan-change', 'fresh-organizations', 'faults', 'flows'];
    const beyond = some.filter(
      (rule) => rule.kind === 'check' && rule.needs.some((one) => notOffered.includes(one)),
    );
    const omit = [
      { requirements: othersThan(some), reason: 'It is verified elsewhere.' },
      {
        requirements: beyond.flatMap(({ verifies }) => verifies),
        reason: 'It needs more than keys.',
      },
    ];
    const report = await judge({ ...description, omit }, environment, some);
    expect(report.gaps.filter(({ state }) => state === 'not-verified')).toEqual([]);
    expect(report.verdict).toBe('conformant');
  });

  const swapKeys =
    (from: string, to: string): Fetch =>
    (request) => {
      const changed = request.clone();
      const { authorization } = Object.fromEntries(request.headers);
      if (authorization === `Bearer ${from}`) changed.headers.set('authorization', `Bearer ${to}`);
      return asFetch(createTransport())(changed);
    };

  it.each([
    ['takes an expired key', 'expired', 'authentication/expired-key'],
    ['lets the Free plan in', 'freePlan', 'plans/free-plan'],
    ['shows another organisation the same data', 'secondOrganization', 'isolation/foreign-id'],
  ] as const)('is not conformant if it %s', async (_, key, rule) => {
    const { keys } = server;
    const swap = swapKeys(keys[key], keys.allScopes);
    const report = await judge(description, environment, named(rule), swap);
    expect(of(report, 'failed')).toHaveLength(1);
    expect(report.verdict).toBe('non-conformant');
  });

  it('is not conformant if it signs with another secret', async () => {
    const wrong = { ...environment, LEADGRID_WEBHOOK_SECRET: 'whsec_of_somebody_else' };
    const report = await judge(description, wrong, named('webhooks/signature'));
    expect(of(report, 'failed')).toHaveLength(1);
    expect(report.verdict).toBe('non-conformant');
  });
});
