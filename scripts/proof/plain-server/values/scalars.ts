import type { RequirementId } from '../../../../openapi/generated/requirement-ids.ts';
import type { Body } from '../core/call.ts';
import { type Installation, isUuid } from '../core/installation.ts';
import type { Organization } from '../core/records.ts';
import type { Refusal } from '../core/refusals.ts';
import { foreign, invalid, notFound, undocumentedRefusal } from '../core/refusals.ts';

/** What is asked of a text besides being one. */
interface TextOptions {
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
  { required = false, blank = true }: TextOptions = {},
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
  const text = normalizeText(choice('LG-GEN-040'), checkCharacters(installation, raw, name));
  checkLength(installation, text, name);
  if (!blank && text.trim() === '') throw invalid(installation, `${name} is blank`);
  if (text !== '' || required) return text;
  if (takes('LG-GEN-041', 2)) throw invalid(installation, `${name} is empty`);
  return takes('LG-GEN-041', 1) ? null : text;
};

/** Whether a value of an optional field is an empty text that counts as no value (LG-GEN-041). */
export const countsAsNull = ({ takes, choice }: Installation, sent: unknown): boolean =>
  typeof sent === 'string' &&
  takes('LG-GEN-041', 1) &&
  normalizeText(choice('LG-GEN-040'), sent) === '';

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
  const isScalar = typeof sent === 'number' || typeof sent === 'boolean';
  if (takes('LG-GEN-034', 1) && isScalar) return String(sent);
  // Only what needn't be there can count as left out.
  if (takes('LG-GEN-034', 2) && !required) return undefined;
  throw invalid(installation, `${name} is no text`);
};

const normalizeText = (choice: number, text: string): string => {
  if (choice === 1) return text.trim();
  return choice === 2 ? text.normalize('NFC') : text;
};

/** The longest text where there is a limit and nobody has set one (LG-GEN-042). */
const defaultTextLimit = 255;

const checkLength = (installation: Installation, text: string, name: string): void => {
  if (!installation.takes('LG-GEN-042', 1)) return;
  const maxLength = installation.variations.textLimit ?? defaultTextLimit;
  if (Array.from(text).length > maxLength) throw invalid(installation, `${name} is too long`);
};

