import type { Installation } from '../installation.ts';
import { invalid } from '../refusal.ts';

/** A rule that many servers follow. */
const usualStrict = "^[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}$";

const plain = /^[^\s@]+@[^\s@]+$/;

/**
 * What becomes of an address: any text is kept, white space is removed, or a stricter rule holds.
 * The decisions on dossiers and contacts number these differently (LG-DOS-050, LG-CON-037).
 */
const manners = {
  'LG-DOS-050': ['as-decided', 'anything', 'strict', 'trimmed'],
  'LG-CON-037': ['as-decided', 'anything', 'trimmed', 'strict'],
} as const;

/** @throws Refusal when the text is no address */
export const checkAddress = (
  installation: Installation,
  decision: keyof typeof manners,
  sent: string,
): string => {
  const manner = manners[decision][installation.choice(decision)];
  if (sent === '') throw invalid(installation, 'email is empty');
  const text = manner === 'trimmed' ? sent.trim() : sent;
  if (manner === 'anything') return text;
  const strict = new RegExp(installation.freedoms.strictEmail ?? usualStrict);
  const pattern = manner === 'strict' ? strict : plain;
  if (!pattern.test(text)) throw invalid(installation, 'email is no address');
  return text;
};

export const sameAddress = (one: string | null | undefined, other: string): boolean =>
  one?.toLowerCase() === other.toLowerCase();
