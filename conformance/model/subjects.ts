import type { OperationId } from '../../openapi/contract.ts';
import type { RequirementId } from '../../openapi/register.ts';
import type { RefusalReason } from '../assertions/refusals.ts';
import type { RuleContext } from '../context/context.ts';
import type { RawRequest } from '../http/client.ts';

/*
 * The model compares many facts for many rules. Before each comparison it says what it compares, and
 * the rule knows which of its requirements that is about.
 */

/** What the model compares. */
export type Part =
  /** A valid request is accepted; so is one with an address that is free, or that is its own. */
  | ('accepted' | 'freeAddress' | 'ownAddress' | 'linkedAgain')
  /** A request is refused: as invalid, for lack of a scope, or of another organisation. */
  | ('refused' | 'forbidden' | 'foreign')
  /** A new resource is new, and a new dossier has one contact. */
  | ('created' | 'ownContact')
  /** A resource is retrieved, or is gone. */
  | ('retrieved' | 'deletedContact')
  /** A field is there, and then its value. */
  | ('dossierShown' | 'dossier' | 'contactShown' | 'contact')
  /** The stage of a dossier is in its flow; the id in the response to an update. */
  | ('ownFlow' | 'updatedId')
  /** The number of dossiers of a contact. */
  | 'count'
  /** The contacts of a dossier, their roles and names, and which one is primary. */
  | ('links' | 'role' | 'linkedName' | 'onePrimary' | 'primary')
  /** The notes of a dossier, a field of one, their order, and the place of a new one. */
  | ('notes' | 'note' | 'noteOrder' | 'lastNote')
  /** A list: full pages, nothing twice, what it has and lacks, its total. */
  | ('page' | 'once' | 'members' | 'total')
  /** Whether a contact is found by a word. */
  | 'found'
  /** The flows, which don't change. */
  | 'flows';

/** A comparison. */
export interface Subject {
  readonly part: Part;
  readonly operation?: OperationId;
  readonly request?: RawRequest;
  /** Why a request is refused. */
  readonly reasons?: readonly RefusalReason[];
  readonly field?: string;
  /** Where it is shown. */
  readonly place?: string;
  /** The expected value. */
  readonly expected?: unknown;
  /** The names of the filters of a list. */
  readonly filters?: readonly string[];
}

/** Says what is compared next. */
export type SaySubject = (subject: Subject) => void;

type Requirements = readonly RequirementId[];

/**
 * The requirements that a rule compares each part for; `rest` for the parts that it doesn't name.
 */
export type ModelRequirements = Readonly<
  Partial<Record<Part | 'rest', Requirements | ((subject: Subject) => Requirements)>>
>;

/** For comparisons that no rule distinguishes. */
export const saidByNobody: SaySubject = () => undefined;

/** Without requirements, a failure is about what the rule said last. */
export const subjectsOf = (
  { about }: Pick<RuleContext, 'about'>,
  requirements: ModelRequirements | undefined,
): SaySubject => {
  if (!requirements) return saidByNobody;
  return (subject) => {
    const known = requirements[subject.part] ?? requirements.rest ?? [];
    about(...(typeof known === 'function' ? known(subject) : known));
  };
};
