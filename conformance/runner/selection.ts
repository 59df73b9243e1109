import type { Contract, EventType, Operation } from '../../openapi/contract.ts';
import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { suggest, usageError } from '../errors.ts';
import type { Omission } from '../targets/target.ts';
import { firstRules } from './order.ts';
import type { Outcome } from './outcome.ts';

/** The options of the command line that select rules. */
export interface SelectionOptions {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly shard: Shard | undefined;
  /** The ids of the rules that a file selects, and the option that names it. */
  readonly listed?: { readonly ids: ReadonlySet<string>; readonly option: string } | undefined;
  /** How many requests a rule sends, to balance shards; all alike unless given. */
  readonly requestsOf?: (id: string) => number;
  /** The rules of a profile; all of them when it is left out. `--only` selects among all rules. */
  readonly profile?: ProfileRules | undefined;
}

/** Why the options leave a rule out; undefined when they select it. */
export type ExclusionReason = (rule: Rule) => string | undefined;

/**
 * Reads which rules a run executes. Ambient rules inspect every exchange, so only `--skip` leaves
 * them out.
 *
 * @throws Breakdown for an unknown name, and when no rule is left
 */
export const readSelection = (options: SelectionOptions, catalogue: Catalogue): ExclusionReason => {
  const { isMeant, isSkipped } = readChoice(options, catalogue);
  const { shard, listed, requestsOf = () => 1 } = options;
  const within = options.only.length === 0 ? options.profile : undefined;
  const exclude: ExclusionReason = (rule) => {
    if (isSkipped(rule)) return 'Left out by --skip.';
    if (rule.kind === 'ambient') return undefined;
    if (!isMeant(rule)) return 'Left out by --only.';
    if (listed?.ids.has(rule.id) === false) return `Left out by ${listed.option}.`;
    if (within?.ids.has(rule.id) === false) return `Not in --profile ${within.name}.`;
    return undefined;
  };
  // The shards aren't considered here: one shard of a few rules may be empty.
  requireSome(catalogue, exclude);
  if (!shard) return exclude;
  const selected = catalogue.rules.filter((rule) => exclude(rule) === undefined);
  const parts = distribute(selected, shard.of, requestsOf);
  return (rule) => {
    const reason = exclude(rule);
    const part = parts.get(rule.id);
    if (reason !== undefined || part === undefined || part === shard.number) return reason;
    return excuseOfOtherShard(shard);
  };
};

const requireSome = ({ rules }: Catalogue, exclude: ExclusionReason): void => {
  if (rules.some((rule) => rule.kind === 'check' && exclude(rule) === undefined)) return;
  throw usageError(
    'The options leave no rule that sends requests; ambient rules only inspect those of others. ' +
      'Name more with --only, or fewer with --skip.',
  );
};

/** What limits a run to a part of the rules. */
export interface RunPart {
  /** Whether --only selected rules. */
  readonly partial?: boolean;
  /** The profile, if it has a part of the rules only. */
  readonly profile?: ProfileRules | undefined;
  readonly shard?: Shard | undefined;
  readonly readOnly?: boolean;
}

/**
 * In a run of only a part of the rules, ambient rules that had nothing to inspect are no gap.
 *
 * @returns the outcomes; those of these rules are `omitted` in place of `not-verified`
 */
export const excuseAmbient = (
  outcomes: readonly Outcome[],
  part: RunPart,
  rules: readonly Rule[],
): readonly Outcome[] => {
  const reason = excuseFor(part);
  if (reason === undefined) return outcomes;
  const ambient = new Set(rules.filter(({ kind }) => kind === 'ambient').map(({ id }) => id));
  return outcomes.map((outcome) =>
    outcome.outcome === 'not-verified' && ambient.has(outcome.id)
      ? { ...outcome, outcome: 'omitted', reason }
      : outcome,
  );
};

const excuseFor = ({ partial, profile, readOnly, shard }: RunPart): string | undefined => {
  if (partial) return 'Left out by --only: nothing in the selected rules concerns it.';
  if (profile) return `Not in --profile ${profile.name}: nothing in its rules concerns it.`;
  if (readOnly) return 'Left out by --read-only: no read concerns it.';
  return shard && excuseOfShard;
};

/** When all shards give this reason, the rule is not verified. */
export const excuseOfShard = 'Left out by --shard: nothing in this shard concerns it.';

/** Which rules `--only` selects, and which `--skip` leaves out. */
export interface RuleChoice {
  readonly isMeant: (rule: Rule) => boolean;
  readonly isSkipped: (rule: Rule) => boolean;
}

