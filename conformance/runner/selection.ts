import type { Contract, EventType, Operation } from '../../openapi/contract.ts';
import type { Requirement, RequirementId } from '../../openapi/register.ts';
import { usualRuns } from '../context/property.ts';
import type { Rule } from '../context/rule.ts';
import { suggest, usageError } from '../errors.ts';
import type { Omission } from '../targets/target.ts';
import type { Outcome } from './outcome.ts';

/** What of the suite a run judges, as the command line has it. */
export interface SelectionOptions {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly shard: Shard | undefined;
}

/** Why the wish leaves a rule out; undefined when it doesn't. */
export type ExclusionReason = (rule: Rule) => string | undefined;

/**
 * Reads what a run judges. Ambient rules look at whatever happens, so that nothing but `--skip`
 * leaves them out.
 *
 * @throws Breakdown for a name that stands for nothing, and when no rule is left
 */
export const readSelection = (options: SelectionOptions, catalogue: Catalogue): ExclusionReason => {
  const { isMeant, isSkipped } = readChoice(options, catalogue);
  const { shard } = options;
  const parts = shard && distribute(catalogue.rules, shard.of);
  const leftOutOfAll: ExclusionReason = (rule) => {
    if (isSkipped(rule)) return 'Left out by --skip.';
    if (rule.kind === 'ambient') return undefined;
    if (!isMeant(rule)) return 'Left out by --only.';
    return undefined;
  };
  // One part of a few rules may well be empty.
  requireSome(catalogue, leftOutOfAll);
  return (rule) => {
    const reason = leftOutOfAll(rule);
    const part = parts?.get(rule.id);
    if (reason !== undefined || !shard || part === undefined || part === shard.number)
      return reason;
    return `Left out by --shard ${formatShard(shard)}: another part judges it.`;
  };
};

const requireSome = ({ rules }: Catalogue, leftOut: ExclusionReason): void => {
  if (rules.some((rule) => rule.kind === 'check' && leftOut(rule) === undefined)) return;
  throw usageError(
    'The options leave no rule that does anything; ambient rules look at what others do. ' +
      'Name more with --only, or fewer with --skip.',
  );
};

/** What keeps a run from seeing everything. */
export interface RunPart {
  /** Whether --only selected rules. */
  readonly partial?: boolean;
  readonly shard?: Shard | undefined;
  readonly readOnly?: boolean;
}

/**
 * Of a run that is of a part only, ambient rules that had nothing to look at are no gap.
 *
 * @returns the outcomes with those of such rules made omitted
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

const excuseFor = ({ partial, readOnly, shard }: RunPart): string | undefined => {
  if (partial) return 'Left out by --only: nothing that was judged concerns it.';
  if (readOnly) return 'Left out by --read-only: nothing that was read concerns it.';
  return shard && excuseOfShard;
};

/** When all shards say so, nobody looked. */
export const excuseOfShard = 'Left out by --shard: nothing that this part judged concerns it.';

/** Which rules the user named, and which not to have. */
export interface RuleChoice {
  readonly isMeant: (rule: Rule) => boolean;
  readonly isSkipped: (rule: Rule) => boolean;
}

/**
 * Reads `--only` and `--skip`.
 *
 * - A rule is named by its id, its area, or a requirement that it verifies.
 * - `--only` an operation or event means the rules that verify a requirement about it by name;
 *   those about all operations are about it no more than about the others.
 * - `--skip` takes only those away that verify nothing about anything else, and no ambient rule:
 *   these look at whatever happens.
 *
 * @throws Breakdown for a name that stands for nothing
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

/** What the requirements of a rule are about by name. */
const readSubjects = ({ register }: Catalogue): ((rule: Rule) => readonly string[]) => {
  const concerns = new Map(register.map((requirement) => [requirement.id, requirement.concerns]));
  return ({ verifies }) => verifies.flatMap((id) => concerns.get(id) ?? []);
};

/** What names on the command line can stand for. */
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

/** What some names stand for, kind by kind. */
interface Named {
  /** Ids of rules, named as such or by their area. */
  readonly rules: ReadonlySet<string>;
  readonly requirements: ReadonlySet<RequirementId>;
  readonly subjects: ReadonlySet<string>;
}

/** The folder that a rule stands in. */
export const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));

/**
 * Reads names of rules (`contacts/deletion`), areas (`contacts`), requirements (`LG-CON-012`),
 * operations (`createContact`) and events; `*` stands for any letters but a slash.
 *
 * @param option - the option that they were given to, for what is said of an unknown one
 * @throws Breakdown for a name that stands for nothing
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
        `${option} ${name}: no rule, area, requirement, operation or event is called so.` +
          `${suggest(name, known)} \`leadgrid-conformance list\` tells them.`,
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

/** One of several parts that the rules are judged in, each by a run of its own. */
export interface Shard {
  /** From 1 on. */
  readonly number: number;
  readonly of: number;
}

/** @throws Breakdown for what is no `i/n` with i from 1 to n */
export const readShard = (text: string): Shard => {
  const [, number, of] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []).map(Number);
  if (number === undefined || of === undefined || number > of) {
    throw usageError(
      `--shard ${text} is no part. Give the number of one and how many, such as 1/3.`,
    );
  }
  return { number, of };
};

export const formatShard = ({ number, of }: Shard): string => `${String(number)}/${String(of)}`;

/**
 * Deals the rules out like cards, so that long ones, which stand together, come to different
 * shards.
 *
 * @returns for the id of a check rule the number of the shard that judges it; ambient rules, which
 *   all judge, have none
 */
export const distribute = (rules: readonly Rule[], of: number): ReadonlyMap<string, number> =>
  new Map(
    rules
      .filter(({ kind }) => kind === 'check')
      .map(({ id }, index): [string, number] => [id, (index % of) + 1]),
  );

/** How much a run does, when it isn't told in detail. */
export interface Profile {
  /** Generated cases for each property; `--runs` goes before it. */
  readonly runs: number;
}

/**
 * While one works, for each change, and for each night. All of them judge every rule: leaving the
 * long ones out would save a sixth of the time of a quick look and a fifth of what it verifies.
 */
export const profiles = {
  smoke: { runs: 2 },
  standard: { runs: usualRuns },
  thorough: { runs: 200 },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;

/** What a run leaves out because the user said so. */
export interface Scope {
  readonly operations: readonly Operation[];
  readonly events: readonly EventType[];
  /** Each omitted requirement with the reason that was given. */
  readonly omitted: ReadonlyMap<RequirementId, string>;
}

/**
 * Applies the declared omissions to contract and register. A requirement is omitted by its id, by
 * its area, or because all that it concerns is omitted.
 *
 * @throws Breakdown when an omission names what doesn't exist: it would omit less than it says
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
    `The target's description omits ${name}, but no ${kind} is called so. Correct the name.`,
  );
