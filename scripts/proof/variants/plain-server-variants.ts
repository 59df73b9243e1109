import { plainVariant, type Variant } from './variant.ts';

const onlyUuids = 'Ids of dossiers and notes are not among those that the tables call a uuid.';
const onlyReadable = 'A message has to be readable; only the code has to be stable.';
const onlyJson = 'An answer has to be JSON; how it travels is left to HTTP.';

/** Variants of responses and their transport. */
export const answerVariants: readonly Variant[] = [
  ...(['number', 'ulid', 'nanoid', 'mongo'] as const).map((ids) =>
    plainVariant(
      [`ids-${ids}`, `Ids of dossiers and notes have the form ${ids}.`, onlyUuids],
      { ids },
      ['LG-GEN-045'],
    ),
  ),
  plainVariant(['dutch-messages', 'Messages are in Dutch.', onlyReadable], { language: 'nl' }),
  plainVariant(
    ['numbered-messages', 'Each message tells the number of its request.', onlyReadable],
    { requestIdInMessage: true },
    ['LG-ERR-029', 'LG-ERR-030'],
  ),
  plainVariant(['ids-in-messages', 'Messages repeat the id that was not found.', onlyReadable], {
    echoIds: 'as-sent',
  }),
  plainVariant(['upper-case-in-messages', 'Messages repeat the id in capitals.', onlyReadable], {
    echoIds: 'upper-case',
  }),
  plainVariant(
    [
      'extra-headers',
      'Answers bear cookies and other headers.',
      'The documentation names headers that must be there, and forbids none.',
    ],
    { extraHeaders: true },
  ),
  plainVariant(['gzip', 'Answers are compressed.', onlyJson], { gzip: true }),
  plainVariant(['chunked', 'Answers come in chunks, without a length.', onlyJson], {
    chunked: true,
  }),
  plainVariant(['indented', 'The JSON of answers is indented.', onlyJson], { pretty: true }),
  plainVariant(
    [
      'envelope',
      'A success has `error: null`, and a refusal `data: null`.',
      'The documentation shows what a body holds, and not that it holds nothing else.',
    ],
    { envelope: true },
    ['LG-GEN-006'],
  ),
  plainVariant(
    [
      'volatile-member',
      'Records have a further member that differs in every answer.',
      'Further members are not forbidden, nor that they change.',
    ],
    { volatileMember: true },
    ['LG-GEN-006'],
  ),
  plainVariant(
    [
      'member-by-key',
      'Records have a further member that differs by key.',
      'Further fields are not forbidden, even if they depend on the key.',
    ],
    { memberByKey: true },
    ['LG-GEN-006'],
  ),
  plainVariant(
    [
      'as-in-examples',
      'Answers hold the very members that the example of their operation shows.',
      'Only the examples say which fields responses have.',
    ],
    { asInExamples: true },
    ['LG-DOS-018', 'LG-CON-024', 'LG-FLO-021', 'LG-WEB-026', 'LG-WEB-027'],
  ),
];

const noFigures = 'The documentation gives no figures of the limit, nor how it is counted.';
const noOrder = 'No order of checks is documented, so that any refusal that applies is right.';
const noOrderOfLists = 'No order of this list is documented.';
const noConsistency = 'How soon lists and counts show what was written is not documented.';
const leftToHttp = 'How connections are kept is left to HTTP.';

