import type { Facts } from './facts.ts';

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
