import { onData, onPage, onRequest } from '../../../../conformance/faults/inject.ts';
import type { RequirementId } from '../../../../openapi/register.ts';
import {
  faultOfRule,
  type FaultyServer,
  faultyServer,
  type Handlers,
  inHandlers,
  onWire,
} from '../faulty-server.ts';
import { changeItems, changeList, changeReply, type Item } from '../inject/handlers.ts';
import {
  byNaturalText,
  byNumber,
  byText,
  rememberStageOrder,
  reversed,
  type SortOrder,
} from '../inject/sort-orders.ts';

/** Changes the query of lists of flows. */
const misread = (inject: (query: URLSearchParams) => void) =>
  onRequest(['listFlows'], (request) => {
    const url = new URL(request.url);
    inject(url.searchParams);
    return Promise.resolve(new Request(url, request));
  });

export const flowListFaults: readonly FaultyServer[] = [
  inHandlers(
    'flows/namesakes-hidden',
    'LG-FLO-001',
    'lists one flow only of those with the same name',
    changeList('listFlows', (flows) => [
      ...new Map(flows.map((one) => [one['name'], one])).values(),
    ]),
  ),
  faultyServer(
    'flows/shared-templates',
    'LG-FLO-001',
    'lists the flows of every organisation that are no default',
    ({ state, own }) => ({
      handlers: changeList('listFlows', (flows, { query: { type } }) => {
        const all = [...state.organizations.rows].flatMap((one) => [...one.flows.rows]);
        const ids = new Set(flows.map(({ id }) => id));
        const strange = all.filter((one) => !one.is_default && !ids.has(one.id));
        const passing = strange.filter((one) => (type ?? one.type) === one.type);
        return [...flows, ...structuredClone(passing)];
      })(own),
    }),
  ),
  inHandlers(
    'flows/twenty-at-most',
    'LG-FLO-001',
    'lists no more than twenty flows over all pages',
    changeList('listFlows', (flows) => flows.slice(0, 20)),
  ),
  onWire(
    'flows/type-overlooked-on-pages',
    'LG-FLO-004',
    'overlooks the type from page 2 on',
    misread((query) => {
      if (Number(query.get('page') ?? 1) > 1) query.delete('type');
    }),
  ),
  onWire(
    'flows/sales-only-defaults',
    'LG-FLO-004',
    'lists the default flow alone where sales are asked for',
    onPage(['listFlows'], ({ data, meta }, { searchParams }) => {
      if (searchParams.get('type') !== 'sales') return;
      const defaults = data.filter((flow) => flow['is_default'] === true);
      data.splice(0, data.length, ...defaults);
      meta['total'] = defaults.length;
    }),
  ),
  onWire(
    'flows/last-page-first',
    'LG-FLO-005',
    'answers the second page where none is asked for, as it counts from zero there',
    misread((query) => {
      if (!query.has('page')) query.set('page', '2');
    }),
  ),
  onWire(
    'flows/fifty-by-default',
    'LG-FLO-006',
    'puts fifty flows on a page by default',
    misread((query) => {
      if (!query.has('per_page')) query.set('per_page', '50');
    }),
  ),
  onWire(
    'flows/twenty-four-by-default',
    'LG-FLO-006',
    'puts twenty-four flows on a page by default, where a page is asked for',
    misread((query) => {
      if (query.has('page') && !query.has('per_page')) query.set('per_page', '24');
    }),
  ),
  onWire(
    'flows/default-told-of-defaults-only',
    'LG-FLO-009',
    'says of no flow that it is not the default',
    faultOfRule('flows/fields'),
  ),
  inHandlers(
    'flows/type-in-words',
    'LG-FLO-009',
    'tells the type of a flow in another field where it is filtered by it',
    changeItems(['listFlows'], (flow, { query }) => {
      if (query['type'] === undefined) return;
      flow['kind'] = flow['type'];
      delete flow['type'];
    }),
  ),
  inHandlers(
    'flows/two-defaults',
    'LG-FLO-016',
    'goes on to call the first flow of a type its default',
    changeList('listFlows', (flows, { organization }) => {
      const firsts = new Map(
        [...organization.flows.rows].reverse().map((one) => [one.type, one.id]),
      );
      for (const flow of flows) {
        if ([...firsts.values()].some((id) => id === flow['id'])) flow['is_default'] = true;
      }
      return flows;
    }),
  ),
  inHandlers(
    'flows/chances-of-losing',
    'LG-FLO-012',
    'shows the chance of losing for that of winning',
    changeReply('listFlows', ({ data }) => {
      for (const stage of data.flatMap(({ stages }) => stages))
        if (typeof stage.win_probability === 'number')
          stage.win_probability = 100 - stage.win_probability;
    }),
  ),
  inHandlers(
    'flows/named-after-type',
    'LG-FLO-009',
    'names a default flow after its type',
    changeReply('listFlows', ({ data }) => {
      for (const flow of data) if (flow.is_default) flow.name = `Default ${flow.type}`;
    }),
  ),
];