/** Variants of checks, rate limits, connections and stored data. */
export const behaviourVariants: readonly Variant[] = [
  ...(
    ['path-first', 'body-first', 'scope-before-plan', 'body-before-scope', 'rate-last'] as const
  ).map((checks) =>
    plainVariant([`checks-${checks}`, `Checks are made in another order: ${checks}.`, noOrder], {
      checks,
    }),
  ),
  ...(['id', 'changed', 'oldest-first'] as const).map((order) =>
    plainVariant(
      [`order-${order}`, `Dossiers and contacts are listed in the order ${order}.`, noOrderOfLists],
      { order, alternatives: { 'LG-DOS-014': 1, 'LG-CON-021': 1 } },
      ['LG-DOS-014', 'LG-CON-021'],
    ),
  ),
  plainVariant(
    [
      'last-value-counts',
      'Of several values the last one counts.',
      'Repetition is documented for `kind` alone.',
    ],
    { lastValueCounts: true, alternatives: { 'LG-GEN-026': 1, 'LG-CV-026': 1 } },
    ['LG-GEN-026', 'LG-CV-026'],
  ),
  plainVariant(
    [
      'inactive-unprocessable',
      'What is not active or archived is refused with 422 and a code of its own.',
      'The table of errors describes no such refusal.',
    ],
    {
      alternatives: {
        ...{ 'LG-ERR-023': 2, 'LG-DOS-086': 3 },
        ...{ 'LG-DOS-100': 2, 'LG-DOS-101': 2 },
      },
    },
    ['LG-ERR-023', 'LG-DOS-086', 'LG-DOS-100', 'LG-DOS-101'],
  ),
  ...(['aligned', 'sliding', 'bucket'] as const).map((window) =>
    plainVariant([`limit-${window}`, `Allowance comes back otherwise: ${window}.`, noFigures], {
      window,
    }),
  ),
  plainVariant(
    ['limit-larger', 'The limit has other figures.', noFigures],
    { limit: { requests: 1_000, window_seconds: 100 } },
    ['LG-LIM-008'],
  ),
  plainVariant(
    ['limit-weighted', 'Some operations cost more than others.', noFigures],
    { costs: { '*': 1, createDossier: 2, createContact: 2, uploadDossierCv: 3 } },
    ['LG-LIM-015'],
  ),
  plainVariant(
    ['limit-bursts', 'A second limit counts bursts.', noFigures],
    {
      burst: { requests: 5, window_seconds: 1 },
      alternatives: { 'LG-LIM-013': 1, 'LG-LIM-020': 1 },
    },
    ['LG-LIM-013'],
  ),
  plainVariant(
    [
      'limit-of-strangers',
      'Callers without access have a limit of their own.',
      'The limit is that of a plan; the documentation does not say whether others have one.',
    ],
    { unauthorizedLimit: { requests: 100, window_seconds: 5 } },
    ['LG-LIM-019'],
  ),
  plainVariant(['keep-alive-off', 'Each connection is closed after its answer.', leftToHttp], {
    keepAlive: 'off',
  }),
  plainVariant(['idle-connections', 'A connection that is idle for 20 ms is closed.', leftToHttp], {
    keepAlive: 20,
  }),
  plainVariant(['short-connections', 'A connection bears seven requests.', leftToHttp], {
    requestsPerConnection: 7,
  }),
  plainVariant(['continue', 'Bodies are asked for with 100 Continue.', leftToHttp], {
    continue100: true,
  }),
  plainVariant(['early-hints', '103 Early Hints come before each answer.', leftToHttp], {
    earlyHints: true,
  }),
  ...(['left-to-node', 'destroyed', 'destroyed-late', 'lingers', 'half-closed'] as const).map(
    (connection) =>
      plainVariant(
        [
          `early-refusal-${connection}`,
          `A body that is too large is refused at the sight of its length; the connection is ${connection}.`,
          'A limit of 10 MB is documented, and not that a larger body is read to its end.',
        ],
        { earlyRefusal: { above: 10_600_000, connection } },
      ),
  ),
  plainVariant(
    [
      'latency',
      'Each answer takes 5 to 25 ms longer.',
      'Nothing is said of how fast answers come.',
    ],
    { delay: [5, 25] },
  ),
  plainVariant(
    [
      'clock-behind',
      "The server's clock is an hour behind.",
      'The documentation does not say whose clock counts.',
    ],
    { clockShift: -3_600_000 },
    ['LG-GEN-010'],
  ),
  plainVariant(
    [
      'strict-addresses',
      'Addresses are judged more strictly.',
      'The documentation does not say which addresses are valid.',
    ],
    {
      strictEmail: "^[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}$",
      alternatives: { 'LG-CON-037': 3, 'LG-DOS-050': 2 },
    },
    ['LG-CON-037', 'LG-DOS-050'],
  ),
  plainVariant(
    ['short-texts', 'Texts of more than 100 characters are refused.', 'No lengths are documented.'],
    { textLimit: 100, alternatives: { 'LG-GEN-042': 1 } },
    ['LG-GEN-042'],
  ),
  plainVariant(
    [
      'small-bodies',
      'JSON bodies of more than 100 000 bytes are refused.',
      'No sizes are documented.',
    ],
    { bodyLimit: 100_000, alternatives: { 'LG-GEN-043': 2 } },
    ['LG-GEN-043'],
  ),
  plainVariant(
    [
      'pools-new-contacts',
      'A new contact is put in the talent pool for 30 days.',
      'How a contact enters the pool is not documented.',
    ],
    { poolsNewContacts: 2_592_000_000 },
  ),
  plainVariant(
    [
      'search-lags',
      'The search lags behind by 200 ms.',
      'The documentation does not say how soon the search is up to date.',
    ],
    { searchLag: 200, alternatives: { 'LG-GEN-053': 1 } },
    ['LG-GEN-053'],
  ),
  plainVariant(
    [
      'search-lags-a-second',
      'The search lags behind by a second.',
      'How soon the search finds things is not documented.',
    ],
    { searchLag: 1_000, alternatives: { 'LG-GEN-053': 1 } },
    ['LG-GEN-053'],
  ),
  plainVariant(
    ['lists-lag', 'Lists and counts lag behind by 200 ms.', noConsistency],
    { listLag: 200, alternatives: { 'LG-GEN-053': 2 } },
    ['LG-GEN-053'],
  ),
  plainVariant(
    [
      'empty-texts-ignored',
      'An empty or blank text counts as no value, and no value in a status as no change.',
      'What an empty text in an optional field means is not documented.',
    ],
    { alternatives: { 'LG-GEN-040': 1, 'LG-GEN-041': 1, 'LG-DOS-091': 1 } },
    ['LG-GEN-040', 'LG-GEN-041', 'LG-DOS-091'],
  ),
  plainVariant(
    [
      'lists-of-replicas',
      'Every other list or count is read from a replica, which lags behind by a second.',
      noConsistency,
    ],
    { listLag: 1_000, replicas: true, alternatives: { 'LG-GEN-053': 2 } },
    ['LG-GEN-053'],
  ),
];

