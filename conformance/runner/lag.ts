import type { OperationId } from '../../openapi/contract.ts';
import { dataOf, pageOf } from '../context/answers.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { Nonconformity } from '../context/expectations.ts';
import { pageSizes } from '../contract/operations.ts';
import type { RawRequest } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';

/** What one measurement of the lag showed. */
export interface LagMeasurement {
  /** In milliseconds; 0 where nothing trailed behind. */
  readonly lag: number;
  /** Whether another measurement would show the same: the target answered in time and in form. */
  readonly certain: boolean;
}

/** How long lists and counts trail behind a write at the target of a run (LG-GEN-053). */
export interface TargetLag {
  /** In milliseconds; 0 as long as nothing was measured, and where nothing trails behind. */
  readonly known: () => number;
  /** Measures it, once in a run; more often while the target is too busy to be certain. */
  readonly find: () => Promise<number>;
  /** Measures it once more, at a target that was waited for in vain. It never gets shorter. */
  readonly findAgain: () => Promise<number>;
  /**
   * Milliseconds to wait for where a rule failed and no measurement was certain: the target was too
   * busy. 0 where one was, or where rules have failed in spite of the waiting.
   */
  readonly suspected: () => number;
  /** Says whether a rule passed that was executed again with the suspected lag. */
  readonly settle: (passed: boolean) => void;
}

/** So often it is measured while nothing certain is found, or where waiting was in vain. */
const mostMeasurements = { uncertain: 5, again: 2 };
/** The pause before another attempt, in milliseconds: what keeps a target busy may be over then. */
const pauseBetweenMeasurements = 1_000;
/** What is waited for at a target that is too busy to be measured, in milliseconds. */
const suspectedLag = 1_000;
/** After so many rules that fail all the same, nothing trails behind. */
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

/** How often it is written: more often where some reads missed something, but few. */
const fewestRounds = 2;
const mostRounds = 4;
/** Of so many places that missed something it is measured, at most: a rate limit may be low. */
const mostWatched = 6;
/** So many reads follow each write at once, since of several replicas only some trail behind. */
const readsAtOnce = 2;
/** So many reads must have missed what was there later: one alone may be an accident. */
const fewestTrailing = 2;
/** The pause between reads, in seconds. */
const pause = 0.05;
/** After so many reads it must have been shown once, and after so many in all for good. */
const mostReads = { first: 60, all: 100 };
/** After so many reads in a row that show it, no replica trails behind any more. */
const fewestShown = 10;
/** A moment isn't longer than this, in milliseconds. */
const longestLag = 5_000;
/** Where one answer takes longer than this, in milliseconds, a moment can't be measured. */
const slowestAnswer = 2_000;
/**
 * A read that is sent so soon after a write, in milliseconds, and takes no longer than the fastest one
 * and this, sees what trails behind.
 */
const promptRead = 50;
/** Another time it may take longer than what was measured: by a quarter, and by milliseconds. */
const margin = { times: 1.25, plus: 100 };

/** What one read showed of a write. */
interface LagRead {
  readonly missed: boolean;
  /** How long after the answer to the write it was sent, in milliseconds. */
  readonly after: number;
  /** How long its answer took, in milliseconds. */
  readonly took: number;
}

/** Where a write must show, with all that was seen there. */
interface WatchedRead {
  readonly observe: () => Promise<LagRead>;
  readonly observations: readonly LagRead[];
}

/**
 * Measures how long lists and counts trail behind a write at this target (LG-GEN-053): for so many
 * milliseconds they are waited for. It is 0 where nothing that was missing at once was there later,
 * and where the target answers so oddly that nothing can be said. Where it answers late or not at
 * all, that is not certain.
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

/** Whether most places were read as soon as something had been written, and answered in time. */
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

/** After the latest miss, the first read that missed nothing. */
const lagOf = (trailing: readonly WatchedRead[], all: readonly WatchedRead[]): number => {
  const delaysWhere = (places: readonly WatchedRead[], missed: boolean): number[] =>
    places
      .flatMap(({ observations }) => observations)
      .flatMap((one) => (one.missed === missed ? one.after : []));
  const latest = Math.max(...delaysWhere(trailing, true));
  return Math.min(...delaysWhere(all, false).filter((after) => after > latest));
};

/** Writes something of each kind that there is, and looks at the places where it must show. */
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

/** Looks at places at once, a few times. */
const readAtOnce = async (places: readonly WatchedRead[]): Promise<readonly WatchedRead[]> => {
  const observations = places.flatMap(({ observe }) =>
    Array.from({ length: readsAtOnce }, observe),
  );
  await Promise.all(observations);
  return places;
};

/** What was written, and when the target had answered, in milliseconds since 1970. */
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
  if (exchange.milliseconds > slowestAnswer) throw new Error('The target answers too slowly.');
  const { id } = dataOf(exchange.json) as { id: string };
  return { id, at: exchange.startedAt + exchange.milliseconds };
};

interface Observation {
  readonly exchange: Exchange;
  readonly shown: boolean;
}

const watchRead = (at: number, see: () => Promise<Observation>): WatchedRead => {
  const observations: LagRead[] = [];
  const observe = async (): Promise<LagRead> => {
    const { exchange, shown } = await see();
    const { startedAt, milliseconds: took } = exchange;
    const seen = { missed: !shown, after: startedAt - at, took };
    observations.push(seen);
    return seen;
  };
  return { observe, observations };
};

/** Whether the contact is shown to be on one dossier. */
const isCounted = async (org: Organization, id: string): Promise<Observation> => {
  const exchange = await org.all.send('getContact', { path: { id } });
  org.context.expect.success(exchange);
  const { dossier_count: count } = dataOf(exchange.json) as { dossier_count?: unknown };
  return { exchange, shown: count === 1 };
};

/** What is new stands first or last in a list; elsewhere it isn't looked for. */
const isListed = async (
  org: Organization,
  operation: OperationId,
  request: RawRequest,
  id: string,
): Promise<Observation> => {
  const { maximum: size } = pageSizes(org.context.contract, 'listDossiers');
  const read = async (page: number) => {
    const query = { page: String(page), per_page: String(size) };
    // The parts of one dossier are few, and whether their list has pages is a decision.
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

/** Whether every read shows it after some time. */
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
