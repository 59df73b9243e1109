import { onResponse } from '../../../../conformance/faults/inject.ts';
import type { OperationId } from '../../../../openapi/contract.ts';
import { findByEmail } from '../../../../reference-server/contacts/rules.ts';
import { ok } from '../../../../reference-server/http/handler.ts';
import type { Clock } from '../../../../reference-server/runtime/services.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import { pageNewestFirst, type PageRequest } from '../../../../reference-server/state/page.ts';
import type { Contact, Dossier, Flow } from '../../../../reference-server/state/records.ts';
import type { Handlers, Injection } from '../faulty-server.ts';

/** What a server shows, or is sent, in a form that is easily bent. */
export type Item = Record<string, unknown>;

/** What a handler of whatever operation is asked; `body` has no fields where there was none. */
export interface AnyCall {
  readonly organization: Organization;
  readonly clock: Clock;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Item> & PageRequest;
  readonly body: Readonly<Item>;
}

type ReplaceHandlers = (own: Handlers) => Partial<Handlers>;
type AnyHandler = (asked: AnyCall) => { readonly body: unknown };

const aroundHandlers =
  (operations: readonly OperationId[], wrap: (handle: AnyHandler) => AnyHandler): ReplaceHandlers =>
  (own) =>
    Object.fromEntries(operations.map((one) => [one, wrap(own[one] as unknown as AnyHandler)]));

/** Bends what operations show, item by item where that is a list. */
export const changeItems = (
  operations: readonly OperationId[],
  bend: (item: Item, asked: AnyCall) => void,
): ReplaceHandlers =>
  aroundHandlers(operations, (handle) => (asked) => {
    const body = structuredClone(handle(asked).body) as { data: Item | Item[] };
    for (const item of [body.data].flat()) bend(item, asked);
    return { body };
  });

/** Passes on other bodies than were sent. */
export const changeBody = (
  operations: readonly OperationId[],
  bend: (sent: Readonly<Item>, asked: AnyCall) => Item,
): ReplaceHandlers =>
  aroundHandlers(
    operations,
    (handle) => (asked) => handle({ ...asked, body: bend(asked.body, asked) }),
  );

/** Chooses anew which items a list has over its pages, of those that it should have. */
export const changeList = (
  operation: OperationId,
  choose: (items: Item[], asked: AnyCall) => Item[],
): ReplaceHandlers =>
  aroundHandlers([operation], (handle) => (asked) => {
    const { page, per_page } = asked.query;
    const everything = { ...asked.query, page: 1, per_page: Number.MAX_SAFE_INTEGER };
    const whole = structuredClone(handle({ ...asked, query: everything }).body) as { data: Item[] };
    const chosen = choose(whole.data, asked);
    const data = chosen.slice((page - 1) * per_page, page * per_page);
    return { body: { data, meta: { total: chosen.length, page, per_page } } };
  });

/** Does something more, in the same transaction, after an operation was done. */
export const afterOperation = (
  operation: OperationId,
  act: (asked: AnyCall, shown: Readonly<Item>) => void,
): ReplaceHandlers =>
  aroundHandlers([operation], (handle) => (asked) => {
    const { body } = handle(asked);
    act(asked, (body as { data: Item }).data);
    return { body };
  });

/** Does something before an operation is done; it may refuse it. */
export const beforeOperation = (
  operation: OperationId,
  act: (asked: AnyCall) => void,
): ReplaceHandlers =>
  aroundHandlers([operation], (handle) => (asked) => {
    act(asked);
    return handle(asked);
  });

/** What the handler of an operation gets: the parts of the request, and the organisation. */
export type CallOf<Id extends OperationId> = Parameters<Handlers[Id]>[0];

/** The body of a reply, in a form that can be bent. */
export type ReplyBody<Id extends OperationId> = Mutable<ReturnType<Handlers[Id]>['body']>;

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;

type ReplyHandler = (asked: unknown) => { readonly body: unknown };

