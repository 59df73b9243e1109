import type { OperationId } from '../../openapi/contract.ts';
import { dataOf, pageOf } from '../context/answers.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { Nonconformity } from '../context/expectations.ts';
import { pageSizes } from '../contract/operations.ts';
import type { RawRequest } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';

/** The result of one measurement of the lag. */
export interface LagMeasurement {
  /** In milliseconds; 0 without a lag. */
  readonly lag: number;
  /** Whether the result can be relied on: the responses were in time and in their documented form. */
  readonly certain: boolean;
}

/** How long lists and counts lag behind a write at the target of a run (LG-GEN-053). */
export interface TargetLag {
  /** In milliseconds; 0 before the first measurement, and without a lag. */
  readonly known: () => number;
  /** Measures it, once in a run; repeats an uncertain measurement. */
  readonly find: () => Promise<number>;
  /** Measures it again, after the known lag proved too short. It never gets shorter. */
  readonly findAgain: () => Promise<number>;
  /**
   * Milliseconds to wait when a rule failed and no measurement was certain, as the target was too
   * busy. 0 after a certain one, or when rules still failed with this wait.
   */
  readonly suspected: () => number;
  /** Records whether a rule passed when it was executed again with the suspected lag. */
  readonly settle: (passed: boolean) => void;
}

/** At most so many measurements while the result is uncertain, and on demand of `findAgain`. */
const mostMeasurements = { uncertain: 5, again: 2 };
/** The pause before another attempt, in milliseconds, for a target that is busy. */
const pauseBetweenMeasurements = 1_000;
/** The lag that is assumed at a target that is too busy to be measured, in milliseconds. */
const suspectedLag = 1_000;
/** After so many rules that still fail with it, there is no lag. */
const mostRefutations = 3;

/** @param sleep - waits for so many milliseconds */
export const createTargetLag = (
  measure: () => Promise<LagMeasurement>,
  sleep: (milliseconds: number) => Promise<void>,
): TargetLag => {
  let known = 0;
  let again = 0;
  let certainly = true;
  let refutations = 0;
  let measuring: Promise<number> | undefined;
  const begin = async (): Promise<number> => {
    for (let attempt = 1; ; attempt += 1) {
      const { lag, certain } = await measure();
      known = Math.max(known, lag);
      certainly = certain;
      if (known > 0 || certain || attempt === mostMeasurements.uncertain) return known;
      await sleep(pauseBetweenMeasurements);
    }
  };
  return {
    known: () => known,
    find: () => (measuring ??= begin()),
    findAgain: async () => {
      if (again < mostMeasurements.again) {
        again += 1;
        measuring = begin();
      }
      return measuring ?? known;
    },
    suspected: () =>
      certainly || refutations >= mostRefutations || known >= suspectedLag ? 0 : suspectedLag,
    settle: (passed) => {
      if (passed) known = Math.max(known, suspectedLag);
      else refutations += 1;
    },
  };
};

/** Rounds of writes: more than the fewest only while a few reads have missed a write. */
const fewestRounds = 2;
const mostRounds = 4;
/** The lag is measured at so many places at most, as a rate limit may be low. */
const mostWatched = 6;
/** Concurrent reads after each write, as only some of several replicas may lag behind. */
const readsAtOnce = 2;
/** A lag counts only where it shows at so many places: a single one may be an accident. */
const fewestTrailing = 2;
/** The pause between reads, in seconds. */
const pause = 0.05;
/** A write must show within `first` reads, and in every read after `all` reads. */
const mostReads = { first: 60, all: 100 };
/** After so many reads in a row that show the write, no replica lags behind any more. */
const fewestShown = 10;
/** The longest lag that is waited for, in milliseconds. */
const longestLag = 5_000;
/** When a response takes longer than this, in milliseconds, the lag can't be measured. */
const slowestResponse = 2_000;
/**
 * A read would see a lag when it starts within so many milliseconds after a write, and takes at most
 * so many milliseconds longer than the fastest read.
 */
const promptRead = 50;
/** The lag may be longer another time: by a quarter, plus so many milliseconds. */
const margin = { times: 1.25, plus: 100 };

/** The result of one read after a write. */
interface LagRead {
  readonly missed: boolean;
  /** Milliseconds from the response to the write until the read was sent. */
  readonly after: number;
  /** How long the response took, in milliseconds. */
  readonly took: number;
}

/** A place where a write must show, with the results of all reads there. */
interface WatchedRead {
  readonly observe: () => Promise<LagRead>;
  readonly observations: readonly LagRead[];
}

/**
 * Measures how long lists and counts lag behind a write at this target (LG-GEN-053). Rules wait so
 * many milliseconds before they read them. The lag is 0 when no write showed late, and when a
 * response doesn't conform. When responses are late or missing, the result isn't certain.
 */
export const measureLag = async (context: RuleContext): Promise<LagMeasurement> => {
  try {
    const org = await context.organization();
    const places: WatchedRead[] = [];
    const late = (): WatchedRead[] =>
      places.filter(({ observations }) => observations.some(({ missed }) => missed));
    for (let round = 1; round <= mostRounds; round += 1) {
      places.push(...(await writeAndRead(org)));
      if ((late().length === 0 && round >= fewestRounds) || late().length >= mostWatched) break;
    }
    const watched = late().slice(0, mostWatched);
    const ends = await Promise.all(watched.map((place) => isShownEventually(context, place)));
    const trailing = watched.filter((_, index) => ends[index]);
    if (trailing.length < fewestTrailing) return { lag: 0, certain: readsAreTimely(places) };
    const lag = lagOf(trailing, places);
    return {
      lag: Math.min(longestLag, Math.ceil(margin.times * lag + margin.plus)),
      certain: true,
    };
  } catch (thrown) {
    return { lag: 0, certain: thrown instanceof Nonconformity };
  }
};

