import { onData } from '../../../../../conformance/liars/answers.ts';
import { invalid } from '../../../../../reference-server/http/refusal.ts';
import { before, bendShown } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** What is wrong with the fields of contacts as they were sent. */
export const fields: readonly Fault[] = [
  inHandlers(
    'contacts/phone-or-address',
    'LG-CON-022',
    'lists the phone number of those alone who have no address',
    bendShown(['listContacts'], (contact) => {
      if (contact['email'] !== null) contact['phone'] = null;
    }),
  ),
  inHandlers(
    'contacts/late-creation',
    'LG-CON-025',
    'finds a new contact from the second look on',
    (own) => {
      const looked = new Set<string>();
      return before('getContact', ({ params: { id = '' } }) => {
        if (looked.has(id)) return;
        looked.add(id);
        throw invalid('Not yet.');
      })(own);
    },
  ),
  inHandlers(
    'contacts/lean-search',
    'LG-CON-022',
    'lists what a search finds without the notes',
    bendShown(['listContacts'], (contact, { query: { search } }) => {
      if (search !== undefined) contact['notes'] = null;
    }),
  ),
  inHandlers(
    'contacts/lean-later-pages',
    'LG-CON-022',
    'lists profiles on the first page alone',
    bendShown(['listContacts'], (contact, { query: { page } }) => {
      if (page > 1) contact['linkedin_url'] = null;
    }),
  ),
  onWire(
    'contacts/created-without-email',
    'LG-CON-026',
    'answers a creation without the address',
    onData(['createContact'], (contact) => {
      delete contact['email'];
    }),
  ),
  onWire(
    'contacts/created-without-own-role',
    'LG-CON-026',
    'answers a creation with the role of who has a company alone',
    onData(['createContact'], (contact) => {
      if (contact['company'] === null) contact['role'] = null;
    }),
  ),
  inHandlers(
    'contacts/surname-needed',
    'LG-CON-028',
    'refuses who has no surname',
    before('createContact', ({ body }) => {
      if (!String(body['full_name']).includes(' ')) throw invalid('full_name needs two words.');
    }),
  ),
  inHandlers(
    'contacts/first-kind-retrieved',
    'LG-CON-051',
    'retrieves a contact with the first of its kinds',
    bendShown(['getContact'], (contact) => {
      contact['kind'] = (contact['kind'] as unknown[]).slice(0, 1);
    }),
  ),
  inHandlers(
    'contacts/retrieved-without-role',
    'LG-CON-052',
    'retrieves who has a company without a role',
    bendShown(['getContact'], (contact) => {
      if (contact['company'] !== null) contact['role'] = null;
    }),
  ),
];
