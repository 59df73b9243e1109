import { onSent } from '../../../../../conformance/liars/requests.ts';
import { bendSent, type Item } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** Reads a text of a contact as something else. */
const misread = (field: string, read: (text: string) => string | null) =>
  bendSent(['createContact', 'updateContact'], (sent: Readonly<Item>) => {
    const text = sent[field];
    return { ...sent, ...(typeof text === 'string' && { [field]: read(text) }) };
  });

const noneFor = (word: string) => (text: string) => (text === word ? null : text);

/** Texts that a language, a form or a table takes for something else than texts. */
export const misreadings: readonly Fault[] = [
  inHandlers(
    'contacts/nought-for-a-city',
    'LG-CON-043',
    'takes the text 0 for no city',
    misread('city', noneFor('0')),
  ),
  inHandlers(
    'contacts/undefined-company',
    'LG-CON-041',
    'takes the word undefined for no company',
    misread('company', noneFor('undefined')),
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
    onSent(['createContact', 'updateContact'], (sent) => {
      const { kind } = sent;
      if (!Array.isArray(kind)) return sent;
      return { ...sent, kind: kind.filter((one) => !(String(one) in {})) };
    }),
  ),
];