/** Other characters than letters, digits, everyday signs, blanks and line breaks. */
const odd = /[^\p{L}\p{M}\p{N}\p{P}\p{Sc}\p{Z}+=|~^`$\n\r]|\p{Default_Ignorable_Code_Point}/gu;
const tags = /<[^<>]*>/g;
const entities = /&#?\w+;/g;

/**
 * A text as it is kept, as far as its characters go (LG-GEN-055).
 *
 * @throws Refusal where other characters than those of names aren't let in
 */
const checkCharacters = (installation: Installation, text: string, name: string): string => {
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

/** A rule that many servers follow. */
const defaultStrictEmail = "^[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}$";

const plain = /^[^\s@]+@[^\s@]+$/;

/**
 * What becomes of an address: any text is kept, white space is removed, or a stricter rule holds.
 * The decisions on dossiers and contacts number these differently (LG-DOS-050, LG-CON-037).
 */
const addressModes = {
  'LG-DOS-050': ['as-decided', 'anything', 'strict', 'trimmed'],
  'LG-CON-037': ['as-decided', 'anything', 'trimmed', 'strict'],
} as const;

/** @throws Refusal when the text is no address */
export const checkAddress = (
  installation: Installation,
  decision: keyof typeof addressModes,
  sent: string,
): string => {
  const mode = addressModes[decision][installation.choice(decision)];
  if (sent === '') throw invalid(installation, 'email is empty');
  const text = mode === 'trimmed' ? sent.trim() : sent;
  if (mode === 'anything') return text;
  const strict = new RegExp(installation.variations.strictEmail ?? defaultStrictEmail);
  const pattern = mode === 'strict' ? strict : plain;
  if (!pattern.test(text)) throw invalid(installation, 'email is no address');
  return text;
};

const toInternational = (phone: string): string =>
  phone
    .replace(/\(0\)/g, '')
    .replace(/[\s()-]/g, '')
    .replace(/^00/, '+')
    .replace(/^0/, '+31');

/** The phone number of a dossier, as it is kept (LG-DOS-042). */
export const dossierPhone = ({ takes }: Installation, sent: string): string =>
  takes('LG-DOS-042', 3) ? toInternational(sent) : sent;

/**
 * The phone number of a contact, as it is kept (LG-CON-080).
 *
 * @throws Refusal when it has to be an international number and isn't
 */
export const contactPhone = (installation: Installation, sent: string): string => {
  if (installation.takes('LG-CON-080', 1)) return toInternational(sent);
  const odd = sent !== '' && !/^\+[\d ()-]{7,20}$/.test(sent);
  if (installation.takes('LG-CON-080', 2) && odd) {
    throw invalid(installation, 'phone is no international number');
  }
  return sent;
};

/** The value of an enumeration that was sent, in its documented spelling (LG-GEN-028). */
export const matchOne = <Value extends string>(
  { takes }: Installation,
  sent: unknown,
  values: readonly Value[],
): Value | undefined => {
  const text = typeof sent === 'string' && takes('LG-GEN-028', 1) ? sent.toLowerCase() : sent;
  return values.find((value) => value === text);
};

/** @throws Refusal when the value is none of these */
export const oneOf = <Value extends string>(
  installation: Installation,
  sent: unknown,
  values: readonly Value[],
  name: string,
): Value => {
  const value = matchOne(installation, sent, values);
  if (value === undefined) throw invalid(installation, `${name} is none of ${values.join(', ')}`);
  return value;
};

/**
 * Lets null pass where it takes a value away, or counts as left out.
 *
 * @throws Refusal when the decision goes the other way
 */
export const checkNull = <Value>(
  installation: Installation,
  value: Value,
  name: string,
  decision: RequirementId,
): Value => {
  if (value === null && installation.takes(decision, 1)) {
    throw invalid(installation, `${name} is null`);
  }
  return value;
};

/** @throws Refusal when the body names a field that nobody knows, where that matters (LG-GEN-033) */
export const checkFields = (
  installation: Installation,
  body: Body,
  known: readonly string[],
): void => {
  if (!installation.takes('LG-GEN-033', 1)) return;
  const odd = Object.keys(body).find((name) => !known.includes(name));
  if (odd !== undefined)
    throw undocumentedRefusal(installation, `${odd} is unknown`, 'unknown_field');
};

/** A yes or no with a default. */
export const readFlag = (
  installation: Installation,
  sent: unknown,
  name: string,
): boolean | undefined => {
  const { takes } = installation;
  if (sent === undefined || typeof sent === 'boolean') return sent;
  if (sent === null && takes('LG-GEN-036', 1)) return undefined;
  if (sent !== null && takes('LG-GEN-034', 2)) return undefined;
  if (takes('LG-GEN-034', 1) && (sent === 'true' || sent === 'false')) return sent === 'true';
  throw invalid(installation, `${name} is neither true nor false`);
};

export const sameId = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

/** @throws Refusal when the value can be no id */
export const demandUuid = (installation: Installation, sent: unknown, name: string): string => {
  if (isUuid(sent)) return sent;
  // Only a text can be the id of nothing.
  if (installation.takes('LG-GEN-049', 1) && typeof sent === 'string') {
    throw notFound(installation, name, sent);
  }
  throw invalid(installation, `${name} is no uuid`);
};

/** Whether a field that names something was left empty: not sent, null, or an empty text. */
export const namesNothing = ({ takes }: Installation, sent: unknown): boolean =>
  sent == null || (sent === '' && takes('LG-GEN-041', 1));

/** Where an id of a request is looked up, and the message if it does not exist. */
interface IdLookup<Item extends { id: string }> {
  readonly list: (organization: Organization) => readonly Item[];
  /** What it is called. */
  readonly name: string;
  /** What is said when there is none. */
  readonly absent: () => Refusal;
}

/**
 * What a body or a filter names by its id.
 *
 * @throws Refusal when the organisation has none
 */
export const demand = <Item extends { id: string }>(
  installation: Installation,
  organization: Organization,
  id: string,
  { list, name, absent }: IdLookup<Item>,
): Item => {
  const item = list(organization).find((one) => sameId(one.id, id));
  if (item) return item;
  const elsewhere = installation.takes('LG-ERR-030', 1) && existsElsewhere(installation, id, list);
  throw elsewhere ? foreign(installation, name) : absent();
};

export const existsElsewhere = (
  { organizations }: Installation,
  id: string,
  list: (organization: Organization) => readonly { id: string }[],
): boolean =>
  [...organizations.values()].some((one) => list(one).some((item) => sameId(item.id, id)));
