import type { Page, PageRequest } from '../state/page.ts';
import { pageNewestFirst } from '../state/page.ts';
import type { Contact } from '../state/records.ts';
import type { Sequence, Slot } from '../state/sequence.ts';

/** The only fields that are searched (LG-CON-012, LG-CON-013). */
const searchedFields = [
  'full_name',
  'email',
  'company',
  'role',
] as const satisfies (keyof Contact)[];

/**
 * Finds a text anywhere in one of the fields, ignoring case and surrounding white space; no
 * character has a special meaning (LG-CON-014 to LG-CON-017).
 */
export const createSearch = (text: string): ((contact: Contact) => boolean) => {
  const wanted = fold(text.trim());
  return (contact) => searchedFields.some((field) => fold(contact[field] ?? '').includes(wanted));
};

/** Lower case alone isn't enough: the Greek sigma has another form at the end of a word. */
const fold = (text: string): string => text.toLowerCase().toUpperCase();

/**
 * One page of the contacts in which {@link createSearch} finds a text, the newest first.
 *
 * The folded fields of a block of contacts are cached as one text, so that a block without a match
 * costs a single indexOf.
 *
 * @param passes - another condition that the contacts must meet, if any
 */
export const searchPage = (
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

/** Separates the fields, so that a text is never found across two of them. */
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
    const text = searchedFields.map((field) => fold(row[field] ?? '') + separator).join('');
    ends[index] = end += text.length;
    return text;
  });
  return { text: texts.join(''), ends };
};

/** The positions of the contacts that contain a text. */
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
