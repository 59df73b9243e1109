import type { Variant } from '../variant.ts';
import { freedom } from './freedom.ts';

const noPromise = 'When, how often and in what order events arrive is not promised.';
const onlyJson = 'The body has to be JSON and is signed as it is; its layout is not told.';

/** How events are sent. */
export const deliveryFreedoms: readonly Variant[] = [
  ...(['uuid', 'ulid', 'number'] as const).map((eventIds) =>
    freedom(
      [
        `event-ids-${eventIds}`,
        `Ids of events have the form ${eventIds} after evt_.`,
        'The example shows only how such an id begins.',
      ],
      { deliveries: { eventIds } },
    ),
  ),
  freedom(
    [
      'other-events',
      'Events of other types, such as contact.created, are sent as well.',
      'Five types are documented, and not that no others come.',
    ],
    { deliveries: { extraTypes: true } },
    ['LG-WEB-033'],
  ),
  freedom(
    [
      'richer-events',
      'Events have further members, in `data` too.',
      'The example shows what an event holds, and not that it holds nothing else.',
    ],
    { deliveries: { extraFields: true } },
  ),
  freedom(
    [
      'delivery-headers',
      'Deliveries bear further headers.',
      'Two headers are documented, and not that no others come.',
    ],
    { deliveries: { extraHeaders: true } },
  ),
  ...(['indented', 'keys-reversed', 'escaped'] as const).map((layout) =>
    freedom(
      [`events-${layout}`, `The JSON of events is laid out otherwise: ${layout}.`, onlyJson],
      {
        deliveries: { layout },
      },
    ),
  ),
  freedom(
    ['slow-deliveries', 'Each attempt is made 50 to 400 ms late, and so out of order.', noPromise],
    { deliveries: { delay: [50, 400] }, alternatives: { 'LG-WEB-040': 1, 'LG-WEB-041': 1 } },
    ['LG-WEB-040', 'LG-WEB-041'],
  ),
  freedom(
    ['very-late-deliveries', 'Each attempt is made up to 3 seconds late.', noPromise],
    { deliveries: { delay: [0, 3_000] }, alternatives: { 'LG-WEB-040': 1, 'LG-WEB-041': 1 } },
    ['LG-WEB-040', 'LG-WEB-041'],
  ),
  freedom(
    ['first-delivery-late', 'The first event for an endpoint is sent 2 seconds late.', noPromise],
    { deliveries: { firstLate: 2_000 }, alternatives: { 'LG-WEB-040': 1 } },
    ['LG-WEB-040'],
  ),
  freedom(['repeated-deliveries', 'What has arrived is sent once more.', noPromise], {
    deliveries: { repeats: 1 },
  }),
  freedom(
    [
      'slow-retries',
      'Attempts are repeated after 3 seconds.',
      'When attempts are repeated is not told.',
    ],
    { deliveries: { pauses: [3_000, 6_000] } },
  ),
  freedom(
    [
      'event-charset',
      'The media type of events has a charset.',
      'application/json may have parameters.',
    ],
    { deliveries: { charset: true } },
  ),
  freedom(['events-chunked', 'Events come in chunks, without a length.', onlyJson], {
    deliveries: { chunked: true },
  }),
];
