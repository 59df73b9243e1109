import { readGenerated, type EventType, type OperationId } from './contract.ts';
import type { RequirementId } from './generated/requirement-ids.ts';

export type { RequirementId };
export type Level = 'MUST' | 'SHOULD';

/** A deviation from the contract that the ambient checks accept. */
export interface Permit {
  readonly operations: readonly (OperationId | '*')[];
  /** A status in addition to those of the contract. */
  readonly status?: number;
  /** The status of the contract whose schema the response then has. */
  readonly as?: number;
  /** The error code of the refusal; `any` allows every code. */
  readonly code?: string;
  /** A header that may be absent. */
  readonly header?: string;
  readonly absent?: true;
  /** The statuses on which the header may be absent. */
  readonly onStatus?: readonly number[];
}

/** One statement of the documentation (MUST), or one decision where it is silent (SHOULD). */
export interface Requirement {
  readonly id: RequirementId;
  readonly area: string;
  readonly level: Level;
  /** The section of the documentation, and the location in it. */
  readonly source: string;
  readonly statement: string;
  /** The version of the suite in which it first existed. */
  readonly since: string;
  readonly concerns: readonly (OperationId | EventType | 'all' | 'events')[];
  readonly covers?: readonly string[];
  readonly why?: string;
  /** The refusal that the decision describes. */
  readonly permits?: Permit;
  readonly alternatives?: readonly { readonly statement: string; readonly permits?: Permit }[];
  /** Why no client can see it. */
  readonly unobservable?: string;
}

/** Reads the register, ordered by id. */
export const readRegister = (): readonly Requirement[] =>
  readGenerated('requirements.json') as Requirement[];
