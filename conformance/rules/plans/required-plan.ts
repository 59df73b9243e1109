import { aForm, expectRefusedForPlan, snapshotOf } from '../../assertions/refusals.ts';
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

const freePlan = defineRule({
  id: 'plans/free-plan',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-ERR-006'],
  sentence: 'A key of an organisation on the Free plan opens nothing.',
  needs: ['free-plan'],
  check: (context) => expectRefusedForPlan(context, 'free'),
  fault: admitRefused(402),
});

const proPlan = defineRule({
  id: 'plans/pro-plan',
  level: 'MUST',
  verifies: ['LG-PLN-002', 'LG-ERR-006'],
  sentence: 'A key of an organisation on the Pro plan opens nothing.',
  needs: ['pro-plan'],
  check: (context) => expectRefusedForPlan(context, 'pro'),
  fault: admitRefused(402),
});

const growthPlan = defineRule({
  id: 'plans/growth-plan',
  level: 'MUST',
  verifies: ['LG-PLN-003', 'LG-GEN-001'],
  sentence: 'An organisation on the Growth plan may use every operation.',
  needs: [],
  check: async ({ organization, operations, expect }) => {
    const org = await organization();
    for (const { id } of operations) {
      expect.success(await org.all.send(id, await org.prepare(id)));
    }
  },
  fault: refuse(402, 'plan_required', (request) => request.url.includes('/flows')),
});

const changedPlan = defineRule({
  id: 'plans/changed-plan',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002', 'LG-PLN-003', 'LG-ERR-006'],
  sentence: 'An organisation that leaves the Growth plan can use nothing, until it comes back.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async ({ contract, operations, organization, expect }) => {
    for (const plan of plansWithoutApi(contract)) {
      for (const { id } of operations) {
        const org = await organization();
        // All that the path names is there: nothing but the plan is in the way.
        const request = await org.prepare(id);
        await org.changePlan(plan);
        expect.refusal(await org.all.send(id, request), 402);
        await org.changePlan(planWithApi(contract));
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
  sentence: 'Without the plan an organisation can’t read the stages of its own flows either.',
  needs: ['free-plan', 'pro-plan', 'flows', 'fresh-organizations'],
  check: async ({ contract, organization, expect }) => {
    for (const plan of plansWithoutApi(contract)) {
      const [org, paying] = [await organization({ plan }), await organization()];
      for (const draft of plainFlows(2)) {
        const [{ id }, twin] = [await org.createFlow(draft), await paying.createFlow(draft)];
        expect.refusal(await org.all.send('listFlowStages', { path: { id } }), 402);
        expect.success(await paying.all.send('listFlowStages', { path: { id: twin.id } }));
      }
    }
  },
  fault: acceptRefused(402),
});

const forms = defineRule({
  id: 'plans/forms',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002'],
  sentence: 'A form is refused for the plan as any other request is.',
  needs: ['free-plan', 'pro-plan'],
  check: async ({ contract, organization, expect }) => {
    const paying = await organization();
    for (const plan of plansWithoutApi(contract)) {
      const client = await (await organization({ plan })).client();
      expect.refusal(await client.send('createDossier', aForm('Noor Bakker')), 402);
      expect.success(await paying.all.send('createDossier', aForm('Noor Bakker')));
    }
  },
  fault: admitRefused(402, isForm),
});

const noEffect = defineRule({
  id: 'plans/no-effect',
  level: 'MUST',
  verifies: ['LG-PLN-004'],
  sentence: 'What is refused for the plan is not done, as shows once there is a plan for it.',
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
      expectEqual(await snapshotOf(org), before, `what there was before ${id},`);
      expect.success(await org.all.send(id, request));
    }
  },
  // A server that keeps what it refused until it is paid for.
  fault: refuseButApplyLater(402),
});

const formNoEffect = defineRule({
  id: 'plans/form-no-effect',
  level: 'MUST',
  verifies: ['LG-PLN-004'],
  sentence: 'A form that is refused for the plan creates nothing.',
  needs: ['plan-change', 'fresh-organizations'],
  check: async (context) => {
    const { contract, organization, expect } = context;
    for (const plan of plansWithoutApi(contract)) {
      const org = await organization();
      const name = `Refused on ${plan}`;
      await org.changePlan(plan);
      expect.refusal(await org.all.send('createDossier', aForm(name)), 402);
      await org.changePlan(planWithApi(contract));
      await expectNoDossierNamed(org, name);
      expect.success(await org.all.send('createDossier', aForm(name)));
    }
  },
  // A server that keeps forms until they are paid for.
  fault: refuseButApplyLater(402),
});

/** Counts before it looks at the plan. */
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
  sentence: 'What is refused for the plan does not count towards a rate limit.',
  needs: ['free-plan', 'rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const free = await organization({ plan: 'free' });
    const client = clientWithoutWaits(await free.key());
    await free.setRateLimit(2, 3_600);
    const told = new Set<string | undefined>();
    for (let sent = 0; sent < 4; sent += 1) {
      const exchange = await client.send('listDossiers');
      expect.refusal(exchange, 402);
      told.add(exchange.response.headers['x-ratelimit-remaining']);
    }
    expectThat(told.size === 1, 'the same allowance after each refusal', () => [...told]);
  },
  fault: countFirst,
});

export default [
  freePlan,
  proPlan,
  growthPlan,
  changedPlan,
  stages,
  forms,
  noEffect,
  formNoEffect,
  freePlanUncounted,
] satisfies readonly Rule[];