/** Whether most places were first read promptly after the write, with a timely response. */
const readsAreTimely = (places: readonly WatchedRead[]): boolean => {
  const firsts = places.flatMap(({ observations: [first] }) => first ?? []);
  const fastest = Math.min(
    ...places.flatMap(({ observations }) => observations).map(({ took }) => took),
  );
  const timely = firsts.filter(
    ({ after, took }) => after <= promptRead && took <= fastest + promptRead,
  );
  return 2 * timely.length >= firsts.length;
};

/** The delay of the first read that showed a write after the latest one that missed it. */
const lagOf = (trailing: readonly WatchedRead[], all: readonly WatchedRead[]): number => {
  const delaysWhere = (places: readonly WatchedRead[], missed: boolean): number[] =>
    places
      .flatMap(({ observations }) => observations)
      .flatMap((one) => (one.missed === missed ? one.after : []));
  const latest = Math.max(...delaysWhere(trailing, true));
  return Math.min(...delaysWhere(all, false).filter((after) => after > latest));
};

/** Creates a resource of each kind that the target offers, and reads the places where it must show. */
const writeAndRead = async (org: Organization): Promise<WatchedRead[]> => {
  const { operations } = org.context;
  const offers = (id: OperationId): boolean => operations.some((one) => one.id === id);
  const send = (operation: OperationId, request: RawRequest) =>
    offers(operation) ? writeOnce(org, operation, request) : undefined;
  const list = (operation: OperationId, written: Written | undefined, request: RawRequest = {}) =>
    written && offers(operation)
      ? [watchRead(written.at, () => isListed(org, operation, request, written.id))]
      : [];
  const contact = await send('createContact', { body: { full_name: 'Lena Vos' } });
  const places = [...(await readAtOnce(list('listContacts', contact)))];
  const linked = contact ? { contact_id: contact.id } : {};
  const draft = { type: 'candidate', name: 'Lena Vos', ...linked };
  const dossier = await send('createDossier', { body: draft });
  if (!dossier) return places;
  const path = { id: dossier.id };
  const link = contact && { id: contact.id, at: dossier.at };
  const counts =
    link && offers('getContact') ? [watchRead(link.at, () => isCounted(org, link.id))] : [];
  const ofDossier = [...list('listDossiers', dossier), ...counts];
  const ofLink = list('listDossierContacts', link, { path });
  places.push(...(await readAtOnce([...ofDossier, ...ofLink])));
  const note = await send('createDossierNote', { path, body: { content: 'Called.' } });
  return [...places, ...(await readAtOnce(list('listDossierNotes', note, { path })))];
};

/** Reads all places concurrently, a few times each. */
const readAtOnce = async (places: readonly WatchedRead[]): Promise<readonly WatchedRead[]> => {
  const observations = places.flatMap(({ observe }) =>
    Array.from({ length: readsAtOnce }, observe),
  );
  await Promise.all(observations);
  return places;
};

/** The id of a resource, and when the response to its creation came, in milliseconds since 1970. */
interface Written {
  readonly id: string;
  readonly at: number;
}

const writeOnce = async (
  org: Organization,
  operation: OperationId,
  request: RawRequest,
): Promise<Written> => {
  const exchange = await org.all.send(operation, request);
  org.context.expect.success(exchange);
  if (exchange.milliseconds > slowestResponse) throw new Error('The target responds too slowly.');
  const { id } = dataOf(exchange.json) as { id: string };
  return { id, at: exchange.startedAt + exchange.milliseconds };
};

interface Observation {
  readonly exchange: Exchange;
  readonly shown: boolean;
}

const watchRead = (at: number, read: () => Promise<Observation>): WatchedRead => {
  const observations: LagRead[] = [];
  const observe = async (): Promise<LagRead> => {
    const { exchange, shown } = await read();
    const { startedAt, milliseconds: took } = exchange;
    const result = { missed: !shown, after: startedAt - at, took };
    observations.push(result);
    return result;
  };
  return { observe, observations };
};

/** Whether the contact has a `dossier_count` of 1. */
const isCounted = async (org: Organization, id: string): Promise<Observation> => {
  const exchange = await org.all.send('getContact', { path: { id } });
  org.context.expect.success(exchange);
  const { dossier_count: count } = dataOf(exchange.json) as { dossier_count?: unknown };
  return { exchange, shown: count === 1 };
};

/** Whether the first or last page has the id: a new item comes first or last in a list. */
const isListed = async (
  org: Organization,
  operation: OperationId,
  request: RawRequest,
  id: string,
): Promise<Observation> => {
  const { maximum: size } = pageSizes(org.context.contract, 'listDossiers');
  const read = async (page: number) => {
    const query = { page: String(page), per_page: String(size) };
    // A dossier has few contacts and notes, and whether their lists have pages is a decision.
    const paging = request.path ? {} : { query };
    const exchange = await org.all.send(operation, { ...request, ...paging });
    org.context.expect.success(exchange);
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

/** Whether the write shows in every read after some time. */
const isShownEventually = async (
  { wait }: RuleContext,
  { observe }: WatchedRead,
): Promise<boolean> => {
  let everShown = false;
  let inRow = 0;
  for (let reads = 0; reads < (everShown ? mostReads.all : mostReads.first); reads += 1) {
    await wait(pause);
    const { missed } = await observe();
    inRow = missed ? 0 : inRow + 1;
    everShown ||= !missed;
    if (inRow >= fewestShown) return true;
  }
  return false;
};