/**
 * Reads `--only` and `--skip`.
 *
 * - A rule is named by its id, its area, or a requirement that it verifies.
 * - `--only` with an operation or event selects the rules that verify a requirement that names it;
 *   a requirement about all operations names none.
 * - `--skip` with one leaves out the check rules whose requirements name nothing else. Ambient rules
 *   stay: they inspect every exchange.
 *
 * @throws Breakdown for an unknown name
 */
export const readChoice = (
  options: { readonly only: readonly string[]; readonly skip: readonly string[] },
  catalogue: Catalogue,
): RuleChoice => {
  const only = readNames(options.only, '--only', catalogue);
  const skip = readNames(options.skip, '--skip', catalogue);
  const subjectsOf = readSubjects(catalogue);
  return {
    isMeant: (rule) =>
      options.only.length === 0 ||
      isNamed(only, rule) ||
      subjectsOf(rule).some((subject) => only.subjects.has(subject)),
    isSkipped: (rule) =>
      isNamed(skip, rule) ||
      (rule.kind === 'check' && subjectsOf(rule).every((subject) => skip.subjects.has(subject))),
  };
};

const isNamed = ({ rules, requirements }: Named, { id, verifies }: Rule): boolean =>
  rules.has(id) || verifies.some((requirement) => requirements.has(requirement));

/** The operations and events that the requirements of a rule name. */
const readSubjects = ({ register }: Catalogue): ((rule: Rule) => readonly string[]) => {
  const concerns = new Map(register.map((requirement) => [requirement.id, requirement.concerns]));
  return ({ verifies }) => verifies.flatMap((id) => concerns.get(id) ?? []);
};

/** Everything that a name on the command line can refer to. */
interface Catalogue {
  readonly rules: readonly Rule[];
  readonly register: readonly Requirement[];
  /** Ids of operations, and events. */
  readonly subjects: readonly string[];
}

export const catalogueOf = (
  rules: readonly Rule[],
  register: readonly Requirement[],
  { operations, events }: Contract,
): Catalogue => ({ rules, register, subjects: [...Object.keys(operations), ...events] });

/** What some names refer to, by kind. */
interface Named {
  /** Ids of rules, named as such or by their area. */
  readonly rules: ReadonlySet<string>;
  readonly requirements: ReadonlySet<RequirementId>;
  readonly subjects: ReadonlySet<string>;
}

/** The area of a rule: `contacts` for `contacts/deletion`. */
export const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));

/**
 * Reads names of rules (`contacts/deletion`), areas (`contacts`), requirements (`LG-CON-012`),
 * operations (`createContact`) and events; `*` matches any characters but a slash.
 *
 * @param option - the option that has these names, for the error message
 * @throws Breakdown for an unknown name
 */
const readNames = (
  names: readonly string[],
  option: string,
  { rules, register, subjects }: Catalogue,
): Named => {
  const ruleIds = rules.map(({ id }) => id);
  const requirementIds = register.map(({ id }) => id);
  const named = { rules: new Set<string>(), requirements: new Set<RequirementId>() };
  const namedSubjects = new Set<string>();
  for (const name of names) {
    const pattern = patternOf(name);
    const fits = (text: string): boolean => pattern.test(text);
    const ofRules = ruleIds.filter((id) => fits(id) || fits(areaOf(id)));
    const ofRequirements = requirementIds.filter(fits);
    const ofSubjects = subjects.filter(fits);
    if (ofRules.length + ofRequirements.length + ofSubjects.length === 0) {
      const known = [...new Set(ruleIds.map(areaOf)), ...subjects, ...ruleIds, ...requirementIds];
      throw usageError(
        `${option} ${name}: no rule, area, requirement, operation or event has this name.` +
          `${suggest(name, known)} \`leadgrid-conformance list\` lists them.`,
      );
    }
    for (const id of ofRules) named.rules.add(id);
    for (const id of ofRequirements) named.requirements.add(id);
    for (const subject of ofSubjects) namedSubjects.add(subject);
  }
  return { ...named, subjects: namedSubjects };
};

