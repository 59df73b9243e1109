import {
  expectRefusedForPlan,
  expectStatusOfCode,
  formRequest,
  snapshotOf,
} from '../../assertions/refusals.ts';
import { prepareVisibleRequest } from '../../assertions/requests.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { plansWithoutApi, planWithApi, writes } from '../../contract/operations.ts';
import { admitRefused, refuse } from '../../faults/access.ts';
import { isForm } from '../../faults/files.ts';
import type { Fault } from '../../faults/inject.ts';
import { refuseButApplyLater } from '../../faults/partial-writes.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { expectNoDossierNamed } from '../../fixtures/dossiers.ts';
import { plainFlows } from '../../generators/dossiers.ts';

const lowerPlans = [
  { id: 'plans/free-plan', verifies: 'LG-PLN-001', plan: 'free', name: 'Free' },
  { id: 'plans/pro-plan', verifies: 'LG-PLN-002', plan: 'pro', name: 'Pro' },
] as const;

const lowerPlanRules = lowerPlans.map(({ id, verifies, plan, name }) =>
  defineRule({
    id,
    level: 'MUST',
    verifies: [verifies, 'LG-ERR-006'],
    sentence: `The API keys of an organisation on the ${name} plan are refused with 402.`,
    needs: [`${plan}-plan`],
    check: (context) => expectRefusedForPlan(context, plan, verifies),
    fault: admitRefused(402),
  }),
);

/** The requirement about a plan without API access. */
const requirementOf = (plan: string) =>
  lowerPlans.flatMap((lower) => (lower.plan === plan ? [lower.verifies] : []));

const growthPlan = defineRule({
  id: 'plans/growth-plan',
  level: 'MUST',
  verifies: ['LG-PLN-003', 'LG-GEN-001'],
  sentence: 'An organisation on the Growth plan can use every operation.',
  needs: [],
  check: async ({ organization, operations, expect, about }) => {
    const org = await organization();
    for (const { id } of operations) {
      const exchange = await org.all.send(id, await org.prepare(id));
      const { status } = exchange.response;
      about('LG-PLN-003');
      expectThat(status !== 402, 'no 402 on the Growth plan', () => status);
      about('LG-GEN-001');
      expect.success(exchange);
    }
  },
  fault: refuse(402, 'plan_required', (request) => request.url.includes('/flows')),
});

const changedPlan = defineRule({
  id: 'plans/changed-plan',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002', 'LG-PLN-003', 'LG-ERR-006'],
  sentence: 'An organisation that leaves the Growth plan is refused until it returns to it.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async (context) => {
    const { contract, operations, organization, expect, about } = context;
    for (const plan of plansWithoutApi(contract)) {
      for (const { id } of operations) {
        const org = await organization();
        // Everything that the path names exists: only the plan is missing.
        const request = await org.prepare(id);
        await org.changePlan(plan);
        const exchange = await org.all.send(id, request);
        about('LG-ERR-006');
        expectStatusOfCode(context, exchange, 402);
        about(...requirementOf(plan));
        expect.refusal(exchange, 402);
        await org.changePlan(planWithApi(contract));
        about('LG-PLN-003');
        expect.success(await org.all.send(id, request));
      }
    }
  },
  fault: acceptRefused(402),
});

const stages = defineRule({
  id: 'plans/stages',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002'],
  sentence: 'Listing the stages of a flow is refused without the Growth plan.',
  needs: ['free-plan', 'pro-plan', 'flows', 'fresh-organizations'],
  check: async ({ contract, organization, expect, about }) => {
    for (const plan of plansWithoutApi(contract)) {
      about(...requirementOf(plan));
      const [org, paying] = [await organization({ plan }), await organization()];
      for (const draft of plainFlows(2)) {
        const [{ id }, control] = [await org.createFlow(draft), await paying.createFlow(draft)];
        expect.refusal(await org.all.send('listFlowStages', { path: { id } }), 402);
        expect.success(await paying.all.send('listFlowStages', { path: { id: control.id } }));
      }
    }
  },
  fault: acceptRefused(402),
});

