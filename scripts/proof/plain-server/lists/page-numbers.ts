import type { Installation } from '../installation.ts';
import { invalid, notFound } from '../refusal.ts';
import { valuesOf } from './parameters.ts';

/**
 * A number from the query, or what is usual.
 *
 * @throws Refusal when it is no number of a page (LG-GEN-021)
 */
export const readNumber = (
  installation: Installation,
  query: URLSearchParams,
  name: string,
  usual: number,
): number => {
  const [text] = valuesOf(installation, query, name);
  if (text === undefined) return usual;
  const value = understand(installation.choice('LG-GEN-021'), text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  const isEmptyPage = name === 'per_page' && /^0+$/.test(text);
  if (isEmptyPage && installation.takes('LG-GEN-021', 6)) return 0;
  if (installation.takes('LG-GEN-021', 1)) return usual;
  if (installation.takes('LG-GEN-021', 5)) throw notFound(installation, 'Page', text);
  throw invalid(installation, `${name} is no number of a page`);
};

const understand = (choice: number, text: string): number => {
  if (/^\d+$/.test(text) && Number(text) >= 1) return Number(text);
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (choice === 2) return number;
  if (choice === 3) return Number.isInteger(number) && number < 1 ? 1 : Number.NaN;
  return choice === 4 ? Number.parseInt(text, 10) : Number.NaN;
};
