import { onOverlap } from '../../../../../conformance/faults/concurrency.ts';
import { onJsonBody } from '../../../../../conformance/faults/inject.ts';
import { findByEmail } from '../../../../../reference-server/contacts/rules.ts';
import { Refusal } from '../../../../../reference-server/http/refusals.ts';
import { at, type FaultyServer, faultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import {
  afterOperation,
  allowDuplicateEmails,
  type AnyCall,
  beforeOperation,
} from '../../inject/handlers.ts';

const duplicate = () => new Refusal('duplicate_contact', 'A contact has this address.');

const emailIn = ({ body }: AnyCall): string | undefined =>
  typeof body['email'] === 'string' ? body['email'] : undefined;

/** Faults in the uniqueness of e-mail addresses. */
export const emailFaults: readonly FaultyServer[] = [
  faultyServer(
    'contacts/twins-by-name',
    'LG-CON-032',
    'takes an address for another under another name',
    ({ own }) =>
      allowDuplicateEmails(
        own,
        ({ holder, call: { params, body } }) =>
          params['id'] === undefined && holder.full_name !== body['full_name'],
      ),
  ),
  faultyServer(
    'contacts/case-of-hosts',
    'LG-CON-033',
    'folds the case of the host alone',
    ({ own }) =>
      allowDuplicateEmails(own, ({ email, holder }) => {
        const [name] = email.split('@');
        return name !== holder.email?.split('@')[0];
      }),
  ),
  faultyServer(
    'contacts/turkish-case',
    'LG-CON-033',
    'folds letter case as Turkish does',
    ({ own }) =>
      allowDuplicateEmails(
        own,
        ({ email, holder }) =>
          email.toLocaleLowerCase('tr') !== holder.email?.toLocaleLowerCase('tr'),
      ),
  ),
  faultyServer(
    'contacts/one-address-for-all',
    'LG-CON-035',
    'knows the addresses of other organisations',
    ({ own, state }) => ({
      handlers: beforeOperation('createContact', (call) => {
        const email = emailIn(call);
        const all = [...state.organizations.rows];
        if (email !== undefined && all.some((one) => findByEmail(one, email))) throw duplicate();
      })(own),
    }),
  ),
  at(
    ['updateContact'],
    faultyServer(
      'contacts/one-address-for-changes',
      'LG-CON-035',
      'looks for the new address of a contact in all organisations',
      ({ own, state }) => ({
        handlers: beforeOperation('updateContact', (call) => {
          const email = emailIn(call);
          const { organization } = call;
          const others = [...state.organizations.rows].filter(({ id }) => id !== organization.id);
          if (email !== undefined && others.some((one) => findByEmail(one, email)))
            throw duplicate();
        })(own),
      }),
    ),
  ),
  faultyServer(
    'contacts/dossier-contacts-unchecked',
    'LG-CON-032',
    'gives a new contact the address of one who came with a dossier',
    ({ own }) => {
      const came = new Set<unknown>();
      const twice = allowDuplicateEmails(own, ({ holder, call }) => {
        return call.params['id'] === undefined && came.has(holder.id);
      });
      const note = afterOperation('createDossier', ({ organization: { links }, body }, { id }) => {
        const contact = links.by('dossier', String(id)).at(0)?.contact_id;
        if (body['contact_id'] === undefined) came.add(contact);
      });
      return { ...twice, handlers: { ...twice.handlers, ...note(own) } };
    },
  ),
  inHandlers(
    'contacts/addresses-as-patterns',
    'LG-CON-030',
    'looks for an address as for a pattern, in which an underscore is a wildcard',
    beforeOperation('createContact', (call) => {
      const email = emailIn(call);
      if (email === undefined) return;
      const literally = email.replaceAll(/[^\w@]/g, '\\$&');
      const pattern = new RegExp(`^${literally.replaceAll('_', '.')}$`, 'i');
      const taken = [...call.organization.contacts.rows].map((one) => one.email ?? '');
      if (taken.some((one) => pattern.test(one))) throw duplicate();
    }),
  ),
  inHandlers(
    'contacts/one-initial-without-address',
    'LG-CON-036',
    'holds two contacts without an address for the same one if their names begin alike',
    beforeOperation('createContact', (call) => {
      const { contacts } = call.organization;
      const names = [...contacts.rows].filter(({ email }) => email === null);
      const alike = names.some(
        ({ full_name }) => full_name[0] === String(call.body['full_name'])[0],
      );
      if (emailIn(call) === undefined && alike) throw duplicate();
    }),
  ),
  faultyServer(
    'contacts/change-in-other-case',
    'LG-CON-060',
    'compares a new address exactly',
    ({ own }) =>
      allowDuplicateEmails(
        own,
        ({ email, holder, call }) => call.params['id'] !== undefined && email !== holder.email,
      ),
  ),
  faultyServer(
    'contacts/younger-holders',
    'LG-CON-060',
    'looks for a new address among those who came before the contact',
    ({ own }) =>
      allowDuplicateEmails(own, ({ holder, call: { params, organization } }) => {
        const ids = [...organization.contacts.rows].map(({ id }) => id);
        return params['id'] !== undefined && ids.indexOf(holder.id) > ids.indexOf(params['id']);
      }),
  ),
];

const lower = (text: string): string => text.toLowerCase();

/** Faults in e-mail addresses that are unchanged, given up, or of deleted contacts. */
export const ownEmailFaults: readonly FaultyServer[] = [
  inHandlers(
    'contacts/own-address-in-other-case',
    'LG-CON-061',
    'takes an address in another letter case for somebody else’s, though it is its own',
    beforeOperation('updateContact', (call) => {
      const email = emailIn(call);
      const own = call.organization.contacts.get(call.params['id'] ?? '')?.email;
      if (email && own && email !== own && lower(email) === lower(own)) throw duplicate();
    }),
  ),
  inHandlers(
    'contacts/kept-for-changes',
    'LG-CON-062',
    'keeps an address that was given up from others',
    (own) => {
      const givenUp = new Map<string, string>();
      return beforeOperation('updateContact', (call) => {
        const {
          organization,
          params: { id = '' },
        } = call;
        const [email, former] = [emailIn(call), organization.contacts.get(id)?.email];
        if (email !== undefined && (givenUp.get(lower(email)) ?? id) !== id) throw duplicate();
        if (email !== undefined && former) givenUp.set(lower(former), id);
      })(own);
    },
  ),
  inHandlers(
    'contacts/buried-with-address',
    'LG-CON-078',
    'keeps the address of a deleted contact from others',
    (own) => {
      const buried = new Set<string>();
      const bury = beforeOperation('deleteContact', ({ organization, params: { id = '' } }) => {
        const email = organization.contacts.get(id)?.email;
        if (email) buried.add(lower(email));
      });
      const refuse = beforeOperation('createContact', (call) => {
        if (buried.has(lower(emailIn(call) ?? ''))) throw duplicate();
      });
      return { ...bury(own), ...refuse(own) };
    },
  ),
  at(
    ['updateContact'],
    inHandlers(
      'contacts/buried-for-changes',
      'LG-CON-078',
      'keeps the address of a deleted contact from changes',
      (own) => {
        const buried = new Set<string>();
        const bury = beforeOperation('deleteContact', ({ organization, params: { id = '' } }) => {
          const email = organization.contacts.get(id)?.email;
          if (email) buried.add(lower(email));
        });
        const refuse = beforeOperation('updateContact', (call) => {
          if (buried.has(lower(emailIn(call) ?? ''))) throw duplicate();
        });
        return { ...bury(own), ...refuse(own) };
      },
    ),
  ),
];

/** For how many milliseconds requests count as simultaneous. */
const overlapTime = 50;

const addressIn = async (request: Request): Promise<string> =>
  /"email":"([^"]*)"/.exec(await request.clone().text())?.[1]?.toLowerCase() ?? '';

