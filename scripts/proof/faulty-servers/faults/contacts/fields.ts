import { onData, onJsonBody } from '../../../../../conformance/faults/inject.ts';
import { invalid } from '../../../../../reference-server/http/refusals.ts';
import { type FaultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import { beforeOperation, changeBody, changeItems, type Item } from '../../inject/handlers.ts';

/** Changes the string in a field of a body. */
const onText = (field: string, inject: (text: string) => string) => (sent: Readonly<Item>) => ({
  ...sent,
  ...(typeof sent[field] === 'string' && { [field]: inject(sent[field]) }),
});

const creation = ['createContact'] as const;
const writes = ['createContact', 'updateContact'] as const;

/** Faults in the strings of contacts. */
export const contactTextFaults: readonly FaultyServer[] = [
  onWire(
    'contacts/named-after-address',
    'LG-CON-027',
    'names who has no name after the address',
    onJsonBody(creation, (sent) =>
      'full_name' in sent || typeof sent['email'] !== 'string'
        ? sent
        : { ...sent, full_name: sent['email'].split('@')[0] },
    ),
  ),
  inHandlers(
    'contacts/names-of-basic-plane',
    'LG-GEN-039',
    'drops letters outside the basic plane from a name',
    changeBody(
      writes,
      onText('full_name', (text) => text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '')),
    ),
  ),
  inHandlers(
    'contacts/names-of-255-characters',
    'LG-CON-027',
    'cuts a name off at 255 characters',
    changeBody(
      writes,
      onText('full_name', (text) => text.slice(0, 255)),
    ),
  ),
  inHandlers(
    'contacts/null-company',
    'LG-CON-041',
    'takes the word null for no company',
    changeBody(writes, (sent) => ({
      ...sent,
      ...(sent['company'] === 'null' && { company: null }),
    })),
  ),
  inHandlers(
    'contacts/notes-of-64-kilobytes',
    'LG-CON-049',
    'keeps 65535 bytes of the notes',
    changeBody(
      writes,
      onText('notes', (text) =>
        new TextDecoder()
          .decode(new TextEncoder().encode(text).slice(0, 65_535))
          .replace(/\uFFFD$/, ''),
      ),
    ),
  ),
  inHandlers(
    'contacts/mail-for-kinds-alone',
    'LG-CON-030',
    'keeps the address of nobody who has no kind',
    changeBody(creation, ({ email, ...others }) => {
      const { kind } = others as { kind?: unknown[] };
      return kind && kind.length > 0 ? { ...others, email } : others;
    }),
  ),
  inHandlers(
    'contacts/short-phones',
    'LG-CON-038',
    'keeps twelve characters of a phone number',
    changeBody(
      creation,
      onText('phone', (text) => text.slice(0, 12)),
    ),
  ),
  inHandlers(
    'contacts/short-profiles',
    'LG-CON-039',
    'keeps the words of a profile, and leaves out its number',
    changeBody(
      creation,
      onText('linkedin_url', (text) => text.replace(/-?\d+$/, '')),
    ),
  ),
  inHandlers(
    'contacts/escaped-company',
    'LG-CON-041',
    'escapes the signs of HTML in a company',
    changeBody(
      writes,
      onText('company', (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    ),
  ),
  inHandlers(
    'contacts/role-of-basic-plane',
    'LG-CON-042',
    'drops characters beyond the basic plane from a role',
    changeBody(
      writes,
      onText('role', (text) => text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '') || 'none'),
    ),
  ),
  inHandlers(
    'contacts/cities-of-one-word',
    'LG-CON-043',
    'keeps the first word of a city',
    changeBody(
      writes,
      onText('city', (text) => text.split(' ')[0] ?? ''),
    ),
  ),
  inHandlers(
    'contacts/proper-cities',
    'LG-CON-043',
    'writes the words of a city with one capital each',
    changeBody(
      writes,
      onText('city', (text) =>
        text.replaceAll(/\p{L}+/gu, (word) => `${word[0] ?? ''}${word.slice(1).toLowerCase()}`),
      ),
    ),
  ),
  inHandlers(
    'contacts/notes-on-one-line',
    'LG-CON-049',
    'makes one line of the notes on a contact',
    changeBody(
      writes,
      onText('notes', (text) => text.replaceAll(/\s+/g, ' ')),
    ),
  ),
];

/** Faults in the fields of contacts. */
export const contactFieldFaults: readonly FaultyServer[] = [
  inHandlers(
    'contacts/phone-or-address',
    'LG-CON-022',
    'lists the phone number of those alone who have no address',
    changeItems(['listContacts'], (contact) => {
      if (contact['email'] !== null) contact['phone'] = null;
    }),
  ),
  inHandlers(
    'contacts/late-creation',
    'LG-CON-025',
    'finds a new contact from the second look on',
    (own) => {
      const looked = new Set<string>();
      return beforeOperation('getContact', ({ params: { id = '' } }) => {
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
    changeItems(['listContacts'], (contact, { query: { search } }) => {
      if (search !== undefined) contact['notes'] = null;
    }),
  ),
  inHandlers(
    'contacts/lean-later-pages',
    'LG-CON-022',
    'lists profiles on the first page alone',
    changeItems(['listContacts'], (contact, { query: { page } }) => {
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
    beforeOperation('createContact', ({ body }) => {
      if (!String(body['full_name']).includes(' ')) throw invalid('full_name needs two words.');
    }),
  ),
  inHandlers(
    'contacts/first-kind-retrieved',
    'LG-CON-051',
    'retrieves a contact with the first of its kinds',
    changeItems(['getContact'], (contact) => {
      contact['kind'] = (contact['kind'] as unknown[]).slice(0, 1);
    }),
  ),
  inHandlers(
    'contacts/retrieved-without-role',
    'LG-CON-052',
    'retrieves who has a company without a role',
    changeItems(['getContact'], (contact) => {
      if (contact['company'] !== null) contact['role'] = null;
    }),
  ),
];
