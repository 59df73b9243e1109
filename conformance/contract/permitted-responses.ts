import type { Contract, ContractResponse, OperationId } from '../../openapi/contract.ts';
import type { Permit, Requirement, RequirementId } from '../../openapi/register.ts';

/** What contract and register say about a response with one status. */
export interface Acceptance {
  /** Whether the operation succeeded. */
  readonly success: boolean;
  /** The contract's response that describes the body; undefined where only a permit allows it. */
  readonly response: ContractResponse | undefined;
  /** The error codes that the body may have; undefined for any. */
  readonly codes: readonly string[] | undefined;
  /** Whether the contract has the status; otherwise only the register's alternatives allow it. */
  readonly decided: boolean;
}

/** The responses that contract and register together allow. */
export interface Acceptances {
  /** Undefined when neither has the status. */
  of: (operation: OperationId, status: number) => Acceptance | undefined;
  /** Whether a response may be without this header. */
  mayLack: (operation: OperationId, status: number, header: string) => boolean;
  /** The statuses with which an operation may refuse a request that the decision is about, sorted. */
  refusals: (operation: OperationId, decision: RequirementId) => readonly number[];
}

/**
 * The contract decides on one response where the documentation leaves several open: the register's
 * alternatives are accepted too.
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

/** The decision about refusals that the table of errors doesn't describe. */
const undescribed = 'LG-ERR-023';

/** The refusals that each decision and its alternatives allow. */
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

/** The codes of the contract and of permits; undefined when a permit leaves them open. */
const widen = (
  codes: readonly string[],
  permits: readonly Permit[],
): readonly string[] | undefined => {
  if (permits.some(({ code, as }) => code === 'any' || (code === undefined && as === undefined))) {
    return undefined;
  }
  return [...codes, ...permits.flatMap(({ code }) => code ?? [])];
};
