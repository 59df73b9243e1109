import { readContract } from '../../../openapi/contract.ts';
import { pageOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { pageSizes } from '../../contract/operations.ts';
import { dossierTypes, type Flow, type Stage } from '../../contract/resources.ts';
import { onData, onPage, onResponse } from '../../faults/inject.ts';
import { createListedFlow, flowsOf, namesInOrder, stagesOf } from '../../fixtures/flows.ts';
import { aLongFlow } from '../../generators/dossiers.ts';

/** @param beforeOrder - called before the order is compared, so that the rule can say it */
const expectInOrder = (
  stages: readonly Stage[],
  expected: readonly string[],
  beforeOrder: () => void = () => undefined,
): void => {
  const names = stages.map(({ name }) => name.normalize('NFC'));
  expectEqual(names.toSorted(), expected.toSorted(), 'the names of the stages');
  beforeOrder();
  expectEqual(names, expected, 'the names of the stages by position');
  const positions = stages.map(({ position }) => position);
  const ascending = [...positions].sort((a, b) => a - b);
  expectEqual(positions, ascending, 'the positions of the stages');
};

const nestedStages = defineRule({
  id: 'flows/nested-stages',
  level: 'MUST',
  verifies: ['LG-FLO-002', 'LG-FLO-003', 'LG-FLO-017'],
  sentence: 'Each flow is listed with all of its stages by ascending `position`, even ten or more.',
  needs: ['flows', 'fresh-organizations'],
  check: (context) =>
    context.property([aLongFlow()], async (draft) => {
      const org = await context.organization();
      const flow = await createListedFlow(org, draft);
      const expected = namesInOrder(draft);
      context.about('LG-FLO-002');
      expectInOrder(flow.stages, expected, () => {
        context.about('LG-FLO-003');
      });
      context.about('LG-FLO-017');
      expectInOrder(await stagesOf(org, flow.id), expected);
    }),
  // A server that sorts positions as text.
  fault: onData(['listFlows'], (flow) => {
    (flow['stages'] as Stage[]).sort((a, b) => (String(a.position) < String(b.position) ? -1 : 1));
  }),
});

const comparable = (stages: readonly Stage[]) =>
  stages.map(({ id, name, position }) => ({ id, name, position }));

const sameStages = defineRule({
  id: 'flows/same-stages',
  level: 'MUST',
  verifies: ['LG-FLO-003', 'LG-FLO-017', 'LG-FLO-018', 'LG-FLO-019', 'LG-GEN-014'],
  sentence:
    'The stages listed for one flow are the same, and in the same order, as in the list of flows.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const flows: readonly Flow[] = await flowsOf(org);
    for (const { id, stages } of flows.slice(0, 20)) {
      context.about('LG-FLO-017', 'LG-FLO-018');
      const exchange = await org.all.send('listFlowStages', { path: { id } });
      context.expect.success(exchange);
      const { items, total } = pageOf(exchange);
      const alone = items as readonly Stage[];
      expectEqual(comparable(alone), comparable(stages), `the stages of the flow ${id}`);
      // They are in the same order in both lists.
      context.about('LG-FLO-003', 'LG-FLO-017');
      const sorted = [...alone].sort((a, b) => a.position - b.position);
      expectEqual(
        comparable(alone),
        comparable(sorted),
        `the stages of the flow ${id} by position`,
      );
      context.about('LG-FLO-019', 'LG-GEN-014');
      expectEqual(total, stages.length, 'meta.total');
    }
  },
  // A server with a page size for stages too.
  fault: onResponse(['listFlowStages'], (response) => {
    (response.body as { data: unknown[] }).data.splice(3);
  }),
});

const stagesById = (flows: readonly Flow[]) =>
  Object.fromEntries(
    flows.map(({ id, stages }) => [id, stages.map((stage) => [stage.id, stage.position])]),
  );

