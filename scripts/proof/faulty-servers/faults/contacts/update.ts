import { onJsonBody } from '../../../../../conformance/faults/inject.ts';
import { timestamp } from '../../../../../reference-server/runtime/services.ts';
import { type FaultyServer, type Handlers, inHandlers, onWire } from '../../faulty-server.ts';
import { changeBody, changeItems, type Item } from '../../inject/handlers.ts';

type Inject = (sent: Readonly<Item>, now: Readonly<Item>) => Item;

/** Changes the body of updates, given the contact as it is now. */
const onChange = (inject: Inject) =>
  changeBody(['updateContact'], (sent, { organization, params: { id = '' } }) => {
    const now: Item = { ...organization.contacts.get(id) };
    return inject(sent, now);
  });

/** Drops a field of updates that meet a condition. */
const dropField = (field: string, when: (sent: Readonly<Item>, now: Readonly<Item>) => boolean) =>
  onChange((sent, now) => {
    if (!(field in sent) || !when(sent, now)) return { ...sent };
    return Object.fromEntries(Object.entries(sent).filter(([name]) => name !== field));
  });

/** Lists a field as it was when the contact was created or first listed. */
const listFirst = (field: string) => (own: Handlers) => {
  const first = new Map<unknown, unknown>();
  const inject = changeItems(['createContact', 'listContacts'], (contact) => {
    if (!first.has(contact['id'])) first.set(contact['id'], contact[field]);
    contact[field] = first.get(contact['id']);
  });
  return inject(own);
};

const lower = (value: unknown): unknown =>
  typeof value === 'string' ? value.toLowerCase() : value;
const equalsIgnoringCase = (field: string) => (sent: Readonly<Item>, now: Readonly<Item>) =>
  lower(sent[field]) === lower(now[field]);

/** Faults in updates of contacts. */
export const contactUpdateFaults: readonly FaultyServer[] = [
  inHandlers(
    'contacts/city-alone',
    'LG-CON-055',
    'takes a change of nothing but the city for none',
    dropField('city', (sent) => Object.keys(sent).length === 1),
  ),
  inHandlers(
    'contacts/one-field-changed',
    'LG-CON-055',
    'changes the first of the fields that are sent',
    onChange((sent) => Object.fromEntries(Object.entries(sent).slice(0, 1))),
  ),
  inHandlers(
    'contacts/new-job',
    'LG-CON-056',
    'takes the company of who changes to another role away',
    onChange((sent) => ('role' in sent ? { company: null, ...sent } : { ...sent })),
  ),
  inHandlers(
    'contacts/kind-clears-notes',
    'LG-CON-056',
    'clears the notes of who gets other kinds',
    onChange((sent) => ('kind' in sent ? { notes: null, ...sent } : { ...sent })),
  ),
  inHandlers(
    'contacts/city-clears-phone',
    'LG-CON-056',
    'clears the phone number of who moves to another city',
    onChange((sent) => ('city' in sent ? { phone: null, ...sent } : { ...sent })),
  ),
  inHandlers(
    'contacts/address-clears-profile',
    'LG-CON-056',
    'clears the profile of who gets another address',
    onChange((sent) => ('email' in sent ? { linkedin_url: null, ...sent } : { ...sent })),
  ),
  inHandlers(
    'contacts/new-company',
    'LG-CON-056',
    'takes the notes on who changes to another company away',
    onChange((sent) => ('company' in sent ? { notes: null, ...sent } : { ...sent })),
  ),
  inHandlers(
    'contacts/created-anew',
    'LG-CON-056',
    'takes the moment of a change for that of creation',
    (own) => ({
      updateContact: (call) => {
        own.updateContact(call);
        const { contacts } = call.organization;
        const contact = contacts.get(call.params.id);
        if (contact) contacts.replace({ ...contact, created_at: timestamp(call.clock.now()) });
        return own.getContact(call as never);
      },
    }),
  ),
  inHandlers(
    'contacts/kinds-reset',
    'LG-CON-056',
    'sets the kinds to their default where a change names none',
    onChange((sent) => ({ kind: [], ...sent })),
  ),
  inHandlers('contacts/answer-before-change', 'LG-CON-057', 'answers the city as it was', (own) => {
    let city: unknown;
    const watch = onChange((sent, now) => {
      city = now['city'];
      return { ...sent };
    });
    const show = changeItems(['updateContact'], (contact) => {
      contact['city'] = city;
    });
    return show({ ...own, ...watch(own) });
  }),
  inHandlers(
    'contacts/listed-by-first-name',
    'LG-CON-058',
    'lists who was renamed by the old name',
    listFirst('full_name'),
  ),
  inHandlers(
    'contacts/no-name-in-other-case',
    'LG-CON-058',
    'takes a name in another letter case for no change',
    dropField('full_name', equalsIgnoringCase('full_name')),
  ),
  inHandlers(
    'contacts/no-first-address',
    'LG-CON-059',
    'replaces an address, and adds none where there is none',
    dropField('email', (_, now) => now['email'] === null),
  ),
  inHandlers(
    'contacts/phone-once',
    'LG-CON-063',
    'takes a first phone number, and no other in its place',
    dropField('phone', (_, now) => now['phone'] !== null),
  ),
  inHandlers(
    'contacts/first-profile-listed',
    'LG-CON-064',
    'lists the first profile',
    listFirst('linkedin_url'),
  ),
  inHandlers(
    'contacts/company-by-role',
    'LG-CON-065',
    'changes the company together with a role only',
    dropField('company', (sent) => !('role' in sent)),
  ),
  inHandlers(
    'contacts/company-of-letters',
    'LG-CON-065',
    'takes a company in another letter case for no change',
    dropField('company', equalsIgnoringCase('company')),
  ),
  inHandlers(
    'contacts/first-role-stays',
    'LG-CON-066',
    'gives a role to who has none, and no other to who has one',
    dropField('role', (_, now) => now['role'] !== null),
  ),
  inHandlers(
    'contacts/former-city-retrieved',
    'LG-CON-067',
    'retrieves the city from before the last change',
    (own) => {
      const former = new Map<unknown, unknown>();
      const watch = onChange((sent, now) => {
        if ('city' in sent) former.set(now['id'], now['city']);
        return { ...sent };
      });
      const show = changeItems(['getContact'], (contact) => {
        if (former.has(contact['id'])) contact['city'] = former.get(contact['id']);
      });
      return { ...watch(own), ...show(own) };
    },
  ),
  inHandlers(
    'contacts/notes-overwritten-in-place',
    'LG-CON-069',
    'writes new notes over the old ones, whose end stays if they were longer',
    onChange((sent, now) => {
      const [fresh, old] = [sent['notes'], now['notes']];
      if (typeof fresh !== 'string' || typeof old !== 'string') return { ...sent };
      return { ...sent, notes: fresh + old.slice(fresh.length) };
    }),
  ),
];

