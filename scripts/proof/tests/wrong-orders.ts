import { contactKinds } from '../../../conformance/contract/resources.ts';
import { type OperationId, readContract } from '../../../openapi/contract.ts';
import type { Handlers } from '../faulty-servers/faulty-server.ts';
import {
  afterOperation,
  changeBody,
  changeList,
  changeReply,
  flowOf,
  type Item,
} from '../faulty-servers/inject/handlers.ts';
import {
  byLength,
  byNaturalText,
  byNumber,
  byText,
  byThenBy,
  reversed,
  type SortOrder,
} from '../faulty-servers/inject/sort-orders.ts';

type Inject = (own: Handlers) => Partial<Handlers>;

/** A rule about a decided order, and wrong orders that it must notice. */
interface Case {
  readonly rule: string;
  readonly orders: Readonly<Record<string, Inject>>;
}

/** Sorts a list across its pages; equal items keep their order. */
const sort = (operation: OperationId, ...keys: readonly SortOrder[]): Inject =>
  changeList(operation, (items) => items.sort(keys.reduce(byThenBy)));

const reverse = (operation: OperationId): Inject =>
  changeList(operation, (items) => items.reverse());

/** Sorts by the latest creation or update, the last one first. */
const latestChangeFirst =
  (list: OperationId, writes: readonly OperationId[]): Inject =>
  (own) => {
    const changes: unknown[] = [];
    const remember = writes.map((one) => afterOperation(one, (_, { id }) => void changes.push(id)));
    const rank = ({ id }: Item): number => changes.lastIndexOf(id);
    const choose = changeList(list, (items) => items.sort((a, b) => rank(b) - rank(a)));
    return Object.assign(
      choose(own),
      ...remember.map((inject) => inject(own)),
    ) as Partial<Handlers>;
  };

/** Each order, ascending and descending. */
const bothWays = (
  operation: OperationId,
  orders: Readonly<Record<string, SortOrder>>,
  first?: SortOrder,
): Record<string, Inject> =>
  Object.fromEntries(
    Object.entries(orders).flatMap(([name, order]) => {
      const before = first ? [first] : [];
      return [
        [`by ${name}`, sort(operation, ...before, order)],
        [`by ${name}, descending`, sort(operation, ...before, reversed(order))],
      ];
    }),
  );

const startBy = (order: SortOrder): Inject =>
  changeReply('createDossier', ({ data }, { organization }) => {
    const { stages } = flowOf(organization, data as { flow_id: string });
    const [first] = [...(stages as unknown as Item[])].sort(order);
    data.current_stage_id = String(first?.['id']);
  });

const sendKinds = (reorder: (kinds: string[]) => string[]): Inject =>
  changeBody(['createContact', 'updateContact'], (body) =>
    Array.isArray(body['kind'])
      ? { ...body, kind: reorder([...new Set(body['kind'] as string[])]) }
      : { ...body },
  );

const documentedKinds: readonly string[] = contactKinds(readContract());

const defaultsFirst = reversed(byNumber('is_default'));
const primaryFirst = reversed(byNumber('is_primary'));
const byStages: SortOrder = (one, other) =>
  (one['stages'] as unknown[]).length - (other['stages'] as unknown[]).length;

const latest = { second: byText('created_at') };

export const wrongSortOrders: readonly Case[] = [
  {
    rule: 'notes/same-moment',
    orders: {
      ...bothWays('listDossierNotes', {
        text: byText('content'),
        'text and numbers': byNaturalText('content'),
        length: byLength('content'),
        id: byText('id'),
        reader: byNumber('is_internal'),
      }),
      'by moment, then id': sort('listDossierNotes', latest.second, byText('id')),
      'by moment, then text': sort('listDossierNotes', latest.second, byText('content')),
      'the latest first': reverse('listDossierNotes'),
    },
  },
  {
    rule: 'pagination/newest-first',
    orders: {
      ...bothWays('listDossiers', {
        name: byText('name'),
        'name in any case': byNaturalText('name'),
        company: byText('company'),
        type: byText('type'),
        id: byText('id'),
        stage: byText('current_stage_id'),
      }),
      'the oldest first': reverse('listDossiers'),
      'by moment, then id': sort('listDossiers', reversed(latest.second), byText('id')),
      'by latest change': latestChangeFirst('listDossiers', ['createDossier', 'updateDossier']),
    },
  },
  {
    rule: 'contacts/newest-first',
    orders: {
      ...bothWays('listContacts', {
        name: byText('full_name'),
        'name in any case': byNaturalText('full_name'),
        company: byText('company'),
        kind: byText('kind'),
        id: byText('id'),
      }),
      'the oldest first': reverse('listContacts'),
      'by moment, then id': sort('listContacts', reversed(latest.second), byText('id')),
      'by latest change': latestChangeFirst('listContacts', ['createContact', 'updateContact']),
    },
  },
  {
    rule: 'flows/default-first',
    orders: {
      ...bothWays(
        'listFlows',
        {
          name: byText('name'),
          'name in any case': byNaturalText('name'),
          type: byText('type'),
          id: byText('id'),
          'number of stages': byStages,
        },
        defaultsFirst,
      ),
      'the default last': sort('listFlows', byNumber('is_default')),
      'the latest first': reverse('listFlows'),
      'the default in no special place': (own) => ({
        listFlows: (call) => {
          const { rows } = call.organization.flows;
          const asMade = changeList('listFlows', (items) =>
            [...rows].flatMap(({ id }) => items.filter((one) => one['id'] === id)),
          );
          return asMade(own).listFlows?.(call) ?? own.listFlows(call);
        },
      }),
    },
  },
  {
    rule: 'links/order',
    orders: {
      ...bothWays(
        'listDossierContacts',
        {
          name: byText('full_name'),
          'name in any case': byNaturalText('full_name'),
          company: byText('company'),
          role: byText('role_on_dossier'),
          id: byText('contact_id'),
        },
        primaryFirst,
      ),
      'the primary last': sort('listDossierContacts', byNumber('is_primary')),
      'the latest first': (own) =>
        changeList('listDossierContacts', (items) => items.reverse().sort(primaryFirst))(own),
      ...Object.fromEntries(
        [1, -1].map((sign) => [
          `by creation of the contacts, ${sign > 0 ? 'ascending' : 'descending'}`,
          changeList('listDossierContacts', (items, { organization }) => {
            const made = [...organization.contacts.rows].map(({ id }) => id);
            const place = (one: Item) => made.indexOf(String(one['contact_id']));
            return items.sort(byThenBy(primaryFirst, (a, b) => sign * (place(a) - place(b))));
          }),
        ]),
      ),
    },
  },
  {
    rule: 'contacts/kinds-in-order',
    orders: {
      'by letters': sendKinds((kinds) => kinds.sort()),
      'by letters, descending': sendKinds((kinds) => kinds.sort().reverse()),
      'the last one first': sendKinds((kinds) => kinds.reverse()),
      'as documented': sendKinds((kinds) => documentedKinds.filter((one) => kinds.includes(one))),
    },
  },
  {
    rule: 'dossiers/given-flow-first-stage',
    orders: {
      'the first name': startBy(byText('name')),
      'the last name': startBy(reversed(byText('name'))),
      'the first id': startBy(byText('id')),
      'the position as text': startBy(byText('position')),
      'the greatest position': startBy(reversed(byNumber('position'))),
      'the smallest chance': startBy(byNumber('win_probability')),
    },
  },
];
