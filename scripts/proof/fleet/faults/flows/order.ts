import type { RequirementId } from '../../../../../openapi/register.ts';
import {
  byNaturalText,
  byNumber,
  byText,
  rememberStages,
  reversed,
  type Order,
} from '../../bend/orders.ts';
import { bendReply } from '../../bend/replies.ts';
import { bendShown, type Item } from '../../bend/shown.ts';
import { fault, type Fault, type Handlers } from '../../fault.ts';

const sortNested = (order: Order) =>
  bendShown(['listFlows'], (flow) => {
    (flow['stages'] as Item[]).sort(order);
  });

const sortAlone = (order: Order) =>
  bendReply('listFlowStages', ({ data }) => {
    (data as unknown as Item[]).sort(order);
  });

/** Both lists sort by the same wrong key; each breaks its own statement. */
const lists: readonly (readonly [
  suffix: string,
  breaks: RequirementId,
  which: string,
  sort: (order: Order) => (own: Handlers) => Partial<Handlers>,
])[] = [
  ['nested', 'LG-FLO-003', 'nested stages', sortNested],
  ['alone', 'LG-FLO-017', 'the stages that are read by themselves', sortAlone],
];

const keys: readonly (readonly [id: string, does: string, order: Order])[] = [
  ['by-name', 'by their names', byText('name')],
  ['by-name-descending', 'by their names, from Z to A', reversed(byText('name'))],
  ['by-numbered-name', 'by the numbers in their names', byNaturalText('name')],
  ['by-id', 'by their ids', byText('id')],
  ['by-deadline', 'by their deadlines', byNumber('deadline_days')],
  ['by-chance', 'by their chances', byNumber('win_probability')],
  ['by-text-of-position', 'by their positions as texts', byText('position')],
  ['by-position-descending', 'by descending position', reversed(byNumber('position'))],
];

/** Stages that are sorted by another key than their position. */
export const order: readonly Fault[] = lists.flatMap(([suffix, breaks, which, sort]) => [
  ...keys.map(([id, does, key]) =>
    fault(`flows/${suffix}-${id}`, breaks, `sorts ${which} ${does}`, ({ own }) => ({
      handlers: sort(key)(own),
    })),
  ),
  ...[false, true].map((last) =>
    fault(
      `flows/${suffix}-as-stored${last ? '-reversed' : ''}`,
      breaks,
      `lists ${which} in the order in which they were made${last ? ', the last one first' : ''}`,
      ({ own }) => {
        const { control, asGiven } = rememberStages();
        return { control, handlers: sort(last ? reversed(asGiven) : asGiven)(own) };
      },
    ),
  ),
]);
