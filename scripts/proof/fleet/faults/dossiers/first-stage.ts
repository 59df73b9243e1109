import { flowOf, rewrite } from '../../bend/dossiers.ts';
import {
  byNaturalText,
  byNumber,
  byText,
  rememberStages,
  reversed,
  type Order,
} from '../../bend/orders.ts';
import { bendReply } from '../../bend/replies.ts';
import type { Item } from '../../bend/shown.ts';
import { fault, type Fault, type Handlers } from '../../fault.ts';

/** Starts in the stage of the default flow that is the first one in another order. */
const startBy = (order: Order): ((own: Handlers) => Partial<Handlers>) =>
  bendReply('createDossier', ({ data }, { organization, body }) => {
    if (body.flow_id !== undefined) return;
    const { stages } = flowOf(organization, data as { flow_id: string });
    const [first] = [...(stages as unknown as Item[])].sort(order);
    if (!first) return;
    const current_stage_id = String(first['id']);
    data.current_stage_id = current_stage_id;
    rewrite(organization, data.id, { current_stage_id });
  });

const keys: readonly (readonly [id: string, does: string, order: Order])[] = [
  ['last-by-name', 'the last one of the alphabet', reversed(byText('name'))],
  ['first-by-numbered-name', 'the one with the smallest number in its name', byNaturalText('name')],
  ['first-by-id', 'the one with the smallest id', byText('id')],
  ['first-by-text-of-position', 'the one with the first position as text', byText('position')],
  ['first-by-chance', 'the one with the smallest chance', byNumber('win_probability')],
  ['first-by-deadline', 'the one with the shortest deadline', byNumber('deadline_days')],
  ['last-by-position', 'the one with the greatest position', reversed(byNumber('position'))],
];

/** Dossiers that start in another stage than the one with the lowest position. */
export const firstStage: readonly Fault[] = [
  ...keys.map(([id, does, order]) =>
    fault(`dossiers/${id}`, 'LG-DOS-023', `starts in ${does}`, ({ own }) => ({
      handlers: startBy(order)(own),
    })),
  ),
  ...[false, true].map((last) =>
    fault(
      `dossiers/${last ? 'last' : 'first'}-as-stored`,
      'LG-DOS-023',
      `starts in the stage of the flow that was made ${last ? 'last' : 'first'}`,
      ({ own }) => {
        const { control, asGiven } = rememberStages();
        return { control, handlers: startBy(last ? reversed(asGiven) : asGiven)(own) };
      },
    ),
  ),
];
