import { byLength, byNumber, byText, firstBy, reversed, type Order } from '../../bend/orders.ts';
import { rechoose, type Item } from '../../bend/shown.ts';
import { inHandlers, type Fault } from '../../fault.ts';

const sorted = (order: Order) => rechoose('listDossierNotes', (notes) => notes.sort(order));

const byMinute: Order = (one, other) => {
  const minute = ({ created_at }: Item) => String(created_at).slice(0, 16);
  return byText('minute')({ minute: minute(one) }, { minute: minute(other) });
};

/** Notes that are listed in another order than that of their moments. */
export const order: readonly Fault[] = [
  inHandlers('notes/by-text', 'LG-NOT-002', 'lists notes by their text', sorted(byText('content'))),
  inHandlers(
    'notes/by-text-descending',
    'LG-NOT-002',
    'lists notes by their text, the last of the alphabet first',
    sorted(reversed(byText('content'))),
  ),
  inHandlers('notes/by-id', 'LG-NOT-002', 'lists notes by their ids', sorted(byText('id'))),
  inHandlers(
    'notes/by-id-descending',
    'LG-NOT-002',
    'lists notes by their ids, the greatest first',
    sorted(reversed(byText('id'))),
  ),
  inHandlers(
    'notes/shortest-first',
    'LG-NOT-002',
    'lists short notes before long ones',
    sorted(byLength('content')),
  ),
  inHandlers(
    'notes/longest-first',
    'LG-NOT-002',
    'lists long notes before short ones',
    sorted(reversed(byLength('content'))),
  ),
  inHandlers(
    'notes/shared-ones-first',
    'LG-NOT-002',
    'lists internal notes after the shared ones',
    sorted(byNumber('is_internal')),
  ),
  inHandlers(
    'notes/by-minute-then-text',
    'LG-NOT-002',
    'lists notes by the minute, and those of one minute by their text',
    sorted(firstBy(byMinute, byText('content'))),
  ),
  inHandlers(
    'notes/by-minute-then-latest',
    'LG-NOT-002',
    'lists notes by the minute, and those of one minute the latest first',
    rechoose('listDossierNotes', (notes) => notes.reverse().sort(byMinute)),
  ),
  inHandlers(
    'notes/first-one-pinned',
    'LG-NOT-007',
    'lists the latest first, below the very first one',
    rechoose('listDossierNotes', ([first, ...rest]) => (first ? [first, ...rest.reverse()] : [])),
  ),
];
