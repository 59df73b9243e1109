import { expectEqual } from '../../world/expectations.ts';

/**
 * What is known of a thing, field by field. A field that isn't in it is open: the documentation
 * leaves several values possible, until an answer shows which one the target chose.
 */
export type Facts = Map<string, unknown>;

/** A thing as some answer shows it. */
export interface Sight {
  /** Where it is shown, for the reader of a failure. */
  readonly place: string;
  readonly shown: Readonly<Record<string, unknown>>;
  /** The fields that this answer must show where they have a value. */
  readonly required: readonly string[];
  /** The fields that may be kept elsewhere, and have no value here then. */
  readonly elsewhere?: ReadonlySet<string>;
  /** What of a value no decision touches. */
  readonly comparable: (name: string, value: unknown) => unknown;
}

/** What is shown contradicts nothing that is known, and leaves out nothing that must be shown. */
export const expectFacts = (facts: Facts, sight: Sight): void => {
  const { place, shown, required, elsewhere, comparable } = sight;
  for (const [name, value] of facts) {
    const seen = shown[name];
    if (seen === undefined && (value === null || !required.includes(name))) continue;
    if (seen === null && elsewhere?.has(name)) continue;
    const known = comparable(name, value) ?? null;
    expectEqual(comparable(name, seen) ?? null, known, `${name} in ${place}`);
  }
};

/** Takes up what is shown of these fields where they are open: from now on it holds. */
export const learn = (facts: Facts, { shown }: Pick<Sight, 'shown'>, names: readonly string[]) => {
  for (const name of names) {
    if (!facts.has(name) && shown[name] !== undefined) facts.set(name, shown[name]);
  }
};

/** Makes fields open again. */
export const forget = (facts: Facts, names: readonly string[]): void => {
  for (const name of names) facts.delete(name);
};
