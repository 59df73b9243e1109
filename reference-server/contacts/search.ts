import type { Contact } from '../state/records.ts';

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
