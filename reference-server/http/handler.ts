import type { Contract, OperationId } from '../../openapi/contract.ts';
import type { operations } from '../../openapi/generated/types.ts';
import type { Clock } from '../runtime/services.ts';
import type { Organization } from '../state/organization.ts';
import type { PageRequest } from '../state/page.ts';

/** The type that openapi-typescript generates for an operation. */
export interface OperationShape {
  parameters: { path?: unknown; query?: unknown };
  requestBody?: unknown;
  responses: object;
}

/** A request as the contract describes it; it is validated before a handler receives it. */
export interface RequestOf<Op extends OperationShape> {
  readonly params: Readonly<NonNullable<Op['parameters']['path']>>;
  readonly query: Readonly<WithDefaults<NonNullable<Op['parameters']['query']>>>;
  /** The fields of the body, from JSON or from a form. */
  readonly body: BodyOf<Op>;
  /** The files of a form by field name. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The page parameters of a list always have a value: the contract gives them defaults. */
type WithDefaults<Query> = Omit<Query, keyof PageRequest> &
  Required<Pick<Query, keyof Query & keyof PageRequest>>;

type BodyOf<Op> = Op extends { requestBody: { content: { 'application/json': infer Body } } }
  ? Readonly<Body>
  : undefined;

/** The body of a successful response in the contract. */
export type SuccessOf<Op extends OperationShape> = Op['responses'][SuccessStatus<
  Op['responses']
>] extends {
  content: { 'application/json': infer Body };
}
  ? ReadonlyDeep<Body>
  : undefined;

type SuccessStatus<Responses> = {
  [Status in keyof Responses]: Status extends number
    ? `${Status}` extends `2${string}`
      ? Status
      : never
    : never;
}[keyof Responses];

type ReadonlyDeep<T> = T extends object ? { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> } : T;

/** What a handler returns; the status is the contract's. */
export interface HandlerResult<Body> {
  readonly body: Body;
}

export const ok = <Body>(body: Body): HandlerResult<Body> => ({ body });

/** What a handler receives in addition to the request. */
export interface HandlerContext {
  /** The caller's organisation, the only one that a handler can reach. */
  readonly organization: Organization;
  readonly contract: Contract;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Performs one operation, synchronously inside a transaction. API key, plan, rate limit, scopes and
 * input are checked before. It refuses by throwing a Refusal; whatever it throws, nothing changes.
 */
export type Handler<Id extends OperationId> = (
  request: RequestOf<operations[Id]> & HandlerContext,
) => HandlerResult<SuccessOf<operations[Id]>>;

/** A handler of any operation, for code that only passes requests on. */
export type AnyHandler = (request: never) => HandlerResult<unknown>;

export type OperationHandlers = { readonly [Id in OperationId]: Handler<Id> };
