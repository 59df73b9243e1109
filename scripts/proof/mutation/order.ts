/** What is known of a rule from the run without a mutant. */
export interface Measured {
  readonly id: string;
  /** Milliseconds. */
  readonly duration: number;
}

const pipeline = [
  ...['errors', 'requests', 'authentication', 'plans', 'scopes', 'limits', 'pagination', 'ambient'],
];

/** Folders of the server whose rules have other names; the files at its top are the pipeline's. */
const kin: Readonly<Record<string, readonly string[]>> = {
  '': pipeline,
  http: pipeline,
  dossiers: ['dossiers', 'changes', 'archiving', 'cv'],
  state: ['pagination', 'errors', 'concurrency'],
};

/** What a quick look takes of the rules. */
const few = { related: 14, others: 10 };

interface Choice {
  /** Of the mutant. */
  readonly file: string;
  /** Rules that have found a mutant in this file, the last one first. */
  readonly killers: readonly string[];
  /** Whether a few rules are enough: those that are the likeliest to find something. */
  readonly quick?: boolean;
}

/**
 * Puts rules in the order that finds a fault soonest: those that have found one in the same file
 * before; those of the same subject, the cheapest first; and of the other subjects in turn.
 */
export const chooseRules = <Rule extends Measured>(
  rules: readonly Rule[],
  { file, killers, quick = false }: Choice,
): Rule[] => {
  const folder = /reference-server\/(\w+)\//.exec(file)?.[1] ?? '';
  const near = kin[folder] ?? [folder];
  const cheapest = [...rules].sort((one, other) => one.duration - other.duration);
  const found = killers.flatMap((killer) => cheapest.filter(({ id }) => id === killer));
  const rest = cheapest.filter((rule) => !found.includes(rule));
  const related = rest.filter(({ id }) => near.includes(subjectOf(id)));
  const others = inTurn(rest.filter((rule) => !related.includes(rule)));
  if (!quick) return [...found, ...related, ...others];
  return [...found, ...related.slice(0, few.related), ...others.slice(0, few.others)];
};

/** The first of each subject, then the second of each, and so on. */
const inTurn = <Rule extends Measured>(rules: readonly Rule[]): Rule[] => {
  const seen = new Map<string, number>();
  return rules
    .map((rule) => {
      const place = seen.get(subjectOf(rule.id)) ?? 0;
      seen.set(subjectOf(rule.id), place + 1);
      return { rule, place };
    })
    .sort((one, other) => one.place - other.place)
    .map(({ rule }) => rule);
};

const subjectOf = (id: string): string => id.slice(0, id.indexOf('/'));