/** Bends what a handler replies; what the server keeps stays as it is. */
export const changeReply =
  <Id extends OperationId>(
    operation: Id,
    bend: (body: ReplyBody<Id>, asked: CallOf<Id>) => void,
  ): ((own: Handlers) => Partial<Handlers>) =>
  (own) => {
    const handle = own[operation] as ReplyHandler;
    const bent: ReplyHandler = (asked) => {
      const body = structuredClone(handle(asked).body);
      bend(body as ReplyBody<Id>, asked as CallOf<Id>);
      return { body };
    };
    return { [operation]: bent };
  };

/** Bends what a handler is asked, such as the fields of a body or the parameters of a query. */
export const changeCall =
  <Id extends OperationId>(
    operation: Id,
    bend: (asked: CallOf<Id>) => Partial<Record<keyof CallOf<Id>, unknown>>,
  ): ((own: Handlers) => Partial<Handlers>) =>
  (own) => {
    const handle = own[operation] as ReplyHandler;
    const bent: ReplyHandler = (asked) => {
      const whole = asked as CallOf<Id>;
      return handle({ ...whole, ...bend(whole) });
    };
    return { [operation]: bent };
  };

type Query = CallOf<'listDossiers'>['query'];

/** Lists other dossiers than those that pass the filters: the newest first, and counted. */
export const listDossiersBy =
  (
    passes: (dossier: Dossier, query: Query, organization: Organization) => boolean,
  ): ((own: Handlers) => Partial<Handlers>) =>
  () => ({
    listDossiers: ({ organization, query }) =>
      ok(
        pageNewestFirst(organization.dossiers.rows, query, (one) =>
          passes(one, query, organization),
        ),
      ),
  });

/** Whether a dossier passes the filters, but for those that are overlooked. */
export const passesFilters = (
  { type, status, current_stage_id }: Dossier,
  query: Query,
  ...overlooked: readonly (keyof Query)[]
): boolean => {
  const agrees = (name: 'type' | 'status' | 'stage_id', value: string) =>
    overlooked.includes(name) || (query[name] ?? value) === value;
  return agrees('type', type) && agrees('status', status) && agrees('stage_id', current_stage_id);
};

/** Changes what the server keeps of a dossier, past all that it looks after. */
export const rewriteDossier = (
  { dossiers }: Organization,
  id: string,
  changes: Partial<Dossier>,
): Dossier => {
  const before = dossiers.get(id);
  if (!before) throw new Error(`There is no dossier ${id} to rewrite.`);
  const after = { ...before, ...changes };
  dossiers.replace(after);
  return after;
};

/** The flow that a dossier is in. */
export const flowOf = ({ flows }: Organization, { flow_id }: Pick<Dossier, 'flow_id'>): Flow => {
  const flow = flows.get(flow_id);
  if (!flow) throw new Error(`There is no flow ${flow_id}.`);
  return flow;
};

/** The same body without one of its fields. */
export const withoutField = <Body extends object>(body: Body, field: keyof Body): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));

/** Somebody wants an address that another contact has. */
export interface EmailClash {
  readonly email: string;
  readonly holder: Contact;
  readonly asked: AnyCall;
}

/** What hangs on an address whose twin the server has already; nobody sees it. */
const duplicateMark = /\.twin\d+(?=")/g;

const contactWithEmail = (organization: Organization, email: unknown, own?: string) => {
  const holder = typeof email === 'string' ? findByEmail(organization, email) : undefined;
  return holder?.id === own ? undefined : holder;
};

/** A server that gives some addresses twice: its tables wouldn't, and so they are marked there. */
export const allowDuplicateEmails = (
  own: Handlers,
  isFree: (clash: EmailClash) => boolean,
): Injection => {
  let twins = 0;
  const bend = changeBody(['createContact', 'updateContact'], (sent, asked) => {
    const { email } = sent;
    const holder = contactWithEmail(asked.organization, email, asked.params['id']);
    if (!holder || typeof email !== 'string' || !isFree({ email, holder, asked })) {
      return { ...sent };
    }
    twins += 1;
    return { ...sent, email: `${email}.twin${String(twins)}` };
  });
  return {
    handlers: bend(own),
    wire: onResponse('all', (answer) => {
      answer.body = JSON.parse(
        JSON.stringify(answer.body).replaceAll(duplicateMark, ''),
      ) as unknown;
    }),
  };
};
