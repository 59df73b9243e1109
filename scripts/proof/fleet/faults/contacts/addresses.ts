import { findByEmail } from '../../../../../reference-server/contacts/rules.ts';
import { Refusal } from '../../../../../reference-server/http/refusal.ts';
import { andThen, before, type AskedAnything } from '../../bend/shown.ts';
import { giveTwice } from '../../bend/twins.ts';
import { at, fault, inHandlers, type Fault } from '../../fault.ts';

const duplicate = () => new Refusal('duplicate_contact', 'A contact has this address.');

const emailIn = ({ body }: AskedAnything): string | undefined =>
  typeof body['email'] === 'string' ? body['email'] : undefined;

/** What is wrong with the addresses of contacts. */
export const addresses: readonly Fault[] = [
  fault(
    'contacts/twins-by-name',
    'LG-CON-032',
    'takes an address for another under another name',
    ({ own }) =>
      giveTwice(
        own,
        ({ holder, asked: { params, body } }) =>
          params['id'] === undefined && holder.full_name !== body['full_name'],
      ),
  ),
  fault('contacts/case-of-hosts', 'LG-CON-033', 'folds the case of the host alone', ({ own }) =>
    giveTwice(own, ({ email, holder }) => {
      const [name] = email.split('@');
      return name !== holder.email?.split('@')[0];
    }),
  ),
  fault('contacts/turkish-case', 'LG-CON-033', 'folds letter case as Turkish does', ({ own }) =>
    giveTwice(
      own,
      ({ email, holder }) =>
        email.toLocaleLowerCase('tr') !== holder.email?.toLocaleLowerCase('tr'),
    ),
  ),
  fault(
    'contacts/one-address-for-all',
    'LG-CON-035',
    'knows the addresses of other organisations',
    ({ own, state }) => ({
      handlers: before('createContact', (asked) => {
        const email = emailIn(asked);
        const all = [...state.organizations.rows];
        if (email !== undefined && all.some((one) => findByEmail(one, email))) throw duplicate();
      })(own),
    }),
  ),
  at(
    ['updateContact'],
    fault(
      'contacts/one-address-for-changes',
      'LG-CON-035',
      'looks for the new address of a contact in all organisations',
      ({ own, state }) => ({
        handlers: before('updateContact', (asked) => {
          const email = emailIn(asked);
          const { organization } = asked;
          const others = [...state.organizations.rows].filter(({ id }) => id !== organization.id);
          if (email !== undefined && others.some((one) => findByEmail(one, email)))
            throw duplicate();
        })(own),
      }),
    ),
  ),
  fault(
    'contacts/dossier-contacts-unchecked',
    'LG-CON-032',
    'gives a new contact the address of one who came with a dossier',
    ({ own }) => {
      const came = new Set<unknown>();
      const twice = giveTwice(own, ({ holder, asked }) => {
        return asked.params['id'] === undefined && came.has(holder.id);
      });
      const note = andThen('createDossier', ({ organization: { links }, body }, { id }) => {
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
    before('createContact', (asked) => {
      const email = emailIn(asked);
      if (email === undefined) return;
      const literally = email.replaceAll(/[^\w@]/g, '\\$&');
      const pattern = new RegExp(`^${literally.replaceAll('_', '.')}$`, 'i');
      const taken = [...asked.organization.contacts.rows].map((one) => one.email ?? '');
      if (taken.some((one) => pattern.test(one))) throw duplicate();
    }),
  ),
  inHandlers(
    'contacts/one-initial-without-address',
    'LG-CON-036',
    'holds two contacts without an address for the same one if their names begin alike',
    before('createContact', (asked) => {
      const { contacts } = asked.organization;
      const names = [...contacts.rows].filter(({ email }) => email === null);
      const alike = names.some(
        ({ full_name }) => full_name[0] === String(asked.body['full_name'])[0],
      );
      if (emailIn(asked) === undefined && alike) throw duplicate();
    }),
  ),
  fault(
    'contacts/change-in-other-case',
    'LG-CON-060',
    'compares a new address exactly',
    ({ own }) =>
      giveTwice(
        own,
        ({ email, holder, asked }) => asked.params['id'] !== undefined && email !== holder.email,
      ),
  ),
  fault(
    'contacts/younger-holders',
    'LG-CON-060',
    'looks for a new address among those who came before the contact',
    ({ own }) =>
      giveTwice(own, ({ holder, asked: { params, organization } }) => {
        const ids = [...organization.contacts.rows].map(({ id }) => id);
        return params['id'] !== undefined && ids.indexOf(holder.id) > ids.indexOf(params['id']);
      }),
  ),
];
