import type { OperationId } from '../../../../openapi/contract.ts';
import type { Handlers } from '../fault.ts';

/** What the handler of an operation gets: the parts of the request, and the organisation. */
export type Asked<Id extends OperationId> = Parameters<Handlers[Id]>[0];

/** The body of a reply, in a form that can be bent. */
export type LooseBody<Id extends OperationId> = Loose<ReturnType<Handlers[Id]>['body']>;

type Loose<T> = T extends object ? { -readonly [Key in keyof T]: Loose<T[Key]> } : T;

type AnyHandle = (asked: unknown) => { readonly body: unknown };

/** Bends what a handler replies; what the server keeps stays as it is. */
export const bendReply =
  <Id extends OperationId>(
    operation: Id,
    bend: (body: LooseBody<Id>, asked: Asked<Id>) => void,
  ): ((own: Handlers) => Partial<Handlers>) =>
  (own) => {
    const handle = own[operation] as AnyHandle;
    const bent: AnyHandle = (asked) => {
      const body = structuredClone(handle(asked).body);
      bend(body as LooseBody<Id>, asked as Asked<Id>);
      return { body };
    };
    return { [operation]: bent };
  };

/** Bends what a handler is asked, such as the fields of a body or the parameters of a query. */
export const bendAsked =
  <Id extends OperationId>(
    operation: Id,
    bend: (asked: Asked<Id>) => Partial<Record<keyof Asked<Id>, unknown>>,
  ): ((own: Handlers) => Partial<Handlers>) =>
  (own) => {
    const handle = own[operation] as AnyHandle;
    const bent: AnyHandle = (asked) => {
      const whole = asked as Asked<Id>;
      return handle({ ...whole, ...bend(whole) });
    };
    return { [operation]: bent };
  };