const forms = defineRule({
  id: 'plans/forms',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002'],
  sentence: 'A form is refused without the Growth plan, like any other request.',
  needs: ['free-plan', 'pro-plan'],
  check: async ({ contract, organization, expect, about }) => {
    const paying = await organization();
    for (const plan of plansWithoutApi(contract)) {
      about(...requirementOf(plan));
      const client = await (await organization({ plan })).client();
      expect.refusal(await client.send('createDossier', formRequest('Noor Bakker')), 402);
      expect.success(await paying.all.send('createDossier', formRequest('Noor Bakker')));
    }
  },
  fault: admitRefused(402, isForm),
});

const noEffect = defineRule({
  id: 'plans/no-effect',
  level: 'MUST',
  verifies: ['LG-PLN-004'],
  sentence:
    'A request that is refused because of the plan has no effect, not even after an upgrade.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async (context) => {
    const { contract, operations, organization, expect } = context;
    const plans = plansWithoutApi(contract);
    for (const [index, { id }] of writes(operations).entries()) {
      const org = await organization();
      const request = await prepareVisibleRequest(org, id);
      const before = await snapshotOf(org);
      await org.changePlan(plans[index % plans.length] ?? '');
      expect.refusal(await org.all.send(id, request), 402);
      await org.changePlan(planWithApi(contract));
      expectEqual(await snapshotOf(org), before, `the same state as before ${id},`);
      expect.success(await org.all.send(id, request));
    }
  },
  // A server that applies refused requests after an upgrade.
  fault: refuseButApplyLater(402),
});

const formNoEffect = defineRule({
  id: 'plans/form-no-effect',
  level: 'MUST',
  verifies: ['LG-PLN-004'],
  sentence: 'A form that is refused because of the plan creates nothing.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async (context) => {
    const { contract, organization, expect } = context;
    for (const plan of plansWithoutApi(contract)) {
      const org = await organization();
      const name = `Refused on ${plan}`;
      await org.changePlan(plan);
      expect.refusal(await org.all.send('createDossier', formRequest(name)), 402);
      await org.changePlan(planWithApi(contract));
      await expectNoDossierNamed(org, name);
      expect.success(await org.all.send('createDossier', formRequest(name)));
    }
  },
  // A server that applies refused forms after an upgrade.
  fault: refuseButApplyLater(402),
});

/** A server that counts requests before it checks the plan. */
const countFirst: Fault = (fetch) => {
  let refused = 0;
  return async (request) => {
    const response = await fetch(request);
    if (response.status === 402) refused += 1;
    if (refused <= 2) return response;
    const body = { error: { code: 'rate_limited', message: 'Slow down.' } };
    return new Response(JSON.stringify(body), { status: 429, headers: response.headers });
  };
};

const freePlanUncounted = defineRule({
  id: 'limits/free-plan-uncounted',
  level: 'SHOULD',
  verifies: ['LG-PLN-005'],
  sentence: "A request that is refused because of the plan doesn't count towards a rate limit.",
  needs: ['free-plan', 'rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const free = await organization({ plan: 'free' });
    const client = clientWithoutWaits(await free.key());
    await free.setRateLimit(2, 3_600);
    const remainingValues = new Set<string | undefined>();
    for (let sent = 0; sent < 4; sent += 1) {
      const exchange = await client.send('listDossiers');
      expect.refusal(exchange, 402);
      remainingValues.add(exchange.response.headers['x-ratelimit-remaining']);
    }
    expectThat(
      remainingValues.size === 1,
      'the same X-RateLimit-Remaining after each refusal',
      () => [...remainingValues],
    );
  },
  fault: countFirst,
});

export default [
  ...lowerPlanRules,
  growthPlan,
  changedPlan,
  stages,
  forms,
  noEffect,
  formNoEffect,
  freePlanUncounted,
] satisfies readonly Rule[];