/** Reads a string of a contact as another value. */
const misread = (field: string, read: (text: string) => string | null) =>
  changeBody(['createContact', 'updateContact'], (sent: Readonly<Item>) => {
    const text = sent[field];
    return { ...sent, ...(typeof text === 'string' && { [field]: read(text) }) };
  });

const nullFor = (word: string) => (text: string) => (text === word ? null : text);

/** Strings that are mistaken for values of other types. */
export const contactMisreadingFaults: readonly FaultyServer[] = [
  inHandlers(
    'contacts/nought-for-a-city',
    'LG-CON-043',
    'takes the text 0 for no city',
    misread('city', nullFor('0')),
  ),
  inHandlers(
    'contacts/undefined-company',
    'LG-CON-041',
    'takes the word undefined for no company',
    misread('company', nullFor('undefined')),
  ),
  inHandlers(
    'contacts/false-notes',
    'LG-CON-049',
    'takes notes that begin with the word false for none',
    misread('notes', (text) => (/^false\b/.test(text) ? null : text)),
  ),
  inHandlers(
    'contacts/dates-for-roles',
    'LG-CON-042',
    'reads a role that looks like a date as one',
    misread('role', (text) =>
      /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(text).toISOString() : text,
    ),
  ),
  inHandlers(
    'contacts/apostrophes-escaped',
    'LG-CON-030',
    'puts a stroke before an apostrophe in an address',
    misread('email', (text) => text.replaceAll("'", String.raw`\'`)),
  ),
  inHandlers(
    'contacts/profiles-of-eighty',
    'LG-CON-039',
    'keeps eighty characters of the address of a profile',
    misread('linkedin_url', (text) => text.slice(0, 80)),
  ),
  onWire(
    'contacts/inherited-kinds',
    'LG-CON-046',
    'looks kinds up in an object, and finds what every object has',
    onJsonBody(['createContact', 'updateContact'], (sent) => {
      const { kind } = sent;
      if (!Array.isArray(kind)) return sent;
      return { ...sent, kind: kind.filter((one) => !(String(one) in {})) };
    }),
  ),
];
