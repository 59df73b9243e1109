import type { OperationId } from '../../openapi/contract.ts';
import type { Exchange } from './exchange.ts';
import { dataOf, type Organization } from './organization.ts';
import { pageSizes } from './page-sizes.ts';
import { pageOf } from './pages.ts';
import type { RawRequest } from './client.ts';
import type { World } from './world.ts';

/** How often it is written. */
const rounds = 2;
/** So many reads follow each write at once, since of several replicas only some trail behind. */
const readsAtOnce = 2;
/** So many reads must have missed what was there later: one alone may be an accident. */
const enough = 2;
/** The pause between reads, in seconds. */
const pause = 0.05;
/** After so many reads it must have been shown once, and after so many in all for good. */
const mostReads = { first: 60, all: 100 };
/** After so many reads in a row that show it, no replica trails behind any more. */
const settled = 10;
/** A moment isn't longer than this, in milliseconds. */
const longest = 5_000;
/** Where one answer takes longer than this, in milliseconds, a moment can't be measured. */
const slowest = 2_000;
/** Another time it may take longer than what was measured: by a quarter, and by milliseconds. */
const margin = { times: 1.25, plus: 100 };

/** What one read showed of a write. */
interface Look {
  readonly missed: boolean;
  /** How long after the answer to the write it was sent, in milliseconds. */
  readonly after: number;
}

/** Looks once at a place where a write must show. */
type LookAgain = () => Promise<Look>;

/**
 * Measures how long lists and counts trail behind a write at this target (LG-GEN-053): for so many
 * milliseconds they are waited for. It is 0 where nothing that was missing at once was there later,
 * and where the target answers so oddly that nothing can be said.
 */
export const measureLag = async (world: World): Promise<number> => {
  try {
    const home = await world.organization();
    const late: LookAgain[] = [];
    for (let round = 0; round < rounds; round += 1) late.push(...(await writeAndLook(world, home)));
    const lags = (await Promise.all(late.map((look) => waitFor(world, look)))).filter(Boolean);
    if (lags.length < enough) return 0;
    return Math.min(longest, Math.ceil(margin.times * Math.max(...lags) + margin.plus));
  } catch {
    return 0;
  }
};

/** Writes something, and gives the places that don't show all of it at once. */
const writeAndLook = async (world: World, home: Organization): Promise<LookAgain[]> => {
  const looks = await write(world, home);
  const late = await Promise.all(
    looks.map(async (look) => {
      const first = await Promise.all(Array.from({ length: readsAtOnce }, look));
      return first.some(({ missed }) => missed);
    }),
  );
  return looks.filter((_, index) => late[index]);
};

/** Writes something of each kind that there is, and gives the places where that must show. */
const write = async (world: World, home: Organization): Promise<LookAgain[]> => {
  const { operations } = world;
  const offers = (id: OperationId): boolean => operations.some((one) => one.id === id);
  const send = (operation: OperationId, request: RawRequest) =>
    offers(operation) ? writeOnce(world, home, operation, request) : undefined;
  const contact = await send('createContact', { body: { full_name: 'Lena Vos' } });
  const linked = contact ? { contact_id: contact.id } : {};
  const draft = { type: 'candidate', name: 'Lena Vos', ...linked };
  const dossier = await send('createDossier', { body: draft });
  const path = { id: dossier?.id ?? '' };
  const note = dossier && (await send('createDossierNote', { path, body: { content: 'Called.' } }));
  const link = contact && dossier && { id: contact.id, at: dossier.at };
  const list = (operation: OperationId, written: Written | undefined, request: RawRequest = {}) =>
    written && offers(operation)
      ? [lookFor(written.at, () => isListed(world, home, operation, request, written.id))]
      : [];
  return [
    ...list('listContacts', contact),
    ...list('listDossiers', dossier),
    ...list('listDossierContacts', link, { path }),
    ...list('listDossierNotes', note, { path }),
    ...(link && offers('getContact')
      ? [lookFor(link.at, () => isCounted(world, home, link.id))]
      : []),
  ];
};

/** What was written, and when the target had answered, in milliseconds since 1970. */
interface Written {
  readonly id: string;
  readonly at: number;
}

const writeOnce = async (
  world: World,
  home: Organization,
  operation: OperationId,
  request: RawRequest,
): Promise<Written> => {
  const exchange = await home.all.send(operation, request);
  world.expect.success(exchange);
  if (exchange.milliseconds > slowest) throw new Error('The target answers too slowly.');
  const { id } = dataOf(exchange.json) as { id: string };
  return { id, at: exchange.startedAt + exchange.milliseconds };
};

interface Sight {
  readonly exchange: Exchange;
  readonly shown: boolean;
}

const lookFor =
  (at: number, see: () => Promise<Sight>): LookAgain =>
  async () => {
    const { exchange, shown } = await see();
    return { missed: !shown, after: exchange.startedAt - at };
  };

/** Whether the contact is shown to be on one dossier. */
const isCounted = async (world: World, home: Organization, id: string): Promise<Sight> => {
  const exchange = await home.all.send('getContact', { path: { id } });
  world.expect.success(exchange);
  const { dossier_count: count } = dataOf(exchange.json) as { dossier_count?: unknown };
  return { exchange, shown: count === 1 };
};

/** What is new stands first or last in a list; elsewhere it isn't looked for. */
const isListed = async (
  world: World,
  home: Organization,
  operation: OperationId,
  request: RawRequest,
  id: string,
): Promise<Sight> => {
  const { maximum: size } = pageSizes(world.contract, 'listDossiers');
  const read = async (page: number) => {
    const query = { page: String(page), per_page: String(size) };
    const exchange = await home.all.send(operation, { ...request, query });
    world.expect.success(exchange);
    const { items, total } = pageOf(exchange) as {
      items: readonly { id?: string; contact_id?: string }[];
      total: number;
    };
    const shown = items.some((one) => one.id === id || one.contact_id === id);
    return { exchange, total, shown };
  };
  const first = await read(1);
  const last = Math.ceil(first.total / size);
  return first.shown || last < 2 ? first : read(last);
};

/** How long it takes until every read shows it; 0 when that doesn't come to be. */
const waitFor = async ({ wait }: World, look: LookAgain): Promise<number> => {
  let lag = 0;
  let shown = 0;
  for (let reads = 0; shown < settled; reads += 1) {
    if (reads >= (lag > 0 ? mostReads.all : mostReads.first)) return 0;
    await wait(pause);
    const { missed, after } = await look();
    if (!missed && shown === 0) lag = after;
    shown = missed ? 0 : shown + 1;
  }
  return lag;
};
