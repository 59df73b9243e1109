import fc from 'fast-check';
import {
  createAndViewDossier,
  dossierPlaces,
  expectDossierKept,
} from '../../assertions/dossiers.ts';
import type { RuleContext } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type Dossier, dossierTypes, type Flow } from '../../contract/resources.ts';
import { type Fault, ignoreField, ignoreQueryParameters, onData } from '../../faults/inject.ts';
import { createDossier, isDossierListed, retrieveDossier } from '../../fixtures/dossiers.ts';
import { createListedFlow, defaultFlowOf, firstStageOf, flowsOf } from '../../fixtures/flows.ts';
import { aLongFlow, plainFlows } from '../../generators/dossiers.ts';
import type { FlowDraft } from '../../targets/target.ts';

const oneStage = defineRule({
  id: 'dossiers/one-stage',
  level: 'MUST',
  verifies: ['LG-DOS-002'],
  sentence: 'A dossier is in exactly one stage, and `current_stage_id` is its id.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const stages = (await flowsOf(org)).flatMap((flow) => flow.stages.map(({ id }) => id));
    for (const type of dossierTypes(context.contract)) {
      const seen = await createAndViewDossier(org, { type, name: 'Noor Bakker' });
      const { id, current_stage_id } = seen.created;
      expectDossierKept(seen, { current_stage_id }, dossierPlaces);
      const found: string[] = [];
      for (const stage_id of stages) {
        if (await isDossierListed(org, id, { stage_id })) found.push(stage_id);
      }
      expectEqual(found, [current_stage_id], 'the stages that the dossier is listed under');
    }
  },
  fault: ignoreQueryParameters('listDossiers', 'stage_id'),
});

const stageOfOneFlow = defineRule({
  id: 'dossiers/stage-of-one-flow',
  level: 'MUST',
  verifies: ['LG-DOS-003'],
  sentence: 'The stage of a dossier belongs to one flow of its organisation, and to no other flow.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const flows = await flowsOf(org);
    for (const type of dossierTypes(context.contract)) {
      const seen = await createAndViewDossier(org, { type, name: 'Noor Bakker' });
      for (const place of dossierPlaces) {
        const { current_stage_id: stage, flow_id } = seen[place];
        const owners = flows.filter(({ stages }) => stages.some(({ id }) => id === stage));
        expectEqual(owners.length, 1, `the number of flows with the stage ${stage}`);
        expectEqual(flow_id ?? owners[0]?.id, owners[0]?.id, 'the flow that has the stage,');
      }
    }
  },
  // A server with one catalogue of stages for all flows.
  fault: onData(['listFlows'], (flow) => {
    flow['stages'] = [{ id: 'c0ffee00-0000-4000-8000-000000000000', name: 'New', position: 1 }];
  }),
});

const flowNamed = defineRule({
  id: 'dossiers/flow-named',
  level: 'SHOULD',
  verifies: ['LG-DOS-004'],
  sentence: 'Responses contain the flow of a dossier in `flow_id`.',
  needs: ['fresh-organizations', 'flows'],
  check: async (context) => {
    const org = await context.organization();
    for (const draft of plainFlows(2)) {
      const { id: flow_id, type } = await createListedFlow(org, draft);
      const seen = await createAndViewDossier(org, { type, name: 'Noor Bakker', flow_id });
      expectDossierKept(seen, { flow_id }, dossierPlaces);
    }
  },
  fault: onData(['listDossiers'], (dossier) => {
    delete dossier['flow_id'];
  }),
});

/** A server that puts each dossier into the stage of the first one. */
const sameStageForAll: Fault = (fetch, name) => {
  let stage: unknown;
  return onData(['createDossier'], (dossier) => {
    stage ??= dossier['current_stage_id'];
    dossier['current_stage_id'] = stage;
  })(fetch, name);
};