const patternOf = (name: string): RegExp =>
  new RegExp(`^${name.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);

/** One of several parts of the rules, each executed by a separate run. */
export interface Shard {
  /** The first shard is 1. */
  readonly number: number;
  readonly of: number;
}

/** @throws Breakdown unless the text is `i/n` with i from 1 to n */
export const readShard = (text: string): Shard => {
  const [, number, of] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []).map(Number);
  if (number === undefined || of === undefined || number > of) {
    throw usageError(
      `--shard ${text} is invalid. Give the number of the shard and of all shards, such as 1/3.`,
    );
  }
  return { number, of };
};

export const formatShard = ({ number, of }: Shard): string => `${String(number)}/${String(of)}`;

/** Why a shard omits a rule that is in another one. */
export const excuseOfOtherShard = (shard: Shard): string =>
  `Left out by --shard ${formatShard(shard)}: another shard executes it.`;

const otherShard = /^Left out by --shard \S+: another shard executes it\.$/;

/** Whether a shard gave this reason for a rule that is in another one. */
export const isOfOtherShard = (reason: string | null): boolean => otherShard.test(reason ?? '');

/**
 * Distributes rules over shards so that each sends about as many requests: the greatest rule first,
 * each to the shard that has the fewest requests so far. The same rules and numbers give the same
 * shards.
 *
 * @returns the number of the shard by the id of the check rule; ambient rules are missing, as every
 *   shard executes them
 */
export const distribute = (
  rules: readonly Rule[],
  of: number,
  requestsOf: (id: string) => number,
): ReadonlyMap<string, number> => {
  const loads = Array.from({ length: of }, (_, index) => ({ number: index + 1, requests: 0 }));
  const checks = rules.filter(({ kind }) => kind === 'check').map(({ id }) => id);
  // The sort is stable, so equal rules keep their order.
  const greatestFirst = checks.toSorted((one, other) => requestsOf(other) - requestsOf(one));
  const parts = new Map<string, number>();
  for (const id of greatestFirst) {
    const lightest = loads.reduce((least, one) => (one.requests < least.requests ? one : least));
    // A rule of no known request still takes time.
    lightest.requests += Math.max(1, requestsOf(id));
    parts.set(id, lightest.number);
  }
  return parts;
};

/** How much a run does, unless other options say so. */
export interface Profile {
  /** Generated cases for each property; `--runs` overrides it. */
  readonly runs: number;
  /** The first rules of the order that send no more requests than these; every rule without it. */
  readonly requests?: number;
}

/** For use while working, for each change, for each day, and for each night. */
export const profiles = {
  smoke: { runs: 1, requests: 600 },
  quick: { runs: 2, requests: 3_000 },
  standard: { runs: 8 },
  thorough: { runs: 200 },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;

/** The rules of a profile. */
export interface ProfileRules {
  readonly name: ProfileName;
  readonly ids: ReadonlySet<string>;
}

/** Undefined for a profile with every rule. */
export const rulesOfProfile = (
  name: ProfileName,
  order: Parameters<typeof firstRules>[0],
): ProfileRules | undefined => {
  const ids = firstRules(order, profiles[name]);
  return ids && { name, ids };
};

/** What a run covers after the omissions of the target's description. */
export interface Scope {
  readonly operations: readonly Operation[];
  readonly events: readonly EventType[];
  /** The reasons by the ids of the omitted requirements. */
  readonly omitted: ReadonlyMap<RequirementId, string>;
}

/**
 * Applies the declared omissions to contract and register. A requirement is omitted by its id, by a
 * pattern such as `LG-WEB-*`, or when all operations and events that it concerns are omitted.
 *
 * @throws Breakdown when an omission names something that doesn't exist
 */
export const readScope = (
  contract: Contract,
  register: readonly Requirement[],
  omissions: readonly Omission[],
): Scope => {
  const reasons = new Map<string, string>();
  for (const { operations = [], events = [], reason } of omissions) {
    for (const name of [...operations, ...events]) reasons.set(name, reason);
  }
  const known = new Set<string>([...Object.keys(contract.operations), ...contract.events]);
  for (const name of reasons.keys()) {
    if (!known.has(name)) throw unknown(name, 'operation or event');
  }
  const groups: Record<string, readonly string[]> = {
    all: Object.keys(contract.operations),
    events: contract.events,
  };
  const omitted = new Map<RequirementId, string>();
  for (const { id, concerns } of register) {
    const named = concerns.flatMap((name) => groups[name] ?? name);
    const [first, ...rest] = named.map((name) => reasons.get(name));
    if (first !== undefined && rest.every((reason) => reason !== undefined)) omitted.set(id, first);
  }
  for (const { requirements = [], reason } of omissions) {
    for (const pattern of requirements) {
      const ids = register.map(({ id }) => id).filter((id) => matches(pattern, id));
      if (ids.length === 0) throw unknown(pattern, 'requirement');
      for (const id of ids) omitted.set(id, reason);
    }
  }
  const operations = Object.values(contract.operations).filter(({ id }) => !reasons.has(id));
  const sent = contract.events.filter((event) => !reasons.has(event));
  return { operations, events: sent, omitted };
};

const matches = (pattern: string, id: string): boolean =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;

const unknown = (name: string, kind: string) =>
  usageError(
    `The target's description omits ${name}, but no ${kind} has this name. Correct the name.`,
  );
