import type { Variant } from '../variant.ts';
import { freedom } from './freedom.ts';

const noFigures = 'The documentation gives no figures of the limit, nor how it is counted.';
const noOrder = 'No order of checks is documented, so that any refusal that applies is right.';
const noOrderOfLists = 'No order of this list is documented.';
const noConsistency = 'How soon lists and counts show what was written is not documented.';
const leftToHttp = 'How connections are kept is left to HTTP.';

/** How the server goes about its work. */
export const conductFreedoms: readonly Variant[] = [
  ...(
    ['path-first', 'body-first', 'scope-before-plan', 'body-before-scope', 'rate-last'] as const
  ).map((checks) =>
    freedom([`checks-${checks}`, `Checks are made in another order: ${checks}.`, noOrder], {
      checks,
    }),
  ),
  ...(['id', 'changed', 'oldest-first'] as const).map((order) =>
    freedom(
      [`order-${order}`, `Dossiers and contacts are listed in the order ${order}.`, noOrderOfLists],
      { order, alternatives: { 'LG-DOS-014': 1, 'LG-CON-021': 1 } },
      ['LG-DOS-014', 'LG-CON-021'],
    ),
  ),
  freedom(
    [
      'last-value-counts',
      'Of several values the last one counts.',
      'Repetition is documented for `kind` alone.',
    ],
    { lastValueCounts: true, alternatives: { 'LG-GEN-026': 1, 'LG-CV-026': 1 } },
    ['LG-GEN-026', 'LG-CV-026'],
  ),
  freedom(
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
    freedom([`limit-${window}`, `Allowance comes back otherwise: ${window}.`, noFigures], {
      window,
    }),
  ),
  freedom(
    ['limit-larger', 'The limit has other figures.', noFigures],
    { limit: { requests: 1_000, window_seconds: 100 } },
    ['LG-LIM-008'],
  ),
  freedom(
    ['limit-weighted', 'Some operations cost more than others.', noFigures],
    { costs: { '*': 1, createDossier: 2, createContact: 2, uploadDossierCv: 3 } },
    ['LG-LIM-015'],
  ),
  freedom(
    ['limit-bursts', 'A second limit counts bursts.', noFigures],
    {
      burst: { requests: 5, window_seconds: 1 },
      alternatives: { 'LG-LIM-013': 1, 'LG-LIM-020': 1 },
    },
    ['LG-LIM-013'],
  ),
  freedom(
    [
      'limit-of-strangers',
      'Callers without access have a limit of their own.',
      'The limit is that of a plan; whether others have one is not told.',
    ],
    { strangers: { requests: 100, window_seconds: 5 } },
    ['LG-LIM-019'],
  ),
  freedom(['keep-alive-off', 'Each connection is closed after its answer.', leftToHttp], {
    keepAlive: 'off',
  }),
  freedom(['idle-connections', 'A connection that is idle for 20 ms is closed.', leftToHttp], {
    keepAlive: 20,
  }),
  freedom(['short-connections', 'A connection bears seven requests.', leftToHttp], {
    requestsPerConnection: 7,
  }),
  freedom(['continue', 'Bodies are asked for with 100 Continue.', leftToHttp], {
    continue100: true,
  }),
  freedom(['early-hints', '103 Early Hints come before each answer.', leftToHttp], {
    earlyHints: true,
  }),
  ...(['left-to-node', 'destroyed', 'destroyed-late', 'lingers', 'half-closed'] as const).map(
    (connection) =>
      freedom(
        [
          `early-refusal-${connection}`,
          `A body that is too large is refused at the sight of its length; the connection is ${connection}.`,
          'A limit of 10 MB is documented, and not that a larger body is read to its end.',
        ],
        { earlyRefusal: { above: 10_600_000, connection } },
      ),
  ),
  freedom(
    [
      'latency',
      'Each answer takes 5 to 25 ms longer.',
      'Nothing is said of how fast answers come.',
    ],
    { delay: [5, 25] },
  ),
  freedom(
    ['clock-behind', "The server's clock is an hour behind.", 'Whose clock counts is not told.'],
    { clockShift: -3_600_000 },
    ['LG-GEN-010'],
  ),
  freedom(
    [
      'strict-addresses',
      'Addresses are judged more strictly.',
      'What an address looks like is not told.',
    ],
    {
      strictEmail: "^[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}$",
      alternatives: { 'LG-CON-037': 3, 'LG-DOS-050': 2 },
    },
    ['LG-CON-037', 'LG-DOS-050'],
  ),
  freedom(
    ['short-texts', 'Texts of more than 100 characters are refused.', 'No lengths are documented.'],
    { textLimit: 100, alternatives: { 'LG-GEN-042': 1 } },
    ['LG-GEN-042'],
  ),
  freedom(
    [
      'small-bodies',
      'JSON bodies of more than 100 000 bytes are refused.',
      'No sizes are documented.',
    ],
    { bodyLimit: 100_000, alternatives: { 'LG-GEN-043': 2 } },
    ['LG-GEN-043'],
  ),
  freedom(
    [
      'pools-new-contacts',
      'A new contact is put in the talent pool for 30 days.',
      'How a contact enters the pool is not documented.',
    ],
    { poolsNewContacts: 2_592_000_000 },
  ),
  freedom(
    [
      'search-lags',
      'The search trails behind by 200 ms.',
      'How soon the search finds things is not told.',
    ],
    { searchLag: 200, alternatives: { 'LG-GEN-053': 1 } },
    ['LG-GEN-053'],
  ),
  freedom(
    [
      'search-lags-a-second',
      'The search trails behind by a second.',
      'How soon the search finds things is not documented.',
    ],
    { searchLag: 1_000, alternatives: { 'LG-GEN-053': 1 } },
    ['LG-GEN-053'],
  ),
  freedom(
    ['lists-lag', 'Lists and counts trail behind by 200 ms.', noConsistency],
    { listLag: 200, alternatives: { 'LG-GEN-053': 2 } },
    ['LG-GEN-053'],
  ),
  freedom(
    [
      'empty-texts-ignored',
      'An empty or blank text counts as no value, and no value in a status as no change.',
      'What an empty text in an optional field means is not documented.',
    ],
    { alternatives: { 'LG-GEN-040': 1, 'LG-GEN-041': 1, 'LG-DOS-091': 1 } },
    ['LG-GEN-040', 'LG-GEN-041', 'LG-DOS-091'],
  ),
  freedom(
    [
      'lists-of-replicas',
      'Every other list or count is read from a replica, which trails behind by a second.',
      noConsistency,
    ],
    { listLag: 1_000, replicas: true, alternatives: { 'LG-GEN-053': 2 } },
    ['LG-GEN-053'],
  ),
];