const noPromise = 'When, how often and in what order events arrive is not promised.';
const onlyJsonBody = 'The body has to be JSON and is signed as it is; its layout is undocumented.';

/** Variants of events and their delivery. */
export const deliveryVariants: readonly Variant[] = [
  ...(['uuid', 'ulid', 'number'] as const).map((eventIds) =>
    plainVariant(
      [
        `event-ids-${eventIds}`,
        `Ids of events have the form ${eventIds} after evt_.`,
        'The example shows only how such an id begins.',
      ],
      { deliveries: { eventIds } },
    ),
  ),
  plainVariant(
    [
      'other-events',
      'Events of other types, such as contact.created, are sent as well.',
      'Five types are documented, and not that no others come.',
    ],
    { deliveries: { extraTypes: true } },
    ['LG-WEB-033'],
  ),
  plainVariant(
    [
      'richer-events',
      'Events have further members, in `data` too.',
      'The example shows what an event holds, and not that it holds nothing else.',
    ],
    { deliveries: { extraFields: true } },
  ),
  plainVariant(
    [
      'delivery-headers',
      'Deliveries bear further headers.',
      'Two headers are documented, and not that no others come.',
    ],
    { deliveries: { extraHeaders: true } },
  ),
  ...(['indented', 'keys-reversed', 'escaped'] as const).map((layout) =>
    plainVariant(
      [`events-${layout}`, `The JSON of events is laid out otherwise: ${layout}.`, onlyJsonBody],
      {
        deliveries: { layout },
      },
    ),
  ),
  plainVariant(
    ['slow-deliveries', 'Each attempt is made 50 to 400 ms late, and so out of order.', noPromise],
    { deliveries: { delay: [50, 400] }, alternatives: { 'LG-WEB-040': 1, 'LG-WEB-041': 1 } },
    ['LG-WEB-040', 'LG-WEB-041'],
  ),
  plainVariant(
    ['very-late-deliveries', 'Each attempt is made up to 3 seconds late.', noPromise],
    { deliveries: { delay: [0, 3_000] }, alternatives: { 'LG-WEB-040': 1, 'LG-WEB-041': 1 } },
    ['LG-WEB-040', 'LG-WEB-041'],
  ),
  plainVariant(
    ['first-delivery-late', 'The first event for an endpoint is sent 2 seconds late.', noPromise],
    { deliveries: { firstLate: 2_000 }, alternatives: { 'LG-WEB-040': 1 } },
    ['LG-WEB-040'],
  ),
  plainVariant(['repeated-deliveries', 'What has arrived is sent once more.', noPromise], {
    deliveries: { repeats: 1 },
  }),
  plainVariant(
    [
      'slow-retries',
      'Attempts are repeated after 3 seconds.',
      'The documentation does not say when attempts are repeated.',
    ],
    { deliveries: { pauses: [3_000, 6_000] } },
  ),
  plainVariant(
    [
      'event-charset',
      'The media type of events has a charset.',
      'application/json may have parameters.',
    ],
    { deliveries: { charset: true } },
  ),
  plainVariant(['events-chunked', 'Events come in chunks, without a length.', onlyJsonBody], {
    deliveries: { chunked: true },
  }),
];
