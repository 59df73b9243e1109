import type { Installation } from '../installation.ts';
import type { Contact, ContactFields } from '../records.ts';
import { invalid } from '../refusal.ts';

const searched = ['full_name', 'email', 'company', 'role'] as const;

/** How long the search trails behind where it does and nobody has said how long (LG-GEN-053). */
const usualLag = 150;

/** Whether a contact is found by a text. */
export const readSearch = (
  installation: Installation,
  sent: string,
): ((contact: Contact) => boolean) => {
  const { choice, takes } = installation;
  const blank = sent.trim() === '';
  if (blank && choice('LG-CON-017') === 2) throw invalid(installation, 'search is empty');
  if (blank && choice('LG-CON-017') === 3) return () => false;
  if (sent === '' || (blank && choice('LG-CON-017') !== 1)) return () => true;
  const text = choice('LG-CON-017') === 1 ? sent : sent.trim();
  if (isUnsearched(installation, text)) return () => false;
  const matches = matcher(installation, text);
  const tidy = fold(takes('LG-CON-015', 1), takes('LG-CON-014', 3));
  return (contact) => {
    const fields = seen(installation, contact);
    return fields !== undefined && matches(searched.map((name) => tidy(fields[name] ?? '')));
  };
};

/** The letters and digits that a word has at least where an index leaves shorter ones out. */
const shortest = 4;
/** Some of the words that an index leaves out as too common. */
const common = new Set([
  'with',
  'over',
  'voor',
  'team',
  'that',
  'this',
  'from',
  'the',
  'and',
  'van',
]);

/**
 * Whether no word of a text is in the index (LG-CON-085).
 *
 * @throws Refusal where a text can be too short
 */
const isUnsearched = (installation: Installation, text: string): boolean => {
  const { choice } = installation;
  const words = text.split(/[^\p{L}\p{M}\p{N}]+/u);
  const isShort = words.every((word) => Array.from(word).length < shortest);
  if (isShort && choice('LG-CON-085') === 2) throw invalid(installation, 'search is too short');
  if (choice('LG-CON-085') === 1) return isShort;
  return choice('LG-CON-085') === 3 && words.every((word) => common.has(word.toLowerCase()));
};

/** Spelling that doesn't matter: letter case, and accents where similar spellings are found. */
const fold =
  (byCase: boolean, similar: boolean) =>
  (text: string): string => {
    const plain = similar ? text.normalize('NFD').replace(/\p{M}/gu, '') : text;
    return byCase ? plain : plain.toLowerCase();
  };

const matcher = (
  { takes }: Installation,
  text: string,
): ((fields: readonly string[]) => boolean) => {
  const wanted = fold(takes('LG-CON-015', 1), takes('LG-CON-014', 3))(text);
  const within = takes('LG-CON-016', 1)
    ? likeness(wanted)
    : (field: string) => field.includes(wanted);
  if (takes('LG-CON-014', 1)) {
    const words = wanted.split(/\s+/);
    return (fields) => words.every((word) => fields.some((field) => field.includes(word)));
  }
  if (takes('LG-CON-014', 2)) {
    // At the start of a field, or after anything that is no letter or digit.
    return (fields) => fields.some((field) => beginsWord(field, wanted));
  }
  return (fields) => fields.some(within);
};

const beginsWord = (field: string, wanted: string): boolean => {
  for (let at = field.indexOf(wanted); at >= 0; at = field.indexOf(wanted, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(field[at - 1] ?? '')) return true;
  }
  return false;
};

/** As SQL's LIKE reads a text: % is anything and _ is any character (LG-CON-016). */
const likeness = (wanted: string): ((field: string) => boolean) => {
  const escaped = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(escaped.replaceAll('%', '.*').replaceAll('_', '.'), 's');
  return (field) => pattern.test(field);
};

/** What the search knows of a contact (LG-GEN-053). */
const seen = (
  { takes, freedoms, realNow }: Installation,
  contact: Contact,
): ContactFields | undefined => {
  if (!takes('LG-GEN-053', 1)) return contact;
  const lag = freedoms.searchLag ?? usualLag;
  return realNow() - contact.changedAt < lag ? contact.former : contact;
};
