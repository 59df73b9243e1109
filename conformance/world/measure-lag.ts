import type { OperationId } from '../../openapi/contract.ts';
import type { LagMeasurement } from '../lag.ts';
import type { Exchange } from './exchange.ts';
import { dataOf, type Organization } from './organization.ts';
import { Nonconformity } from './nonconformity.ts';
import { pageSizes } from './page-sizes.ts';
import { pageOf } from './pages.ts';
import type { RawRequest } from './client.ts';
import type { World } from './world.ts';

/** How often it is written: more often where some reads missed something, but few. */
const fewestRounds = 2;
const mostRounds = 4;
/** Of so many places that missed something it is measured, at most: a rate limit may be low. */
const wanted = 6;
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
/** A look that is sent so soon after a write, in milliseconds, sees what trails behind. */
const promptly = 50;
/** Another time it may take longer than what was measured: by a quarter, and by milliseconds. */
const margin = { times: 1.25, plus: 100 };

/** What one read showed of a write. */
interface Look {
  readonly missed: boolean;
  /** How long after the answer to the write it was sent, in milliseconds. */
  readonly after: number;
}

/** Where a write must show, with all that was seen there. */
interface Place {
  readonly look: () => Promise<Look>;
  readonly looks: readonly Look[];
}

/**
 * Measures how long lists and counts trail behind a write at this target (LG-GEN-053): for so many
 * milliseconds they are waited for. It is 0 where nothing that was missing at once was there later,
 * and where the target answers so oddly that nothing can be said. Where it answers late or not at
 * all, that is not certain.
 */
export const measureLag = async (world: World): Promise<LagMeasurement> => {
  try {
    const home = await world.organization();
    const places: Place[] = [];
    const late = (): Place[] => places.filter(({ looks }) => looks.some(({ missed }) => missed));
    for (let round = 1; round <= mostRounds; round += 1) {
      places.push(...(await writeAndLook(world, home)));
      if ((late().length === 0 && round >= fewestRounds) || late().length >= wanted) break;
    }
    const watched = late().slice(0, wanted);
    const ends = await Promise.all(watched.map((place) => showsInTheEnd(world, place)));
    const trailing = watched.filter((_, index) => ends[index]);
    if (trailing.length < enough) return { lag: 0, certain: looksInTime(places) };
    const lag = timeOf(trailing, places);
    return { lag: Math.min(longest, Math.ceil(margin.times * lag + margin.plus)), certain: true };
  } catch (thrown) {
    return { lag: 0, certain: thrown instanceof Nonconformity };
  }
};

/** Whether most places were looked at as soon as something had been written. */
const looksInTime = (places: readonly Place[]): boolean => {
  const firsts = places.flatMap(({ looks: [first] }) => first ?? []);
  return 2 * firsts.filter(({ after }) => after <= promptly).length >= firsts.length;
};

/** After the latest miss, the first read that missed nothing. */
const timeOf = (trailing: readonly Place[], all: readonly Place[]): number => {
  const looksAt = (places: readonly Place[], missed: boolean): number[] =>
    places.flatMap(({ looks }) => looks).flatMap((one) => (one.missed === missed ? one.after : []));
  const latest = Math.max(...looksAt(trailing, true));
  return Math.min(...looksAt(all, false).filter((after) => after > latest));
};

/** Writes something of each kind that there is, and looks at the places where it must show. */
const writeAndLook = async (world: World, home: Organization): Promise<Place[]> => {
  const { operations } = world;
  const offers = (id: OperationId): boolean => operations.some((one) => one.id === id);
  const send = (operation: OperationId, request: RawRequest) =>
    offers(operation) ? writeOnce(world, home, operation, request) : undefined;
  const list = (operation: OperationId, written: Written | undefined, request: RawRequest = {}) =>
    written && offers(operation)
      ? [lookFor(written.at, () => isListed(world, home, operation, request, written.id))]
      : [];
  const contact = await send('createContact', { body: { full_name: 'Lena Vos' } });
  const places = [...(await lookAtOnce(list('listContacts', contact)))];
  const linked = contact ? { contact_id: contact.id } : {};
  const draft = { type: 'candidate', name: 'Lena Vos', ...linked };
  const dossier = await send('createDossier', { body: draft });
  if (!dossier) return places;
  const path = { id: dossier.id };
  const link = contact && { id: contact.id, at: dossier.at };
  const counts =
    link && offers('getContact') ? [lookFor(link.at, () => isCounted(world, home, link.id))] : [];
  const ofDossier = [...list('listDossiers', dossier), ...counts];
  const ofLink = list('listDossierContacts', link, { path });
  places.push(...(await lookAtOnce([...ofDossier, ...ofLink])));
  const note = await send('createDossierNote', { path, body: { content: 'Called.' } });
  return [...places, ...(await lookAtOnce(list('listDossierNotes', note, { path })))];
};

/** Looks at places at once, a few times. */
const lookAtOnce = async (places: readonly Place[]): Promise<readonly Place[]> => {
  const looks = places.flatMap(({ look }) => Array.from({ length: readsAtOnce }, look));
  await Promise.all(looks);
  return places;
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

const lookFor = (at: number, see: () => Promise<Sight>): Place => {
  const looks: Look[] = [];
  const look = async (): Promise<Look> => {
    const { exchange, shown } = await see();
    const seen = { missed: !shown, after: exchange.startedAt - at };
    looks.push(seen);
    return seen;
  };
  return { look, looks };
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
    // The parts of one dossier are few, and whether their list has pages is a decision.
    const paging = request.path ? {} : { query };
    const exchange = await home.all.send(operation, { ...request, ...paging });
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

/** Whether every read shows it after some time. */
const showsInTheEnd = async ({ wait }: World, { look }: Place): Promise<boolean> => {
  let everShown = false;
  let inRow = 0;
  for (let reads = 0; reads < (everShown ? mostReads.all : mostReads.first); reads += 1) {
    await wait(pause);
    const { missed } = await look();
    inRow = missed ? 0 : inRow + 1;
    everShown ||= !missed;
    if (inRow >= settled) return true;
  }
  return false;
};
