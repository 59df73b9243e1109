import type { Contract, ContractResponse, OperationId } from '../../openapi/contract.ts';
import type { Permit, Requirement, RequirementId } from '../../openapi/register.ts';

/** How an answer stands to contract and register, by its status. */
export interface Acceptance {
  /** Whether the operation did what it was asked. */
  readonly success: boolean;
  /** The contract's response that describes the body; undefined where only a permit allows it. */
  readonly response: ContractResponse | undefined;
  /** The error codes that the body may give; undefined leaves them open. */
  readonly codes: readonly string[] | undefined;
  /** Whether contract says it, or only the register's alternatives allow it. */
  readonly decided: boolean;
}

/** What contract and register together allow to be answered. */
export interface Acceptances {
  /** Undefined when neither knows the status. */
  of: (operation: OperationId, status: number) => Acceptance | undefined;
  mayLack: (operation: OperationId, status: number, header: string) => boolean;
  /** The statuses with which an operation may refuse what a decision is about. */
  refusals: (operation: OperationId, decision: RequirementId) => readonly number[];
}

/**
 * The contract shows one answer where the documentation leaves several: there the register's
 * alternatives count as right too.
 */
export const readAcceptances = (
  contract: Contract,
  register: readonly Requirement[],
): Acceptances => {
  const permits = register.flatMap((requirement) =>
    (requirement.alternatives ?? []).flatMap((alternative) => alternative.permits ?? []),
  );
  const permitsOf = (operation: OperationId): Permit[] =>
    permits.filter((permit) => permit.operations.some((id) => id === '*' || id === operation));
  return {
    refusals: createRefusals(register),
    of: (operation, status) => {
      const { responses, success } = contract.operations[operation];
      const permitted = permitsOf(operation).filter((permit) => permit.status === status);
      const decided = responses[status];
      if (decided) {
        const codes = status === success ? undefined : widen(decided.codes, permitted);
        return { success: status === success, response: decided, codes, decided: true };
      }
      const [permit] = permitted;
      if (!permit) return undefined;
      const alike = permit.as === undefined ? undefined : responses[permit.as];
      const codes = permit.as === success ? undefined : widen(alike?.codes ?? [], permitted);
      return { success: permit.as === success, response: alike, codes, decided: false };
    },
    mayLack: (operation, status, header) =>
      permitsOf(operation).some(
        (permit) =>
          permit.absent === true &&
          permit.header?.toLowerCase() === header.toLowerCase() &&
          (permit.onStatus?.includes(status) ?? true),
      ),
  };
};

/** What is answered to a refusal that the table of errors doesn't describe. */
const undescribed = 'LG-ERR-023';

/** Reads which refusals each decision allows, itself and by its alternatives. */
const createRefusals = (register: readonly Requirement[]): Acceptances['refusals'] => {
  const statusesOf = (id: RequirementId, operation: OperationId): number[] => {
    const entry = register.find((one) => one.id === id);
    return [entry, ...(entry?.alternatives ?? [])]
      .flatMap((holder) => holder?.permits ?? [])
      .filter(({ operations }) => operations.some((one) => one === '*' || one === operation))
      .flatMap(({ status, as }) => (status === undefined || as !== undefined ? [] : [status]));
  };
  return (operation, decision) => {
    const own = statusesOf(decision, operation);
    const others = own.includes(400) ? statusesOf(undescribed, operation) : [];
    return [...new Set([...own, ...others])].sort((one, other) => one - other);
  };
};

/** The codes that the contract gives, and those that permits add; undefined leaves them open. */
const widen = (
  codes: readonly string[],
  permits: readonly Permit[],
): readonly string[] | undefined => {
  if (permits.some(({ code, as }) => code === 'any' || (code === undefined && as === undefined))) {
    return undefined;
  }
  return [...codes, ...permits.flatMap(({ code }) => code ?? [])];
};
