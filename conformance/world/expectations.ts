import type { Contract } from '../../openapi/contract.ts';
import type { Acceptances } from './acceptance.ts';
import { formFlawOf } from './answer-form.ts';
import type { Exchange } from './exchange.ts';
import { Nonconformity } from './nonconformity.ts';

/** What rules say of an answer; each throws a {@link Nonconformity} when it isn't so. */
export interface Expectations {
  /**
   * The operation did what it was asked, with the contract's status or a permitted one, and its
   * answer has the form that lets a rule go on with it.
   */
  success: (exchange: Exchange) => void;
  /** It was refused with this status and the code that the contract gives to it. */
  refusal: (exchange: Exchange, status: number) => void;
  /** It was refused with one of these statuses: where no order of checks is documented. */
  refusalAmong: (exchange: Exchange, statuses: readonly number[]) => void;
}

export const createExpectations = (contract: Contract, acceptances: Acceptances): Expectations => ({
  success: (exchange) => {
    const { operation, response, json } = exchange;
    const accepted = operation && acceptances.of(operation, response.status);
    if (!accepted?.success) {
      const { success } = contract.operations[operationOf(exchange)];
      const expected = `${String(success)} for ${name(exchange)}`;
      throw new Nonconformity(expected, told(exchange), { exchange });
    }
    const media = accepted.response?.content['application/json'];
    const flaw = media && formFlawOf(contract)(media.schema, json);
    if (flaw === undefined) return;
    const expected = `an answer of ${name(exchange)} in its documented form`;
    throw new Nonconformity(expected, `${told(exchange)} where ${flaw}`, { exchange });
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
  throw new Nonconformity(`${expected} for ${name(exchange)}`, told(exchange), { exchange });
};

/** The stable code of an error body; undefined when there is none. */
export const errorCodeOf = (json: unknown): string | undefined => {
  const code = (json as { error?: { code?: unknown } } | null | undefined)?.error?.code;
  return typeof code === 'string' ? code : undefined;
};

/** Both are the same JSON, whatever the order of keys. */
export const expectEqual = (actual: unknown, expected: unknown, what: string): void => {
  if (canonical(actual) === canonical(expected)) return;
  throw new Nonconformity(`${what} ${brief(expected)}`, brief(actual));
};

/** Says in one go what must hold; `actual` is only asked for when it doesn't. */
export const expectThat = (holds: boolean, expected: string, actual: () => unknown): void => {
  if (holds) return;
  const found = actual();
  throw new Nonconformity(expected, typeof found === 'string' ? found : brief(found));
};

const operationOf = ({ operation, request }: Exchange) => {
  if (operation) return operation;
  throw new Error(`${request.method} ${request.url} is not an operation of the contract.`);
};

const name = ({ operation, request }: Exchange): string =>
  operation ?? `${request.method} ${new URL(request.url).pathname}`;

const told = ({ response, json }: Exchange): string => {
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
