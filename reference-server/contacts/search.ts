import type { Page, PageRequest } from '../state/page.ts';
import { pageNewestFirst } from '../state/page.ts';
import type { Contact } from '../state/records.ts';
import type { Sequence, Slot } from '../state/sequence.ts';

/** Where the text is looked for, and nowhere else (LG-CON-012, LG-CON-013). */
const searched = ['full_name', 'email', 'company', 'role'] as const satisfies (keyof Contact)[];

/**
 * Finds a text anywhere in one of four fields, without regard to letter case and to white space
 * around it; no character has a special meaning (LG-CON-014 to LG-CON-017).
 */
export const createSearch = (text: string): ((contact: Contact) => boolean) => {
  const wanted = fold(text.trim());
  return (contact) => searched.some((field) => fold(contact[field] ?? '').includes(wanted));
};

/** Small letters alone won't do: the Greek sigma has another one at the end of a word. */
const fold = (text: string): string => text.toLowerCase().toUpperCase();

/**
 * One page of the contacts in which {@link createSearch} finds a text, the newest first.
 *
 * The fields of neighbours are kept as one folded text, which is searched at once: most of its
 * length costs no more than to run over it.
 *
 * @param passes - what a contact must meet as well, if anything
 */
export const pageOfFound = (
  contacts: Sequence<Contact>,
  text: string,
  request: PageRequest,
  passes: false | ((contact: Contact) => boolean),
): Page<Contact> => {
  const wanted = fold(text.trim());
  if (wanted.includes(separator)) {
    const contains = createSearch(text);
    return pageNewestFirst(contacts, request, (one) => contains(one) && (!passes || passes(one)));
  }
  const { page, per_page } = request;
  const data: Contact[] = [];
  let total = 0;
  for (const block of contacts.blocks.toReversed()) {
    for (const index of findIn(block.derive(packFields), wanted).reverse()) {
      const { row } = block.slots[index] as Slot<Contact>;
      if (passes && !passes(row)) continue;
      if (total >= (page - 1) * per_page && data.length < per_page) data.push(row);
      total += 1;
    }
  }
  return { data, meta: { total, page, per_page } };
};

/** Between fields: a text without it is found in one of them, never across. */
const separator = '\0';

/** The folded fields of some contacts, and where the text of each contact ends. */
interface Packed {
  readonly text: string;
  readonly ends: Uint32Array;
}

const packFields = (slots: readonly Slot<Contact>[]): Packed => {
  const ends = new Uint32Array(slots.length);
  let end = 0;
  const texts = slots.map(({ row }, index) => {
    const text = searched.map((field) => fold(row[field] ?? '') + separator).join('');
    ends[index] = end += text.length;
    return text;
  });
  return { text: texts.join(''), ends };
};

/** Which of the contacts have a text, by their positions. */
const findIn = ({ text, ends }: Packed, wanted: string): number[] => {
  const found: number[] = [];
  let index = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, ends[index - 1])) {
    while ((ends[index] ?? 0) <= at) index += 1;
    found.push(index);
    index += 1;
  }
  return found;
};