/** The dossier is in the default flow, and there in the first stage. */
const expectFirstStage = (
  { about }: Pick<RuleContext, 'about'>,
  flow: Flow,
  { current_stage_id: stage }: Pick<Dossier, 'current_stage_id'>,
  what: string,
): void => {
  const first = firstStageOf(flow)?.id;
  about('LG-DOS-022');
  if (!flow.stages.some(({ id }) => id === stage)) expectEqual(stage, first, what);
  about('LG-DOS-023');
  expectEqual(stage, first, what);
};

const defaultFlow = defineRule({
  id: 'dossiers/default-flow',
  level: 'MUST',
  verifies: ['LG-DOS-022', 'LG-DOS-023'],
  sentence: 'A new dossier starts in the first stage of the default flow of its type.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const flows = await flowsOf(org);
    for (const type of dossierTypes(context.contract)) {
      const flow = defaultFlowOf(flows, type);
      // Without a default flow, or stages in it, the result isn't documented.
      if (!flow || !firstStageOf(flow)) continue;
      context.about('LG-DOS-022');
      const created = await createDossier(org, { type, name: 'Noor Bakker' });
      const what = `the first stage of the default flow of type ${type},`;
      expectFirstStage(context, flow, created, what);
    }
  },
  fault: sameStageForAll,
});

/** A server that caches the default flow of a type. */
const rememberDefault: Fault = (fetch, name) => {
  const firsts = new Map<unknown, unknown>();
  return onData(['createDossier'], (dossier) => {
    const { type, current_stage_id: stage } = dossier;
    if (!firsts.has(type)) firsts.set(type, stage);
    dossier['current_stage_id'] = firsts.get(type);
  })(fetch, name);
};

const defaultAmongFlows = defineRule({
  id: 'dossiers/default-among-flows',
  level: 'MUST',
  verifies: ['LG-DOS-022', 'LG-DOS-023'],
  sentence: 'A new dossier goes into the current default flow, whichever flow is older or newer.',
  needs: ['fresh-organizations', 'flows'],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const expectStart = async (name: string, flow: Flow) => {
        context.about('LG-DOS-022');
        const created = await createDossier(org, { type, name });
        expectFirstStage(context, flow, created, 'the first stage of the default flow,');
      };
      for (const draft of plainFlows(2, type)) {
        const flow = await createListedFlow(org, { ...draft, is_default: true });
        await expectStart(`After ${draft.name}`, flow);
        await createListedFlow(org, {
          ...draft,
          name: `${draft.name}, another`,
          is_default: false,
        });
        await expectStart(`After another ${draft.name}`, flow);
      }
    }
  },
  fault: rememberDefault,
});

const givenFlow = defineRule({
  id: 'dossiers/given-flow',
  level: 'MUST',
  verifies: ['LG-DOS-024'],
  sentence:
    'With `flow_id`, a new dossier goes into a stage of that flow instead of the default flow.',
  needs: ['fresh-organizations', 'flows'],
  check: (context) =>
    context.property([fc.noShrink(aLongFlow())], async (draft) => {
      const org = await context.organization();
      const flow = await createListedFlow(org, { ...draft, is_default: false });
      const body = { type: flow.type, name: 'Noor Bakker', flow_id: flow.id };
      const seen = await createAndViewDossier(org, body);
      const ids = flow.stages.map(({ id }) => id);
      for (const place of dossierPlaces) {
        const { current_stage_id: stage } = seen[place];
        expectThat(ids.includes(stage), 'a stage of the given flow', () => stage);
      }
      expectDossierKept(seen, { flow_id: flow.id });
    }),
  fault: ignoreField('createDossier', 'flow_id'),
});

/** A server that puts dossiers into the stage whose name comes first. */
const firstByName: Fault = (fetch, name) => {
  const firsts = new Map<unknown, string>();
  const read = onData(['listFlows'], (data) => {
    const { stages } = data as unknown as Flow;
    const [first] = [...stages].sort((a, b) => (a.name < b.name ? -1 : 1));
    firsts.set(stages[0]?.id, first?.id ?? '');
  });
  const alter = onData(['createDossier'], (dossier) => {
    dossier['current_stage_id'] = firsts.get(dossier['current_stage_id']);
  });
  return alter(read(fetch, name), name);
};

