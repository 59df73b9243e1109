import type { Contract, OperationId } from '../../openapi/contract.ts';
import type { operations } from '../../openapi/generated/types.ts';
import type { Clock } from '../runtime/services.ts';
import type { Organization } from '../state/organization.ts';
import type { PageRequest } from '../state/page.ts';

/** What openapi-typescript writes for an operation. */
export interface OperationShape {
  parameters: { path?: unknown; query?: unknown };
  requestBody?: unknown;
  responses: object;
}

/** A request as the contract describes it; by the time it is handed over, it is valid. */
export interface RequestOf<Op extends OperationShape> {
  readonly params: Readonly<NonNullable<Op['parameters']['path']>>;
  readonly query: Readonly<WithDefaults<NonNullable<Op['parameters']['query']>>>;
  /** The fields of the body, whether they came as JSON or as a form. */
  readonly body: BodyOf<Op>;
  /** The files of a form by the names of their fields. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The page of a list always has a value: the contract gives the parameters defaults. */
type WithDefaults<Query> = Omit<Query, keyof PageRequest> &
  Required<Pick<Query, keyof Query & keyof PageRequest>>;

type BodyOf<Op> = Op extends { requestBody: { content: { 'application/json': infer Body } } }
  ? Readonly<Body>
  : undefined;

/** The body that the contract gives to success. */
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

/** What a handler answers with; the status is the contract's. */
export interface HandlerResult<Body> {
  readonly body: Body;
}

export const ok = <Body>(body: Body): HandlerResult<Body> => ({ body });

/** What a handler works with beside the request. */
export interface HandlerContext {
  /** The caller's organisation, the only one within reach. */
  readonly organization: Organization;
  readonly contract: Contract;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Does one operation: synchronously, inside a transaction. Key, plan, rate, scope and input were
 * looked at before. It refuses by throwing a Refusal; whatever it throws, nothing has changed.
 */
export type Handler<Id extends OperationId> = (
  request: RequestOf<operations[Id]> & HandlerContext,
) => HandlerResult<SuccessOf<operations[Id]>>;

/** A handler of whatever operation, for those who only pass requests on. */
export type AnyHandler = (request: never) => HandlerResult<unknown>;

export type OperationHandlers = { readonly [Id in OperationId]: Handler<Id> };
