import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import type { Rule } from '../context/rule.ts';
import { planWithApi } from '../contract/operations.ts';
import { rules } from '../rules/index.ts';
import { createHarnessCore } from '../runner/harness-core.ts';
import { provisionByControl } from '../targets/control.ts';
import { provisionByKeys } from '../targets/keys.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import type { Target } from '../targets/target.ts';
import { openSink, type Sink } from '../webhooks/sink.ts';

const webhookRules = rules.filter(({ id }) => id.startsWith('webhooks/'));
const listen = { host: '127.0.0.1', port: 0 };

// All events of all rules arrive at one receiver.
describe(
  'an endpoint that the user created, in an organisation in which others work',
  { timeout: 240_000 },
  () => {
    const contract = readContract();
    let server: EmbeddedServer;
    let sink: Sink;
    let target: Target;
    let stopWork: () => Promise<unknown>;

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
      stopWork = workUntilStopped(server.url, key);
    });
    afterAll(async () => {
      await stopWork();
      await sink.close();
      await server.close();
    });

    const { createRunner } = createHarnessCore();
    const run = async (rule: Rule) => {
      const [outcome] = await createRunner({
        ...{ run: { rules: [rule], runs: 2 }, target, sink },
      }).runAll();
      return outcome;
    };

    it.concurrent.each(webhookRules.map((rule) => [rule.id, rule] as const))(
      '%s passes, or names what it needs',
      async (_, rule) => {
        const missing =
          rule.kind === 'check' && rule.needs.some((capability) => !target.offers.has(capability));
        const outcome = await run(rule);
        expect(outcome).toMatchObject({ outcome: missing ? 'not-verified' : 'passed' });
      },
    );

    it('allows most MUST rules', () => {
      const possible = webhookRules.filter(
        ({ level, ...rule }) =>
          level === 'MUST' && 'needs' in rule && rule.needs.every((one) => target.offers.has(one)),
      );
      expect(possible.length).toBeGreaterThan(20);
    });
  },
);

/** Creates and deletes dossiers until it is stopped. */
const workUntilStopped = (url: string, key: string) => {
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
