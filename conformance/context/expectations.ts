import type { Contract, EventType } from '../../openapi/contract.ts';
import type { RequirementId } from '../../openapi/register.ts';
import { formFlawOf } from '../contract/bodies.ts';
import type { Acceptances } from '../contract/permitted-responses.ts';
import { errorCodeOf, type Exchange } from '../http/exchange.ts';

/** What rules expect of a response; each throws a {@link Nonconformity} when it doesn't hold. */
export interface Expectations {
  /**
   * The operation succeeded, with the contract's status or a permitted one, and the body has the
   * form that a rule needs to go on.
   */
  success: (exchange: Exchange) => void;
  /** It was refused with this status and its code in the contract. */
  refusal: (exchange: Exchange, status: number) => void;
  /** It was refused with one of these statuses, where no order of checks is documented. */
  refusalAmong: (exchange: Exchange, statuses: readonly number[]) => void;
}

export const createExpectations = (contract: Contract, acceptances: Acceptances): Expectations => ({
  success: (exchange) => {
    const { operation, response, json } = exchange;
    const accepted = operation && acceptances.of(operation, response.status);
    if (!accepted?.success) {
      const { success } = contract.operations[operationOf(exchange)];
      const expected = `${String(success)} for ${nameOf(exchange)}`;
      throw new Nonconformity(expected, describeResponse(exchange), {
        ...{ exchange, wanted: 'success' },
      });
    }
    const media = accepted.response?.content['application/json'];
    const flaw = media && formFlawOf(contract)(media.schema, json);
    if (flaw === undefined) return;
    const expected = `a response of ${nameOf(exchange)} in its documented form`;
    throw new Nonconformity(expected, `${describeResponse(exchange)} where ${flaw}`, {
      ...{ exchange, wanted: 'form' },
    });
  },
  refusal: (exchange, status) => {
    expectRefusal(contract, exchange, [status]);
  },
  refusalAmong: (exchange, statuses) => {
    expectRefusal(contract, exchange, statuses);
  },
});

const expectRefusal = (
  contract: Contract,
  exchange: Exchange,
  statuses: readonly number[],
): void => {
  const { responses } = contract.operations[operationOf(exchange)];
  const wanted = statuses.map((status) => ({ status, codes: responses[status]?.codes ?? [] }));
  const code = errorCodeOf(exchange.json);
  const { status } = exchange.response;
  if (wanted.some((one) => one.status === status && one.codes.includes(code ?? ''))) return;
  const expected = wanted.map((one) => `${String(one.status)} ${one.codes.join('/')}`).join(' or ');
  throw new Nonconformity(`${expected} for ${nameOf(exchange)}`, describeResponse(exchange), {
    ...{ exchange, wanted: 'refusal' },
  });
};

/** Expects the same JSON, in any order of keys. */
export const expectEqual = (actual: unknown, expected: unknown, what: string): void => {
  if (canonical(actual) === canonical(expected)) return;
  throw new Nonconformity(`${what} ${brief(expected)}`, brief(actual));
};

/** Expects a condition; `actual` is called only when it doesn't hold. */
export const expectThat = (holds: boolean, expected: string, actual: () => unknown): void => {
  if (holds) return;
  const found = actual();
  throw new Nonconformity(expected, typeof found === 'string' ? found : brief(found));
};

const operationOf = ({ operation, request }: Exchange) => {
  if (operation) return operation;
  throw new Error(`${request.method} ${request.url} is not an operation of the contract.`);
};

const nameOf = ({ operation, request }: Exchange): string =>
  operation ?? `${request.method} ${new URL(request.url).pathname}`;

const describeResponse = ({ response, json }: Exchange): string => {
  const code = errorCodeOf(json);
  return code === undefined ? String(response.status) : `${String(response.status)} ${code}`;
};

const brief = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
};

const canonical = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, inner: unknown): unknown =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** How a property was falsified: enough to repeat the case. */
export interface Falsification {
  readonly seed: number;
  /** fast-check's path to the smallest counterexample. */
  readonly path: string;
  /** The generated values, as text. */
  readonly values: string;
  /** How many simpler cases were tried on the way. */
  readonly shrinks: number;
}

/** The one part that is not as expected; empty where that is more than one. */
export interface FaultyPart {
  /** The exchange with the faulty response. */
  readonly exchange?: Exchange;
  /** The event that did not arrive. */
  readonly missing?: EventType;
  /** What was expected of that exchange. */
  readonly wanted?: 'success' | 'form' | 'refusal';
}

/**
 * The target does not do what a requirement says. Any other error while a rule runs is one of the
 * suite or the network.
 */
export class Nonconformity extends Error {
  readonly expected: string;
  readonly actual: string;
  readonly judged: FaultyPart;
  exchanges: readonly Exchange[] = [];
  /** What it is about, where the rule has gone on since. */
  about: readonly RequirementId[] | undefined;
  falsification: Falsification | undefined;

  constructor(expected: string, actual: string, judged: FaultyPart = {}) {
    super(`Expected ${expected}, but got ${actual}.`);
    this.expected = expected;
    this.actual = actual;
    this.judged = judged;
  }
}

/** The value as text: a string as it is, anything else as JSON, `nothing` for undefined. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value);
