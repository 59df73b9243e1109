import type { Level, Requirement, RequirementId } from '../../openapi/register.ts';
import type { ReportedCounterexample, ReportedFinding, ReportedRule } from './report.ts';

export interface FindingOptions {
  readonly register: readonly Requirement[];
  /** The rules in their order, basic ones first, with how many of the faulty servers each catches. */
  readonly order: readonly Breadth[];
  /** The ids of rules that don't count in the verdict, since they are newer than it asks for. */
  readonly newer: readonly string[];
}

/** A rule, and the number of faulty servers that it catches: one that fails often tells little. */
export interface Breadth {
  readonly id: string;
  readonly catches: readonly [added: number, breadth: number];
}

/** A failed rule, as far as its cause is concerned. */
interface Symptom {
  readonly id: string;
  readonly level: Level;
  readonly requirements: readonly RequirementId[];
  /** The operation whose response was not as expected. */
  readonly operation: string | null;
  /** Whether a step that the rule needed failed, and not what it is about. */
  readonly preparation: boolean;
  /** Failures that share one of these have one cause. */
  readonly causes: readonly string[];
  /** The operations of its exchanges. */
  readonly operations: ReadonlySet<string>;
  readonly exchanges: number;
  readonly breadth: number;
  /** Whether it is about events, which follow from what requests do. */
  readonly aboutEvents: boolean;
  /** Its place in the order of the rules. */
  readonly rank: number;
}

interface Group {
  readonly first: Symptom;
  readonly all: Symptom[];
  readonly perhaps: Symptom[];
}

/**
 * Groups failed rules by their cause, and ranks the causes: narrow and short ones first, as what is
 * long and broad mostly fails in consequence. Deviations from decisions come after failures.
 */
export const findCauses = (
  rules: readonly ReportedRule[],
  { register, order, newer }: FindingOptions,
): ReportedFinding[] => {
  const ranks = new Map(order.map(({ id, catches: [, breadth] }, rank) => [id, { rank, breadth }]));
  const unknown = { rank: order.length, breadth: 1 };
  const symptoms = rules
    .filter(({ id }) => !newer.includes(id))
    .flatMap((rule) => toSymptom(rule, ranks.get(rule.id) ?? unknown))
    .sort(byTelling);
  const found: Group[] = [];
  for (const group of groupByCause(symptoms)) {
    const cause = found.find((one) => explains(one.first, group.first));
    if (cause) cause.perhaps.push(...group.all);
    else found.push(group);
  }
  const known = new Map(register.map((one) => [one.id, one]));
  return found.map((group) => toFinding(group, known));
};

const toSymptom = (
  rule: ReportedRule,
  { rank, breadth }: { readonly rank: number; readonly breadth: number },
): Symptom[] => {
  const { id, level, accuses: requirements, outcome, counterexample, known } = rule;
  if (outcome !== 'failed' || counterexample === null || known !== null) return [];
  const { operation, missing, preparation, exchanges, earlier } = counterexample;
  return [
    {
      ...{ id, level, requirements, operation, preparation, rank, breadth },
      aboutEvents: missing !== null || requirements.every((one) => /^LG-(WEB|SIG)-/.test(one)),
      causes: causesOf(requirements, counterexample),
      operations: new Set(exchanges.flatMap((one) => one.operation ?? [])),
      exchanges: exchanges.length + earlier,
    },
  ];
};

/** The telling ones first. */
const byTelling = (one: Symptom, other: Symptom): number => {
  const [mine, theirs] = [weigh(one), weigh(other)];
  const index = mine.findIndex((weight, at) => weight !== theirs[at]);
  return (mine[index] ?? 0) - (theirs[index] ?? 0);
};

/** Compared in turn. */
const weigh = (one: Symptom): readonly number[] => [
  Number(one.level === 'SHOULD'),
  Number(one.preparation),
  Number(one.aboutEvents),
  one.requirements.length * (one.breadth + 3),
  one.exchanges,
  one.rank,
];

const groupByCause = (symptoms: readonly Symptom[]): Group[] => {
  const groups: Group[] = [];
  const known = new Map<string, Group>();
  for (const one of symptoms) {
    const found = one.causes.flatMap((cause) => known.get(cause) ?? [])[0];
    const group = found ?? { first: one, all: [], perhaps: [] };
    if (!found) groups.push(group);
    group.all.push(one);
    for (const cause of one.causes) if (!known.has(cause)) known.set(cause, group);
  }
  return groups;
};

/** The same event is missing, the same step fails, the same is broken, or the same is expected. */
const causesOf = (
  requirements: readonly RequirementId[],
  { operation, missing, step, expected, actual }: ReportedCounterexample,
): string[] => {
  if (missing !== null) return [missing];
  if (step) return [[operation, actual].join(' ')];
  return [
    requirements.toSorted().join(' '),
    [operation, withoutValues(expected), withoutValues(actual)].join(' '),
  ];
};

/** A message without what differs between two runs of the same check. */
const withoutValues = (text: string): string =>
  text.replaceAll(/"[^"]*"|\b[\da-f]{8}-[\da-f-]{27}\b|\d+/g, '…');

/** Whether one cause may be behind a broader or longer failure. */
const explains = (narrow: Symptom, broad: Symptom): boolean => {
  if (narrow.requirements.every((id) => broad.requirements.includes(id))) return true;
  if (narrow.aboutEvents && !broad.aboutEvents) return false;
  // Each deviation is a decision of its own.
  if (broad.level === 'SHOULD' || narrow.operation === null) return false;
  return broad.operations.has(narrow.operation) && broad.breadth >= 2 * narrow.breadth;
};

const toFinding = (
  { first, all, perhaps }: Group,
  register: ReadonlyMap<string, Requirement>,
): ReportedFinding => {
  const others = all.filter((one) => one !== first);
  const ids = (symptoms: readonly Symptom[]) => symptoms.map(({ id }) => id);
  return {
    ...{ rule: first.id, level: first.level, requirements: first.requirements },
    title: titleOf(first.requirements.flatMap((id) => register.get(id) ?? [])),
    operation: first.operation,
    seenBy: ids(others.filter(({ preparation }) => !preparation)),
    blocked: ids(others.filter(({ preparation }) => preparation)),
    perhaps: ids(perhaps),
  };
};

/** What is broken; of a decision, what the target does in its place, where only one thing is legal. */
const titleOf = ([first]: readonly Requirement[]): string => {
  if (!first) return '';
  const { level, statement, alternatives = [] } = first;
  const [only, another] = alternatives;
  if (level === 'MUST') return statement;
  return only && !another ? only.statement : `Not as decided: ${statement}`;
};
