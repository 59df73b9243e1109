import type { OperationId } from '../../../../openapi/contract.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import type { PageRequest } from '../../../../reference-server/state/page.ts';
import type { Clock } from '../../../../reference-server/services.ts';
import type { Handlers } from '../fault.ts';

/** What a server shows, or is sent, in a form that is easily bent. */
export type Item = Record<string, unknown>;

/** What a handler of whatever operation is asked; `body` has no fields where there was none. */
export interface AskedAnything {
  readonly organization: Organization;
  readonly clock: Clock;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Item> & PageRequest;
  readonly body: Readonly<Item>;
}

type Bend = (own: Handlers) => Partial<Handlers>;
type AnyHandle = (asked: AskedAnything) => { readonly body: unknown };

const around =
  (operations: readonly OperationId[], wrap: (handle: AnyHandle) => AnyHandle): Bend =>
  (own) =>
    Object.fromEntries(operations.map((one) => [one, wrap(own[one] as unknown as AnyHandle)]));

/** Bends what operations show, item by item where that is a list. */
export const bendShown = (
  operations: readonly OperationId[],
  bend: (item: Item, asked: AskedAnything) => void,
): Bend =>
  around(operations, (handle) => (asked) => {
    const body = structuredClone(handle(asked).body) as { data: Item | Item[] };
    for (const item of [body.data].flat()) bend(item, asked);
    return { body };
  });

/** Passes on other bodies than were sent. */
export const bendSent = (
  operations: readonly OperationId[],
  bend: (sent: Readonly<Item>, asked: AskedAnything) => Item,
): Bend =>
  around(operations, (handle) => (asked) => handle({ ...asked, body: bend(asked.body, asked) }));

/** Chooses anew which items a list has over its pages, of those that it should have. */
export const rechoose = (
  operation: OperationId,
  choose: (items: Item[], asked: AskedAnything) => Item[],
): Bend =>
  around([operation], (handle) => (asked) => {
    const { page, per_page } = asked.query;
    const everything = { ...asked.query, page: 1, per_page: Number.MAX_SAFE_INTEGER };
    const whole = structuredClone(handle({ ...asked, query: everything }).body) as { data: Item[] };
    const chosen = choose(whole.data, asked);
    const data = chosen.slice((page - 1) * per_page, page * per_page);
    return { body: { data, meta: { total: chosen.length, page, per_page } } };
  });

/** Does something more, in the same transaction, after an operation was done. */
export const andThen = (
  operation: OperationId,
  act: (asked: AskedAnything, shown: Readonly<Item>) => void,
): Bend =>
  around([operation], (handle) => (asked) => {
    const { body } = handle(asked);
    act(asked, (body as { data: Item }).data);
    return { body };
  });

/** Does something before an operation is done; it may refuse it. */
export const before = (operation: OperationId, act: (asked: AskedAnything) => void): Bend =>
  around([operation], (handle) => (asked) => {
    act(asked);
    return handle(asked);
  });
