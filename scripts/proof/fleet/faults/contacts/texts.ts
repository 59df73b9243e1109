import { onSent } from '../../../../../conformance/liars/requests.ts';
import { bendSent, type Item } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** Puts another text in the place of one that was sent. */
const onText = (field: string, bend: (text: string) => string) => (sent: Readonly<Item>) => ({
  ...sent,
  ...(typeof sent[field] === 'string' && { [field]: bend(sent[field]) }),
});

const creation = ['createContact'] as const;
const writes = ['createContact', 'updateContact'] as const;

/** What is wrong with the texts of contacts as they were sent. */
export const texts: readonly Fault[] = [
  onWire(
    'contacts/named-after-address',
    'LG-CON-027',
    'names who has no name after the address',
    onSent(creation, (sent) =>
      'full_name' in sent || typeof sent['email'] !== 'string'
        ? sent
        : { ...sent, full_name: sent['email'].split('@')[0] },
    ),
  ),
  inHandlers(
    'contacts/names-of-basic-plane',
    'LG-GEN-039',
    'drops letters outside the basic plane from a name',
    bendSent(
      writes,
      onText('full_name', (text) => text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '')),
    ),
  ),
  inHandlers(
    'contacts/names-of-255-characters',
    'LG-CON-027',
    'cuts a name off at 255 characters',
    bendSent(
      writes,
      onText('full_name', (text) => text.slice(0, 255)),
    ),
  ),
  inHandlers(
    'contacts/null-company',
    'LG-CON-041',
    'takes the word null for no company',
    bendSent(writes, (sent) => ({ ...sent, ...(sent['company'] === 'null' && { company: null }) })),
  ),
  inHandlers(
    'contacts/notes-of-64-kilobytes',
    'LG-CON-049',
    'keeps 65535 bytes of the notes',
    bendSent(
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
    bendSent(creation, ({ email, ...others }) => {
      const { kind } = others as { kind?: unknown[] };
      return kind && kind.length > 0 ? { ...others, email } : others;
    }),
  ),
  inHandlers(
    'contacts/short-phones',
    'LG-CON-038',
    'keeps twelve characters of a phone number',
    bendSent(
      creation,
      onText('phone', (text) => text.slice(0, 12)),
    ),
  ),
  inHandlers(
    'contacts/short-profiles',
    'LG-CON-039',
    'keeps the words of a profile, and leaves out its number',
    bendSent(
      creation,
      onText('linkedin_url', (text) => text.replace(/-?\d+$/, '')),
    ),
  ),
  inHandlers(
    'contacts/escaped-company',
    'LG-CON-041',
    'escapes the signs of HTML in a company',
    bendSent(
      writes,
      onText('company', (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    ),
  ),
  inHandlers(
    'contacts/role-of-basic-plane',
    'LG-CON-042',
    'drops characters beyond the basic plane from a role',
    bendSent(
      writes,
      onText('role', (text) => text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '') || 'none'),
    ),
  ),
  inHandlers(
    'contacts/cities-of-one-word',
    'LG-CON-043',
    'keeps the first word of a city',
    bendSent(
      writes,
      onText('city', (text) => text.split(' ')[0] ?? ''),
    ),
  ),
  inHandlers(
    'contacts/proper-cities',
    'LG-CON-043',
    'writes the words of a city with one capital each',
    bendSent(
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
    bendSent(
      writes,
      onText('notes', (text) => text.replaceAll(/\s+/g, ' ')),
    ),
  ),
];
