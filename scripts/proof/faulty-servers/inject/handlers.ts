import { onResponse } from '../../../../conformance/faults/inject.ts';
import type { OperationId } from '../../../../openapi/contract.ts';
import { findByEmail } from '../../../../reference-server/contacts/rules.ts';
import { ok } from '../../../../reference-server/http/handler.ts';
import type { Clock } from '../../../../reference-server/runtime/services.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import { pageNewestFirst, type PageRequest } from '../../../../reference-server/state/page.ts';
import type { Contact, Dossier, Flow } from '../../../../reference-server/state/records.ts';
import type { Handlers, Injection } from '../faulty-server.ts';

/** A resource or a body, which can be changed. */
export type Item = Record<string, unknown>;

/** The call of the handler of any operation; `body` has no fields where there was none. */
export interface AnyCall {
  readonly organization: Organization;
  readonly clock: Clock;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Item> & PageRequest;
  readonly body: Readonly<Item>;
}

type ReplaceHandlers = (own: Handlers) => Partial<Handlers>;
type AnyHandler = (call: AnyCall) => { readonly body: unknown };

const aroundHandlers =
  (operations: readonly OperationId[], wrap: (handle: AnyHandler) => AnyHandler): ReplaceHandlers =>
  (own) =>
    Object.fromEntries(operations.map((one) => [one, wrap(own[one] as unknown as AnyHandler)]));

/** Changes the data in responses, each item of a list. */
export const changeItems = (
  operations: readonly OperationId[],
  inject: (item: Item, call: AnyCall) => void,
): ReplaceHandlers =>
  aroundHandlers(operations, (handle) => (call) => {
    const body = structuredClone(handle(call).body) as { data: Item | Item[] };
    for (const item of [body.data].flat()) inject(item, call);
    return { body };
  });

/** Changes request bodies. */
export const changeBody = (
  operations: readonly OperationId[],
  inject: (sent: Readonly<Item>, call: AnyCall) => Item,
): ReplaceHandlers =>
  aroundHandlers(
    operations,
    (handle) => (call) => handle({ ...call, body: inject(call.body, call) }),
  );

/** Changes which items a list has over all of its pages. */
export const changeList = (
  operation: OperationId,
  choose: (items: Item[], call: AnyCall) => Item[],
): ReplaceHandlers =>
  aroundHandlers([operation], (handle) => (call) => {
    const { page, per_page } = call.query;
    const everything = { ...call.query, page: 1, per_page: Number.MAX_SAFE_INTEGER };
    const whole = structuredClone(handle({ ...call, query: everything }).body) as { data: Item[] };
    const chosen = choose(whole.data, call);
    const data = chosen.slice((page - 1) * per_page, page * per_page);
    return { body: { data, meta: { total: chosen.length, page, per_page } } };
  });

/** Does something after an operation, in the same transaction. */
export const afterOperation = (
  operation: OperationId,
  act: (call: AnyCall, shown: Readonly<Item>) => void,
): ReplaceHandlers =>
  aroundHandlers([operation], (handle) => (call) => {
    const { body } = handle(call);
    act(call, (body as { data: Item }).data);
    return { body };
  });

/** Does something before an operation; it may throw a refusal. */
export const beforeOperation = (
  operation: OperationId,
  act: (call: AnyCall) => void,
): ReplaceHandlers =>
  aroundHandlers([operation], (handle) => (call) => {
    act(call);
    return handle(call);
  });

/** The call of the handler of one operation: the parts of the request, and the organisation. */
export type CallOf<Id extends OperationId> = Parameters<Handlers[Id]>[0];

/** The body of a reply, which can be changed. */
export type ReplyBody<Id extends OperationId> = Mutable<ReturnType<Handlers[Id]>['body']>;

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;

type ReplyHandler = (call: unknown) => { readonly body: unknown };

/** Changes the reply of a handler; the state doesn't change. */
export const changeReply =
  <Id extends OperationId>(
    operation: Id,
    inject: (body: ReplyBody<Id>, call: CallOf<Id>) => void,
  ): ((own: Handlers) => Partial<Handlers>) =>
  (own) => {
    const handle = own[operation] as ReplyHandler;
    const injection: ReplyHandler = (call) => {
      const body = structuredClone(handle(call).body);
      inject(body as ReplyBody<Id>, call as CallOf<Id>);
      return { body };
    };
    return { [operation]: injection };
  };

/** Changes the call of a handler, for example body fields or query parameters. */
export const changeCall =
  <Id extends OperationId>(
    operation: Id,
    inject: (call: CallOf<Id>) => Partial<Record<keyof CallOf<Id>, unknown>>,
  ): ((own: Handlers) => Partial<Handlers>) =>
  (own) => {
    const handle = own[operation] as ReplyHandler;
    const injection: ReplyHandler = (call) => {
      const whole = call as CallOf<Id>;
      return handle({ ...whole, ...inject(whole) });
    };
    return { [operation]: injection };
  };

type Query = CallOf<'listDossiers'>['query'];

/** Lists the dossiers that pass this filter instead, the newest first. */
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

/** Whether a dossier passes the filters, without the ignored ones. */
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
  readonly call: AnyCall;
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
  const inject = changeBody(['createContact', 'updateContact'], (sent, call) => {
    const { email } = sent;
    const holder = contactWithEmail(call.organization, email, call.params['id']);
    if (!holder || typeof email !== 'string' || !isFree({ email, holder, call })) {
      return { ...sent };
    }
    twins += 1;
    return { ...sent, email: `${email}.twin${String(twins)}` };
  });
  return {
    handlers: inject(own),
    wire: onResponse('all', (answer) => {
      answer.body = JSON.parse(
        JSON.stringify(answer.body).replaceAll(duplicateMark, ''),
      ) as unknown;
    }),
  };
};