const stagesOnEveryPage = defineRule({
  id: 'flows/stages-on-every-page',
  level: 'MUST',
  verifies: ['LG-FLO-002'],
  sentence: 'A flow is listed with all of its stages, on every page and with every filter.',
  needs: [],
  check: async ({ contract, organization }) => {
    const org = await organization();
    const flows = await flowsOf(org);
    const half = String(Math.max(1, Math.ceil(flows.length / 2)));
    expectEqual(
      stagesById(await flowsOf(org, { per_page: half })),
      stagesById(flows),
      'the stages',
    );
    for (const type of dossierTypes(contract)) {
      const ofType = flows.filter((flow) => flow.type === type);
      expectEqual(stagesById(await flowsOf(org, { type })), stagesById(ofType), 'the stages');
    }
  },
  // A server that includes stages only in the unfiltered list.
  fault: onPage(['listFlows'], ({ data }, url) => {
    if (!url.searchParams.has('type')) return;
    for (const flow of data) flow['stages'] = [];
  }),
});

/** More than fit on a page, not sorted by index or name; two have the same name. */
const stages = Array.from({ length: 32 }, (_, index) => ({
  name: `A stage with a name that is rather long, number ${String(index % 31)}`,
  position: ((index * 13) % 32) + 1,
}));

const manyStages = defineRule({
  id: 'flows/many-stages',
  level: 'MUST',
  verifies: ['LG-FLO-002', 'LG-FLO-003', 'LG-FLO-018', 'LG-FLO-019', 'LG-GEN-018'],
  sentence:
    'A flow is listed with all of its stages, however many they are, and the total of its stages is correct.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ contract, organization, expect, about }) => {
    for (const type of dossierTypes(contract)) {
      const org = await organization();
      const draft = { name: 'A long way', type, stages };
      const flow = await createListedFlow(org, draft);
      about('LG-FLO-002');
      const names = flow.stages.map(({ name }) => name);
      const expected = namesInOrder(draft);
      expectEqual(names.toSorted(), expected.toSorted(), 'the names of the stages');
      about('LG-FLO-003');
      expectEqual(names, expected, 'the names of the stages by position');
      about('LG-FLO-018');
      const exchange = await org.all.send('listFlowStages', { path: { id: flow.id } });
      expect.success(exchange);
      // Whether they are paged is a decision.
      const { items, total, perPage } = pageOf(exchange);
      const fits = (perPage ?? items.length) >= items.length;
      about('LG-GEN-018');
      expectThat(fits, 'a meta.per_page equal to the number of returned stages', () => perPage);
      about('LG-FLO-019');
      expectEqual(total, stages.length, 'meta.total');
      about('LG-FLO-018');
      const alone = (items as readonly Stage[]).map(({ id, name }) => ({ id, name }));
      const nested = flow.stages.map(({ id, name }) => ({ id, name }));
      expectEqual(alone, nested.slice(0, alone.length), 'the stages in their own list');
    }
  },
  // A server that includes only one page of stages.
  fault: onPage(['listFlows'], ({ data }) => {
    for (const flow of data)
      (flow['stages'] as unknown[]).splice(pageSizes(readContract(), 'listFlows').size);
  }),
});

const neverPagedStages = defineRule({
  id: 'flows/never-paged-stages',
  level: 'SHOULD',
  verifies: ['LG-FLO-020'],
  sentence: 'Listing the stages of a flow returns all of them at once, whatever page is requested.',
  needs: [],
  check: async ({ organization, expect }) => {
    const org = await organization();
    for (const { id, stages } of (await flowsOf(org)).slice(0, 5)) {
      for (const query of [{}, { page: '2', per_page: '1' }]) {
        const exchange = await org.all.send('listFlowStages', { path: { id }, query });
        expect.success(exchange);
        const { items, page, perPage } = pageOf(exchange);
        const ids = items.map((stage) => stage.id);
        const all = stages.map((stage) => stage.id);
        expectEqual(ids, all, 'the ids of the stages');
        expectEqual({ page, perPage }, { page: 1, perPage: all.length }, 'page and size');
      }
    }
  },
  fault: onPage(['listFlowStages'], ({ data, meta }, url) => {
    const size = Number(
      url.searchParams.get('per_page') ?? pageSizes(readContract(), 'listFlows').size,
    );
    meta['per_page'] = size;
    data.splice(size);
  }),
});

export default [
  nestedStages,
  sameStages,
  stagesOnEveryPage,
  manyStages,
  neverPagedStages,
] satisfies readonly Rule[];
