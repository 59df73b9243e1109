import type { Body } from '../call.ts';
import type { Installation } from '../installation.ts';
import { invalid } from '../refusal.ts';
import { checkCharacters } from './characters.ts';

/** What is asked of a text besides being one. */
interface Demand {
  readonly required?: boolean;
  /** Whether white space alone will do. */
  readonly blank?: boolean;
}

/**
 * The text in a field: undefined where there is none, null where null was sent.
 *
 * @throws Refusal when it is no text, or not such a text
 */
export const readText = (
  installation: Installation,
  body: Body,
  name: string,
  { required = false, blank = true }: Demand = {},
): string | null | undefined => {
  const { takes, choice } = installation;
  const sent = body[name];
  if (sent === undefined) {
    if (required) throw invalid(installation, `${name} is missing`);
    return undefined;
  }
  if (sent === null) return null;
  const raw = asText(installation, sent, name, required);
  if (raw === undefined) return undefined;
  const text = tidy(choice('LG-GEN-040'), checkCharacters(installation, raw, name));
  checkLength(installation, text, name);
  if (!blank && text.trim() === '') throw invalid(installation, `${name} is blank`);
  if (text !== '' || required) return text;
  if (takes('LG-GEN-041', 2)) throw invalid(installation, `${name} is empty`);
  return takes('LG-GEN-041', 1) ? null : text;
};

/** Whether a value of an optional field is an empty text that counts as no value (LG-GEN-041). */
export const countsAsNull = ({ takes, choice }: Installation, sent: unknown): boolean =>
  typeof sent === 'string' && takes('LG-GEN-041', 1) && tidy(choice('LG-GEN-040'), sent) === '';

/** A required text, which null isn't. */
export const demandText = (
  installation: Installation,
  body: Body,
  name: string,
  blank: boolean,
): string => {
  const text = readText(installation, body, name, { required: true, blank });
  if (text == null) throw invalid(installation, `${name} is null`);
  return text;
};

const asText = (
  installation: Installation,
  sent: unknown,
  name: string,
  required: boolean,
): string | undefined => {
  const { takes } = installation;
  if (typeof sent === 'string') return sent;
  const simple = typeof sent === 'number' || typeof sent === 'boolean';
  if (takes('LG-GEN-034', 1) && simple) return String(sent);
  // Only what needn't be there can count as left out.
  if (takes('LG-GEN-034', 2) && !required) return undefined;
  throw invalid(installation, `${name} is no text`);
};

const tidy = (choice: number, text: string): string => {
  if (choice === 1) return text.trim();
  return choice === 2 ? text.normalize('NFC') : text;
};

/** The longest text where there is a limit and nobody has set one (LG-GEN-042). */
const usualLongest = 255;

const checkLength = (installation: Installation, text: string, name: string): void => {
  if (!installation.takes('LG-GEN-042', 1)) return;
  const longest = installation.freedoms.textLimit ?? usualLongest;
  if (Array.from(text).length > longest) throw invalid(installation, `${name} is too long`);
};
