import { readFileSync } from 'node:fs';
import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { messageOf, suggest, usageError } from '../errors.ts';
import type { Outcome } from '../runner/outcome.ts';
import { createAccusedFinder } from './accused.ts';
import type { RequirementResult } from './verdict.ts';

/** Known failures, which don't count in the verdict. */
export interface Baseline {
  /** The reasons by the ids of rules and requirements. */
  readonly known: ReadonlyMap<string, string>;
  /** Those that counted until a day before today. */
  readonly expired: readonly ExpiredEntry[];
}

export interface ExpiredEntry {
  readonly id: string;
  readonly reason: string;
  /** The last day on which it counted, `YYYY-MM-DD`. */
  readonly until: string;
}

export const noBaseline: Baseline = { known: new Map(), expired: [] };

/**
 * Reads a baseline: a JSON object of ids of rules or requirements, each with a reason, or with
 * `{"reason": …, "until": "YYYY-MM-DD"}`.
 *
 * @param now - milliseconds since 1970; an entry counts until its day ends in UTC
 * @throws Breakdown when it can't be read, isn't a JSON object, gives no reason or an invalid day, or
 *   names what doesn't exist
 */
export const readBaseline = (
  file: string,
  suite: { readonly rules: readonly Rule[]; readonly register: readonly Requirement[] },
  now: number,
): Baseline => {
  const known = new Set<string>([...suite.rules, ...suite.register].map(({ id }) => id));
  const entries = Object.entries(readObject(file)).map(([id, value]) => {
    if (known.has(id)) return { id, ...readEntry(id, value, file) };
    throw usageError(
      `The baseline ${file} names ${id}, but no rule or requirement has this id.` +
        `${suggest(id, known)} Correct the id, or remove it.`,
    );
  });
  const today = new Date(now).toISOString().slice(0, 10);
  const isExpired = (entry: Entry): entry is ExpiredEntry =>
    entry.until !== undefined && entry.until < today;
  return {
    known: new Map(entries.filter((one) => !isExpired(one)).map(({ id, reason }) => [id, reason])),
    expired: entries.filter(isExpired),
  };
};

interface Entry {
  readonly id: string;
  readonly reason: string;
  readonly until?: string | undefined;
}

const readEntry = (id: string, value: unknown, file: string): Omit<Entry, 'id'> => {
  const given: Partial<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : { reason: value };
  const { reason, until, ...others } = given;
  const [stranger] = Object.keys(others);
  if (stranger !== undefined) {
    throw usageError(
      `The baseline ${file} has ${stranger} for ${id}, which is unknown. The known ones are ` +
        'reason and until.',
    );
  }
  if (typeof reason !== 'string' || reason.trim() === '') {
    throw usageError(`The baseline ${file} gives no reason for ${id}. State why it may fail.`);
  }
  if (until === undefined) return { reason };
  if (typeof until === 'string' && isDay(until)) return { reason, until };
  throw usageError(
    `The baseline ${file} has until ${JSON.stringify(until)} for ${id}, which is no day. ` +
      'Give the last day on which it may fail, such as "2027-03-31".',
  );
};

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // The 31st of February is parsed as a day of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/**
 * The outcome, with the reason of the baseline where it lists the rule, or every requirement that its
 * failure is about.
 */
export const markKnown = (
  outcome: Outcome,
  { known }: Baseline,
  accusedBy: (outcome: Outcome) => readonly RequirementId[],
): Outcome => {
  const own = known.get(outcome.id);
  if (own !== undefined) return { ...outcome, known: own };
  if (outcome.outcome !== 'failed' || known.size === 0) return outcome;
  const accused = accusedBy(outcome);
  const reasons = accused.flatMap((id) => known.get(id) ?? []);
  if (reasons.length === 0 || reasons.length < accused.length) return outcome;
  return { ...outcome, known: [...new Set(reasons)].join(' ') };
};

/** Marks outcomes as known, with what their failures are about. */
export const createMarker = (
  baseline: Baseline,
  register: readonly Requirement[],
): ((outcome: Outcome) => Outcome) => {
  const accusedBy = createAccusedFinder(register);
  return (outcome) => markKnown(outcome, baseline, accusedBy);
};

/**
 * What the baseline lists although nothing of it fails any more: rules that passed, and requirements
 * that were verified.
 */
export const mendedOf = (
  outcomes: readonly Pick<Outcome, 'id' | 'outcome'>[],
  requirements: readonly Pick<RequirementResult, 'id' | 'state'>[],
  { known }: Pick<Baseline, 'known'>,
): string[] =>
  [
    ...outcomes.filter(({ outcome }) => outcome === 'passed'),
    ...requirements.filter(({ state }) => state === 'verified'),
  ].flatMap(({ id }) => (known.has(id) ? [id] : []));

const readObject = (file: string): object => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw usageError(
      `The baseline ${file} can't be read: ${messageOf(thrown)}. Correct it, or name another.`,
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw usageError(
    `The baseline ${file} isn't a JSON object. Write one of ids with reasons, such as ` +
      '{"contacts/search-by-email": "Known since March; fixed in the next release."}.',
  );
};
