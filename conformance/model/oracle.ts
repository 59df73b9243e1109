import { expectEqual } from '../context/expectations.ts';

/** How a contact is linked to a dossier; undefined is open. */
export interface LinkFacts {
  role: string | undefined;
  primary: boolean | undefined;
}

export interface NoteFacts {
  readonly id: string;
  readonly content: string;
  readonly is_internal: boolean;
}

export interface DossierFacts {
  readonly id: string;
  readonly type: string;
  /** The ids of the stages of its flow. */
  readonly stages: readonly string[];
  readonly facts: Facts;
  /** By the id of the contact, in the order of linking. */
  readonly links: Map<string, LinkFacts>;
  /** The contacts that were on it, and were taken off. */
  readonly former: Set<string>;
  /** In the order in which they were added. */
  readonly notes: NoteFacts[];
}

/**
 * What an organisation should hold by now, as the documentation has it. It knows nothing of HTTP,
 * and nothing of any server: it is told what was asked for and granted, and says what follows.
 */
export interface Oracle {
  readonly dossiers: Map<string, DossierFacts>;
  /** By id; a contact whose fields are open is one that came with a dossier. */
  readonly contacts: Map<string, Facts>;
  /** The ids of contacts that were deleted. */
  readonly deleted: string[];
  /** Whether archived dossiers count in `dossier_count`; undefined until an answer shows it. */
  archivedCount: boolean | undefined;
  /** How many contacts there may be besides: those of creations that were refused (LG-ERR-028). */
  strays: number;
  /** The id of the first contact: a text that nobody else has, however full the organisation is. */
  tag: string | undefined;
  /** How many things were made, so that each can have a name of its own. */
  made: number;
  /** Whether the decisions of the register are what should happen, or one reading of several. */
  readonly decided: boolean;
  /** What a fact is that only a decision settles: open, unless decisions are what should happen. */
  readonly decide: <Value>(decision: Value) => Value | undefined;
}

export const createOracle = (decided = false): Oracle => ({
  dossiers: new Map(),
  contacts: new Map(),
  deleted: [],
  archivedCount: decided ? true : undefined,
  strays: 0,
  tag: undefined,
  made: 0,
  decided,
  decide: (decision) => (decided ? decision : undefined),
});

/** What is known of a contact; nothing of one that isn't there. */
export const factsOf = ({ contacts }: Oracle, contact: string): Facts =>
  contacts.get(contact) ?? new Map<string, unknown>();

/** The dossiers that a contact is linked to. */
export const dossiersOf = ({ dossiers }: Oracle, contact: string): DossierFacts[] =>
  [...dossiers.values()].filter(({ links }) => links.has(contact));

/**
 * What is known of a thing, field by field. A field that isn't in it is open: the documentation
 * leaves several values possible, until an answer shows which one the target chose.
 */
export type Facts = Map<string, unknown>;

/** A thing as some answer shows it. */
export interface ShownThing {
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
export const expectFacts = (facts: Facts, sight: ShownThing): void => {
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
export const learn = (
  facts: Facts,
  { shown }: Pick<ShownThing, 'shown'>,
  names: readonly string[],
) => {
  for (const name of names) {
    if (!facts.has(name) && shown[name] !== undefined) facts.set(name, shown[name]);
  }
};

/** Makes fields open again. */
export const reopen = (facts: Facts, names: readonly string[]): void => {
  for (const name of names) facts.delete(name);
};