/** Faults in requests that compete for an e-mail address. */
export const emailRaceFaults: readonly FaultyServer[] = [
  onWire(
    'contacts/changes-race',
    'LG-CON-034',
    'looks before it changes an address, and lets others in between',
    onOverlap(['updateContact'], ({ request, sent }, response) => {
      const { headers } = response;
      const id = request.url.split('/').at(-1);
      const body = JSON.stringify({ data: { id, ...sent } });
      return response.status === 409 ? new Response(body, { status: 200, headers }) : undefined;
    }),
  ),
  faultyServer(
    'contacts/dossiers-race',
    'LG-CON-034',
    'gives a new contact the address of a dossier that came at that moment',
    ({ own }) => {
      const latest = new Set<string>();
      const twice = allowDuplicateEmails(own, ({ email, call }) => {
        return call.params['id'] === undefined && latest.has(email.toLowerCase());
      });
      return {
        ...twice,
        wire: (fetch, name) => async (request) => {
          const isDossier = name(request.method, request.url) === 'createDossier';
          const address = isDossier && request.body !== null ? await addressIn(request) : '';
          if (address) latest.add(address);
          const response = await (twice.wire?.(fetch, name) ?? fetch)(request);
          setTimeout(() => latest.delete(address), overlapTime);
          return response;
        },
      };
    },
  ),
  onWire(
    'contacts/refused-and-created',
    'LG-CON-032',
    'creates who is refused for an address, without it',
    (fetch, name) => async (request) => {
      const again = request.clone();
      const response = await fetch(request);
      const isCreation = name(again.method, again.url) === 'createContact';
      if (response.status !== 409 || !isCreation) return response;
      await onJsonBody(['createContact'], ({ email: _, ...sent }) => sent)(fetch, name)(again);
      return response;
    },
  ),
];
