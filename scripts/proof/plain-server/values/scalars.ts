import type { RequirementId } from '../../../../openapi/generated/requirement-ids.ts';
import type { Body } from '../core/call.ts';
import { type Installation, isUuid } from '../core/installation.ts';
import type { Organization } from '../core/records.ts';
import type { Refusal } from '../core/refusals.ts';
import { foreign, invalid, notFound, undocumentedRefusal } from '../core/refusals.ts';

/** What a string must meet. */
interface TextOptions {
  readonly required?: boolean;
  /** Whether white space alone is valid. */
  readonly blank?: boolean;
}

/**
 * The string in a field: undefined if it is absent, null if it is null.
 *
 * @throws Refusal if it isn't a string, or doesn't meet the options
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

/** Whether a value is an empty string that counts as null in an optional field (LG-GEN-041). */
export const countsAsNull = ({ takes, choice }: Installation, sent: unknown): boolean =>
  typeof sent === 'string' &&
  takes('LG-GEN-041', 1) &&
  normalizeText(choice('LG-GEN-040'), sent) === '';

/** @throws Refusal if a required string is absent, null or invalid */
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
  // Only an optional field can count as absent.
  if (takes('LG-GEN-034', 2) && !required) return undefined;
  throw invalid(installation, `${name} is not a string`);
};

const normalizeText = (choice: number, text: string): string => {
  if (choice === 1) return text.trim();
  return choice === 2 ? text.normalize('NFC') : text;
};

/** The default maximum length, if there is one (LG-GEN-042). */
const defaultTextLimit = 255;

const checkLength = (installation: Installation, text: string, name: string): void => {
  if (!installation.takes('LG-GEN-042', 1)) return;
  const maxLength = installation.variations.textLimit ?? defaultTextLimit;
  if (Array.from(text).length > maxLength) throw invalid(installation, `${name} is too long`);
};

/** Characters other than letters, digits, common punctuation, spaces and line breaks. */
const odd = /[^\p{L}\p{M}\p{N}\p{P}\p{Sc}\p{Z}+=|~^`$\n\r]|\p{Default_Ignorable_Code_Point}/gu;
const tags = /<[^<>]*>/g;
const entities = /&#?\w+;/g;

/**
 * Removes, refuses or escapes unusual characters and markup, or leaves them (LG-GEN-055).
 *
 * @throws Refusal if they are refused
 */
const checkCharacters = (installation: Installation, text: string, name: string): string => {
  const everyday = text.replace(tags, '').replace(entities, '').replace(odd, '');
  switch (installation.choice('LG-GEN-055')) {
    case 1:
      return everyday;
    case 2:
      if (everyday !== text) throw invalid(installation, `${name} has unusual characters`);
      return text;
    case 3:
      return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    default:
      return text;
  }
};

/** A common pattern for e-mail addresses. */
const defaultStrictEmail = "^[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}$";

const plain = /^[^\s@]+@[^\s@]+$/;

/**
 * How an e-mail address is checked, by the number of the alternative: any string is valid, white space
 * is trimmed, or a strict pattern applies.
 */
const addressModes = {
  'LG-DOS-050': ['as-decided', 'anything', 'strict', 'trimmed'],
  'LG-CON-037': ['as-decided', 'anything', 'trimmed', 'strict'],
} as const;

/** @throws Refusal if the string isn't an e-mail address (LG-DOS-050, LG-CON-037) */
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
  if (!pattern.test(text)) throw invalid(installation, 'email is not an address');
  return text;
};

const toInternational = (phone: string): string =>
  phone
    .replace(/\(0\)/g, '')
    .replace(/[\s()-]/g, '')
    .replace(/^00/, '+')
    .replace(/^0/, '+31');

/** The phone number of a dossier, as it is stored (LG-DOS-042). */
export const dossierPhone = ({ takes }: Installation, sent: string): string =>
  takes('LG-DOS-042', 3) ? toInternational(sent) : sent;

/**
 * The phone number of a contact, as it is stored (LG-CON-080).
 *
 * @throws Refusal if it has to be an international number and isn't
 */
export const contactPhone = (installation: Installation, sent: string): string => {
  if (installation.takes('LG-CON-080', 1)) return toInternational(sent);
  const odd = sent !== '' && !/^\+[\d ()-]{7,20}$/.test(sent);
  if (installation.takes('LG-CON-080', 2) && odd) {
    throw invalid(installation, 'phone is not an international number');
  }
  return sent;
};

/**
 * The enum value that was sent, in its documented spelling; undefined if it is unknown
 * (LG-GEN-028).
 */
export const matchOne = <Value extends string>(
  { takes }: Installation,
  sent: unknown,
  values: readonly Value[],
): Value | undefined => {
  const text = typeof sent === 'string' && takes('LG-GEN-028', 1) ? sent.toLowerCase() : sent;
  return values.find((value) => value === text);
};

/** @throws Refusal if the value isn't one of these */
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
 * Returns the value.
 *
 * @throws Refusal if it is null, and the first alternative of the decision, which refuses null, is taken
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

/** @throws Refusal if the body has an unknown field, and these are refused (LG-GEN-033) */
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

/** An optional boolean. */
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

/** @throws Refusal if the value isn't a UUID (LG-GEN-049) */
export const demandUuid = (installation: Installation, sent: unknown, name: string): string => {
  if (isUuid(sent)) return sent;
  // Only a string can be an id that doesn't exist.
  if (installation.takes('LG-GEN-049', 1) && typeof sent === 'string') {
    throw notFound(installation, name, sent);
  }
  throw invalid(installation, `${name} is not a uuid`);
};

/** Whether a field with an id is absent, null, or an empty string that counts as null (LG-GEN-041). */
export const namesNothing = ({ takes }: Installation, sent: unknown): boolean =>
  sent == null || (sent === '' && takes('LG-GEN-041', 1));

/** How an item is found by an id in a body or a filter. */
interface IdLookup<Item extends { id: string }> {
  readonly list: (organization: Organization) => readonly Item[];
  /** The name of the resource, for messages. */
  readonly name: string;
  /** The refusal of an id that doesn't exist. */
  readonly absent: () => Refusal;
}

/**
 * Finds an item of the organisation by an id in a body or a filter.
 *
 * @throws Refusal if the id doesn't exist in the organisation
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
