import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import type { CheckRule } from '../context/rule.ts';
import { planWithApi } from '../contract/operations.ts';
import { rules } from '../rules/index.ts';
import { createHarnessCore } from '../runner/harness-core.ts';
import { provisionByControl } from '../targets/control.ts';
import { provisionByKeys } from '../targets/keys.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import type { Target } from '../targets/target.ts';
import { workOn } from './concurrent-work.ts';

const oneKeyRules = rules.filter(
  (rule): rule is CheckRule => rule.kind === 'check' && rule.needs.length === 0,
);

describe('an organisation with data in which others work', { timeout: 240_000 }, () => {
  const contract = readContract();
  let server: EmbeddedServer;
  let target: Target;
  let leave: () => Promise<unknown>;

  beforeAll(async () => {
    server = await startReferenceServer();
    const admin = await provisionByControl({
      ...{ url: server.controlUrl, now: Date.now, plan: planWithApi(contract) },
      ...{ fetch: (request: Request) => fetch(request), scopes: contract.scopes },
    });
    const org = await admin.organization({});
    await org.setRateLimit(1_000_000, 3_600);
    const webhook = { listen: { host: '127.0.0.1', port: 0 } };
    target = {
      ...{ url: server.url, ephemeral: true, omissions: [], webhook, close: server.close },
      ...provisionByKeys({ key: await org.key({}) }),
    };
    leave = await workOn(server.url, await org.key({}));
  });
  afterAll(async () => {
    await leave();
    await server.close();
  });

  it('allows most rules', () => {
    expect(oneKeyRules.length).toBeGreaterThan(rules.length / 2);
  });

  it('fails no rule that needs only one key', async () => {
    const run = { rules: oneKeyRules, runs: 2, timeout: 20_000 };
    const outcomes = await createHarnessCore().createRunner({ run, target }).runAll();
    const faults = outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'error');
    const lines = faults.map(({ id, reason, counterexample: found }) =>
      [id, reason, found?.expected, found?.actual].join(' | '),
    );
    expect(lines).toEqual([]);
  });
});