const givenFlowFirstStage = defineRule({
  id: 'dossiers/given-flow-first-stage',
  level: 'MUST',
  verifies: ['LG-DOS-025'],
  sentence: 'A new dossier in a given flow starts in the stage with the lowest position.',
  needs: ['fresh-organizations', 'flows'],
  check: (context) =>
    context.property([aLongFlow()], async (draft) => {
      const org = await context.organization();
      const flow = await createListedFlow(org, { ...draft, is_default: false });
      const body = { type: flow.type, name: 'Noor Bakker', flow_id: flow.id };
      const { current_stage_id: stage } = await createDossier(org, body);
      expectEqual(stage, firstStageOf(flow)?.id, 'the stage with the lowest position,');
    }),
  fault: firstByName,
});

/** A server that sorts positions as text, so that 10 comes before 2. */
const positionsAsText: Fault = (fetch, name) => {
  const firsts = new Map<unknown, string>();
  const read = onData(['listFlows'], (data) => {
    const { stages } = data as unknown as Flow;
    const byText = [...stages].sort((a, b) => (String(a.position) < String(b.position) ? -1 : 1));
    firsts.set(stages[0]?.id, byText[0]?.id ?? '');
  });
  const alter = onData(['createDossier'], (dossier) => {
    const { current_stage_id: stage } = dossier;
    dossier['current_stage_id'] = firsts.get(stage) ?? stage;
  });
  return alter(read(fetch, name), name);
};

/**
 * The stage with the lowest position isn't the first by index, name, deadline, probability or
 * position as text.
 */
const flows: readonly FlowDraft['stages'][] = [
  [
    { name: 'Intake', position: 12, win_probability: 10, deadline_days: 9 },
    { name: 'Selectie', position: 2, win_probability: 20, deadline_days: 30 },
    { name: 'Zoeken', position: 30, win_probability: 5, deadline_days: 12 },
    { name: 'Aanbod', position: 10, win_probability: 90, deadline_days: 2 },
  ],
  [
    { name: 'Won', position: 9, win_probability: 100, deadline_days: 8 },
    { name: 'Quote', position: 5, win_probability: 40, deadline_days: 1 },
    { name: 'Talk', position: 0, win_probability: 60, deadline_days: 7 },
    { name: 'Archive', position: 12, win_probability: 0, deadline_days: 10 },
  ],
  [
    { name: '2. Talk', position: 100, win_probability: 8, deadline_days: 3 },
    { name: '10. Offer', position: 20, win_probability: 70, deadline_days: 4 },
    { name: '3. Call', position: 3, win_probability: 30, deadline_days: 20 },
    { name: '1. Close', position: 101, win_probability: 95, deadline_days: 5 },
  ],
];

const lowestPosition = defineRule({
  id: 'dossiers/lowest-position',
  level: 'MUST',
  verifies: ['LG-DOS-022', 'LG-DOS-023'],
  sentence: 'The first stage of a default flow is the stage with the numerically lowest position.',
  needs: ['fresh-organizations', 'flows'],
  check: async (context) => {
    const start = async (draft: FlowDraft) => {
      const org = await context.organization();
      const flow = await createListedFlow(org, { ...draft, is_default: true });
      context.about('LG-DOS-022');
      const created = await createDossier(org, { type: flow.type, name: 'Noor Bakker' });
      expectFirstStage(context, flow, created, 'the stage with the lowest position,');
      const retrieved = await retrieveDossier(org, created.id);
      expectFirstStage(context, flow, retrieved, 'the stage of the retrieved dossier,');
    };
    for (const stages of flows) await start({ name: 'In order', type: 'candidate', stages });
    await context.property([fc.noShrink(aLongFlow())], start);
  },
  fault: positionsAsText,
});

export default [
  oneStage,
  stageOfOneFlow,
  flowNamed,
  defaultFlow,
  defaultAmongFlows,
  givenFlow,
  givenFlowFirstStage,
  lowestPosition,
] satisfies readonly Rule[];
