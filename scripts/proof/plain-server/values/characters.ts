import type { Installation } from '../installation.ts';
import { invalid } from '../refusal.ts';

/** Other characters than letters, digits, everyday signs, blanks and line breaks. */
const odd = /[^\p{L}\p{M}\p{N}\p{P}\p{Sc}\p{Z}+=|~^`$\n\r]|\p{Default_Ignorable_Code_Point}/gu;
const tags = /<[^<>]*>/g;
const entities = /&#?\w+;/g;

/**
 * A text as it is kept, as far as its characters go (LG-GEN-055).
 *
 * @throws Refusal where other characters than those of names aren't let in
 */
export const checkCharacters = (installation: Installation, text: string, name: string): string => {
  const everyday = text.replace(tags, '').replace(entities, '').replace(odd, '');
  switch (installation.choice('LG-GEN-055')) {
    case 1:
      return everyday;
    case 2:
      if (everyday !== text) throw invalid(installation, `${name} has characters of no name`);
      return text;
    case 3:
      return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    default:
      return text;
  }
};
