import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { planWithApi } from '../contract/operations.ts';
import { rules } from '../rules/index.ts';
import { runRules } from '../runner/runner.ts';
import { provisionByControl } from '../targets/control.ts';
import { provisionByKeys } from '../targets/keys.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import type { Target } from '../targets/target.ts';
import { openSink, type Sink } from '../webhooks/sink.ts';

const about = rules.filter(({ id }) => id.startsWith('webhooks/'));
const listen = { host: '127.0.0.1', port: 0 };

// All events of all rules queue for one receiver.
describe('an endpoint that a person has set up, in the midst of work', { timeout: 240_000 }, () => {
  const contract = readContract();
  let server: EmbeddedServer;
  let sink: Sink;
  let target: Target;
  let leave: () => Promise<unknown>;

  beforeAll(async () => {
    server = await startReferenceServer();
    sink = await openSink({ listen, newName: randomUUID, now: Date.now, standing: true });
    const admin = await provisionByControl({
      ...{ url: server.controlUrl, now: Date.now, plan: planWithApi(contract) },
      ...{ fetch: (request: Request) => fetch(request), scopes: contract.scopes },
    });
    const [org, second] = [await admin.organization({}), await admin.organization({})];
    for (const one of [org, second]) await one.setRateLimit(100_000, 3_600);
    const { url } = sink.open({ receive: () => undefined });
    const { secret } = await org.createEndpoint(`${url}/leadgrid/events`);
    const key = await org.key({});
    const keys = { key, second: await second.key({}), webhookSecret: secret };
    const webhook = { listen, secret };
    target = {
      ...{ url: server.url, ephemeral: true, omissions: [], webhook, close: server.close },
      ...provisionByKeys(keys),
    };
    leave = goOn(server.url, key);
  });
  afterAll(async () => {
    await leave();
    await sink.close();
    await server.close();
  });

  const judge = async (rule: Rule) => {
    const { outcomes } = await runRules({
      ...{ contract, register: readRegister(), rules: [rule], target, sink, seed: 1, runs: 2 },
      surroundings: { fetch: (request) => fetch(request), now: Date.now, sleep: (ms) => sleep(ms) },
      timeout: 10_000,
      interruption: new AbortController().signal,
      progress: () => undefined,
    });
    return outcomes[0];
  };

  it.concurrent.each(about.map((rule) => [rule.id, rule] as const))(
    '%s finds no fault there, or names what it needs',
    async (_, rule) => {
      const missing =
        rule.kind === 'check' && rule.needs.some((capability) => !target.offers.has(capability));
      const outcome = await judge(rule);
      expect(outcome).toMatchObject({ outcome: missing ? 'not-verified' : 'passed' });
    },
  );

  it('can verify most of what is stated', () => {
    const possible = about.filter(
      ({ level, ...rule }) =>
        level === 'MUST' && 'needs' in rule && rule.needs.every((one) => target.offers.has(one)),
    );
    expect(possible.length).toBeGreaterThan(20);
  });
});

/** Somebody who works there meanwhile; gives the way to send them home. */
const goOn = (url: string, key: string) => {
  let working = true;
  const work = async (): Promise<void> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    while (working) {
      const body = JSON.stringify({ type: 'candidate', name: 'From somebody else' });
      const made = await fetch(`${url}/dossiers`, { method: 'POST', headers, body });
      const { data } = (await made.json()) as { data: { id: string } };
      await fetch(`${url}/dossiers/${data.id}`, { method: 'DELETE', headers });
      await sleep(1_000);
    }
  };
  const worked = work();
  return () => {
    working = false;
    return worked;
  };
};
