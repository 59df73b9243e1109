import { expectEqual } from '../context/expectations.ts';
import { saidByNobody, type SaySubject } from './subjects.ts';

/** A link; undefined values are open. */
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
  /** The contacts that were linked before and were unlinked. */
  readonly former: Set<string>;
  /** In the order in which they were added. */
  readonly notes: NoteFacts[];
}

/**
 * The expected state of an organisation, according to the documentation. It doesn't know HTTP or
 * any server: successful requests are recorded in it.
 */
export interface Oracle {
  readonly dossiers: Map<string, DossierFacts>;
  /** By id; a contact with open fields was created with a dossier. */
  readonly contacts: Map<string, Facts>;
  /** The ids of contacts that were deleted. */
  readonly deleted: string[];
  /** Whether `dossier_count` includes archived dossiers; undefined until a response shows it. */
  archivedCount: boolean | undefined;
  /** The maximum number of unknown contacts, left by refused creations (LG-ERR-028). */
  unknownItems: number;
  /** The id of the first contact, as a text that occurs nowhere else in the organisation. */
  tag: string | undefined;
  /** The number of resources so far, for unique names. */
  made: number;
  /** Whether the decisions of the register are expected, or all alternatives are accepted. */
  readonly decided: boolean;
  /** A fact that only a decision settles: open, unless decisions are expected. */
  readonly decide: <Value>(decision: Value) => Value | undefined;
}

export const createOracle = (decided = false): Oracle => ({
  dossiers: new Map(),
  contacts: new Map(),
  deleted: [],
  archivedCount: decided ? true : undefined,
  unknownItems: 0,
  tag: undefined,
  made: 0,
  decided,
  decide: (decision) => (decided ? decision : undefined),
});

/** The known fields of a contact; empty for an unknown one. */
export const factsOf = ({ contacts }: Oracle, contact: string): Facts =>
  contacts.get(contact) ?? new Map<string, unknown>();

/** The dossiers that a contact is linked to. */
export const dossiersOf = ({ dossiers }: Oracle, contact: string): DossierFacts[] =>
  [...dossiers.values()].filter(({ links }) => links.has(contact));

/**
 * The known values of a resource by field. A missing field is open: several values are permitted
 * until a response shows which one the target uses.
 */
export type Facts = Map<string, unknown>;

/** A resource in a response. */
export interface ShownThing {
  /** What it is: a dossier or a contact. */
  readonly kind: 'dossier' | 'contact';
  /** Where it is shown, for messages. */
  readonly place: string;
  readonly shown: Readonly<Record<string, unknown>>;
  /** The fields that this response must show if they have a value. */
  readonly required: readonly string[];
  /** The fields that may be kept elsewhere, and then have no value here. */
  readonly elsewhere?: ReadonlySet<string>;
  /** Normalises what only decisions settle. */
  readonly comparable: (name: string, value: unknown) => unknown;
}

/** The response contradicts no known value, and leaves out no required field. */
export const expectFacts = (
  facts: Facts,
  sight: ShownThing,
  say: SaySubject = saidByNobody,
): void => {
  const { kind, place, shown, required, elsewhere, comparable } = sight;
  for (const [name, value] of facts) {
    const seen = shown[name];
    if (seen === undefined && (value === null || !required.includes(name))) continue;
    if (seen === null && elsewhere?.has(name)) continue;
    const known = comparable(name, value) ?? null;
    const subject = { field: name, place, expected: value };
    say({ part: `${kind}Shown`, ...subject });
    if (seen === undefined) expectEqual(null, known, `${name} in ${place}`);
    say({ part: kind, ...subject });
    expectEqual(comparable(name, seen) ?? null, known, `${name} in ${place}`);
  }
};

/** Records the open fields from a response: from now on they are known. */
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