/** Changes the stages that are nested in the list of flows. */
const onNested = (inject: (stages: Item[]) => Item[]) =>
  changeItems(['listFlows'], (flow) => {
    flow['stages'] = inject(flow['stages'] as Item[]);
  });

export const flowStageFaults: readonly FaultyServer[] = [
  onWire(
    'flows/stages-of-first-page',
    'LG-FLO-002',
    'nests stages in the flows of the first page only',
    onPage(['listFlows'], ({ data }, { searchParams }) => {
      if (Number(searchParams.get('page') ?? 1) > 1) for (const flow of data) flow['stages'] = [];
    }),
  ),
  inHandlers(
    'flows/ten-stages-at-most',
    'LG-FLO-002',
    'nests no more than ten stages',
    onNested((nested) => nested.slice(0, 10)),
  ),
  inHandlers(
    'flows/namesake-stages-merged',
    'LG-FLO-002',
    'nests one stage only of those with the same name',
    onNested((nested) => [...new Map(nested.map((one) => [one['name'], one])).values()]),
  ),
  inHandlers(
    'flows/positions-as-text',
    'LG-FLO-003',
    'sorts nested stages by the text of their positions',
    onNested((nested) => nested.sort(byText('position'))),
  ),
  inHandlers(
    'flows/closing-stage-last',
    'LG-FLO-003',
    'puts the nested stage with the greatest chance last',
    onNested((nested) =>
      nested.sort(
        (one, other) => Number(one['win_probability']) - Number(other['win_probability']),
      ),
    ),
  ),
  onWire(
    'flows/no-position-alone',
    'LG-FLO-010',
    'leaves out the position of stages that are read by themselves',
    onData(['listFlowStages'], (stage) => {
      delete stage['position'];
    }),
  ),
  inHandlers(
    'flows/titled-stages',
    'LG-FLO-010',
    'calls the name of a nested stage its title',
    onNested((nested) => nested.map(({ name, ...rest }) => ({ ...rest, title: name }))),
  ),
  inHandlers(
    'flows/no-deadline-of-today',
    'LG-FLO-011',
    'shows a deadline of zero days as none',
    changeItems(['listFlowStages'], (stage) => {
      stage['deadline_days'] ||= null;
    }),
  ),
  inHandlers(
    'flows/deadlines-of-neighbours',
    'LG-FLO-011',
    'gives a nested stage without a deadline that of the stage before',
    onNested((nested) => {
      let last: unknown = null;
      return nested.map((one) => ({
        ...one,
        deadline_days: (last = one['deadline_days'] ?? last),
      }));
    }),
  ),
  inHandlers(
    'flows/no-chance-is-none',
    'LG-FLO-012',
    'shows no chance where it is nil',
    changeItems(['listFlowStages'], (stage) => {
      stage['win_probability'] ||= null;
    }),
  ),
  inHandlers(
    'flows/unknown-chance-is-nil',
    'LG-FLO-012',
    'nests a chance of nil where none is given',
    onNested((nested) =>
      nested.map((one) => ({ ...one, win_probability: one['win_probability'] ?? 0 })),
    ),
  ),
  inHandlers(
    'flows/stages-by-name',
    'LG-FLO-017',
    'sorts by name the stages that are read by themselves',
    changeReply('listFlowStages', ({ data }) => {
      (data as unknown as Item[]).sort(byText('name'));
    }),
  ),
  inHandlers(
    'flows/stages-of-type',
    'LG-FLO-017',
    'answers the stages of all flows of the type',
    (own) => ({
      listFlowStages: (call) => {
        const { data, meta } = own.listFlowStages(call).body;
        const type = call.organization.flows.get(call.params.id)?.type;
        const others = [...call.organization.flows.rows].filter((one) => one.type === type);
        const strange = others.flatMap((one) => one.stages).filter((one) => !data.includes(one));
        return { body: { data: [...data, ...strange], meta } };
      },
    }),
  ),
  inHandlers(
    'flows/renumbered-alone',
    'LG-FLO-018',
    'numbers anew the stages that are read by themselves',
    changeReply('listFlowStages', ({ data }) => {
      for (const [index, stage] of data.entries()) stage.position = index;
    }),
  ),
  inHandlers(
    'flows/short-names-nested',
    'LG-FLO-018',
    'cuts the names of nested stages at forty characters',
    onNested((nested) => nested.map((one) => ({ ...one, name: String(one['name']).slice(0, 40) }))),
  ),
  inHandlers(
    'flows/namesake-stages-mixed-up',
    'LG-FLO-018',
    'finds by their names the ids of stages that are read by themselves',
    changeReply('listFlowStages', ({ data }) => {
      for (const stage of data) stage.id = data.find((one) => one.name === stage.name)?.id ?? '';
    }),
  ),
  inHandlers(
    'flows/stages-counted-to-page',
    'LG-FLO-019',
    'counts no more stages than fit on a page',
    changeReply('listFlowStages', ({ meta }) => {
      meta.total = Math.min(25, meta.total);
    }),
  ),
  inHandlers(
    'flows/stages-counted-by-name',
    'LG-FLO-019',
    'counts stages with the same name once',
    changeReply('listFlowStages', ({ data, meta }) => {
      meta.total = new Set(data.map(({ name }) => name)).size;
    }),
  ),
];

