import { onData, onPage } from '../../../../../conformance/liars/answers.ts';
import { byText } from '../../bend/orders.ts';
import type { Item } from '../../bend/shown.ts';
import { bendShown } from '../../bend/shown.ts';
import { bendReply } from '../../bend/replies.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** Bends the stages that the list of flows nests. */
const onNested = (bend: (stages: Item[]) => Item[]) =>
  bendShown(['listFlows'], (flow) => {
    flow['stages'] = bend(flow['stages'] as Item[]);
  });

export const stages: readonly Fault[] = [
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
    bendShown(['listFlowStages'], (stage) => {
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
    bendShown(['listFlowStages'], (stage) => {
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
    bendReply('listFlowStages', ({ data }) => {
      (data as unknown as Item[]).sort(byText('name'));
    }),
  ),
  inHandlers(
    'flows/stages-of-type',
    'LG-FLO-017',
    'answers the stages of all flows of the type',
    (own) => ({
      listFlowStages: (asked) => {
        const { data, meta } = own.listFlowStages(asked).body;
        const type = asked.organization.flows.get(asked.params.id)?.type;
        const others = [...asked.organization.flows.rows].filter((one) => one.type === type);
        const strange = others.flatMap((one) => one.stages).filter((one) => !data.includes(one));
        return { body: { data: [...data, ...strange], meta } };
      },
    }),
  ),
  inHandlers(
    'flows/renumbered-alone',
    'LG-FLO-018',
    'numbers anew the stages that are read by themselves',
    bendReply('listFlowStages', ({ data }) => {
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
    bendReply('listFlowStages', ({ data }) => {
      for (const stage of data) stage.id = data.find((one) => one.name === stage.name)?.id ?? '';
    }),
  ),
  inHandlers(
    'flows/stages-counted-to-page',
    'LG-FLO-019',
    'counts no more stages than fit on a page',
    bendReply('listFlowStages', ({ meta }) => {
      meta.total = Math.min(25, meta.total);
    }),
  ),
  inHandlers(
    'flows/stages-counted-by-name',
    'LG-FLO-019',
    'counts stages with the same name once',
    bendReply('listFlowStages', ({ data, meta }) => {
      meta.total = new Set(data.map(({ name }) => name)).size;
    }),
  ),
];