const sortNested = (order: SortOrder) =>
  changeItems(['listFlows'], (flow) => {
    (flow['stages'] as Item[]).sort(order);
  });

const sortAlone = (order: SortOrder) =>
  changeReply('listFlowStages', ({ data }) => {
    (data as unknown as Item[]).sort(order);
  });

/** The two lists of stages; the same wrong order breaks another statement in each. */
const lists: readonly (readonly [
  suffix: string,
  breaks: RequirementId,
  which: string,
  sort: (order: SortOrder) => (own: Handlers) => Partial<Handlers>,
])[] = [
  ['nested', 'LG-FLO-003', 'nested stages', sortNested],
  ['alone', 'LG-FLO-017', 'the stages that are read by themselves', sortAlone],
];

const keys: readonly (readonly [id: string, does: string, order: SortOrder])[] = [
  ['by-name', 'by their names', byText('name')],
  ['by-name-descending', 'by their names, from Z to A', reversed(byText('name'))],
  ['by-numbered-name', 'by the numbers in their names', byNaturalText('name')],
  ['by-id', 'by their ids', byText('id')],
  ['by-deadline', 'by their deadlines', byNumber('deadline_days')],
  ['by-chance', 'by their chances', byNumber('win_probability')],
  ['by-text-of-position', 'by their positions as texts', byText('position')],
  ['by-position-descending', 'by descending position', reversed(byNumber('position'))],
];

/** Stages that aren't sorted by their position. */
export const stageOrderFaults: readonly FaultyServer[] = lists.flatMap(
  ([suffix, breaks, which, sort]) => [
    ...keys.map(([id, does, key]) =>
      faultyServer(`flows/${suffix}-${id}`, breaks, `sorts ${which} ${does}`, ({ own }) => ({
        handlers: sort(key)(own),
      })),
    ),
    ...[false, true].map((last) =>
      faultyServer(
        `flows/${suffix}-as-stored${last ? '-reversed' : ''}`,
        breaks,
        `lists ${which} in the order in which they were made${last ? ', the last one first' : ''}`,
        ({ own }) => {
          const { control, asGiven } = rememberStageOrder();
          return { control, handlers: sort(last ? reversed(asGiven) : asGiven)(own) };
        },
      ),
    ),
  ],
);
