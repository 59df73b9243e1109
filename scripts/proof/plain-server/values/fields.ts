import type { Body } from '../core/call.ts';
import type { Installation } from '../core/installation.ts';
import {
  type ContactFields,
  type DossierFields,
  type DossierType,
  type Kind,
  kinds,
  type Organization,
  salesOnly,
} from '../core/records.ts';
import { invalid, notFound, undocumentedRefusal } from '../core/refusals.ts';
import {
  checkAddress,
  checkFields,
  checkNull,
  contactPhone,
  countsAsNull,
  demand,
  demandUuid,
  dossierPhone,
  namesNothing,
  oneOf,
  readText,
} from './scalars.ts';

const contactTexts = [
  'email',
  'phone',
  'linkedin_url',
  'company',
  'role',
  'city',
  'notes',
] as const;

/** @throws Refusal if a field has an invalid value */
export const readContactFields = (
  installation: Installation,
  body: Body,
  creating: boolean,
): Partial<ContactFields> => {
  checkFields(installation, body, ['full_name', ...contactTexts, 'kind']);
  const fields: Partial<ContactFields> = {};
  const decision = creating ? 'LG-GEN-035' : 'LG-CON-070';
  const name = readName(installation, body, creating);
  if (name !== undefined) fields.full_name = name;
  for (const field of contactTexts) {
    const text = checkNull(installation, readText(installation, body, field), field, decision);
    if (text !== undefined) fields[field] = shapeContactText(installation, field, text);
  }
  const sent = readKinds(installation, body['kind']);
  if (sent !== undefined) fields.kind = sent;
  return fields;
};

const readName = (
  installation: Installation,
  body: Body,
  creating: boolean,
): string | undefined => {
  if (!creating && body['full_name'] === undefined) return undefined;
  const { takes } = installation;
  if (!creating && body['full_name'] === null && takes('LG-CON-071', 1)) return undefined;
  const blank = takes('LG-CON-029', 1);
  const text = readText(installation, body, 'full_name', { required: true, blank });
  if (text == null) throw invalid(installation, 'full_name is null');
  return text;
};

const shapeContactText = (
  installation: Installation,
  name: (typeof contactTexts)[number],
  text: string | null,
): string | null => {
  if (text === null) return null;
  if (name === 'phone') return contactPhone(installation, text);
  if (name === 'linkedin_url') return normalizeProfile(installation, text);
  if (name !== 'email') return text;
  const address = checkAddress(installation, 'LG-CON-037', text);
  return installation.takes('LG-CON-031', 1) ? address.toLowerCase() : address;
};

/** A LinkedIn URL, as it is stored (LG-CON-040). */
const normalizeProfile = (installation: Installation, sent: string): string => {
  const { choice } = installation;
  const isLinkedIn = /^https?:\/\/([a-z]+\.)?linkedin\.com\//i.test(sent);
  if (choice('LG-CON-040') === 1 && !isLinkedIn && sent !== '') {
    throw invalid(installation, 'linkedin_url is not a LinkedIn URL');
  }
  if (choice('LG-CON-040') !== 2) return sent;
  return sent
    .replace(/^http:/i, 'https:')
    .replace('://www.', '://')
    .replace(/\/+$/, '');
};

const readKinds = (installation: Installation, sent: unknown): readonly Kind[] | undefined => {
  const { choice, takes } = installation;
  if (sent === undefined) return undefined;
  if (sent === null && takes('LG-CON-048', 2)) return [];
  const list = typeof sent === 'string' && takes('LG-CON-048', 1) ? [sent] : sent;
  if (!Array.isArray(list)) throw invalid(installation, 'kind is not an array');
  const values = list.filter((one: unknown) => !countsAsNull(installation, one));
  const named = values.map((one: unknown) => oneOf(installation, one, kinds, 'kind'));
  const unique = [...new Set(named)];
  const hasDuplicates = unique.length !== named.length;
  if (hasDuplicates && choice('LG-CON-047') === 3) {
    throw undocumentedRefusal(installation, 'kind has duplicates', 'doubled_kind');
  }
  if (choice('LG-CON-047') === 1) return unique.sort().reverse();
  return choice('LG-CON-047') === 2 ? named : unique;
};

/** The fields that creation and update have in common. */
export type CommonFields = Partial<Omit<DossierFields, 'name' | 'status' | 'stage'>>;

/** What the valid fields of a body depend on. */
export interface FieldContext {
  readonly organization: Organization;
  readonly type: DossierType;
  readonly creating: boolean;
}

const dossierTexts = [
  'email',
  'phone',
  'company',
  'role',
  'intake_notes',
  'contact_person',
] as const;

/** @throws Refusal if a field has an invalid value */
export const readDossierFields = (
  installation: Installation,
  body: Body,
  context: FieldContext,
): CommonFields => {
  const decision = context.creating ? 'LG-GEN-035' : 'LG-DOS-090';
  const fields: CommonFields = {};
  for (const name of dossierTexts) {
    const text = checkNull(installation, readText(installation, body, name), name, decision);
    if (text !== undefined) fields[name] = shapeDossierText(installation, name, text);
  }
  const amount = readAmount(installation, body['deal_size']);
  checkNull(installation, amount, 'deal_size', decision);
  if (amount !== undefined) fields.deal_size = amount;
  const currency = readText(installation, body, 'deal_currency');
  checkNull(installation, currency, 'deal_currency', decision);
  if (currency != null) fields.deal_currency = checkCurrency(installation, currency);
  if (currency === null) fields.deal_currency = null;
  checkSalesOnly(installation, fields, context);
  readAssignment(installation, body['assigned_to'], fields, context);
  return fields;
};

const shapeDossierText = (
  installation: Installation,
  name: (typeof dossierTexts)[number],
  text: string | null,
): string | null => {
  if (text === null) return null;
  if (name === 'email') return checkAddress(installation, 'LG-DOS-050', text);
  return name === 'phone' ? dossierPhone(installation, text) : text;
};

const checkSalesOnly = (
  installation: Installation,
  fields: CommonFields,
  { type, creating }: FieldContext,
): void => {
  if (type !== 'candidate') return;
  const choice = installation.choice(creating ? 'LG-DOS-045' : 'LG-DOS-089');
  for (const name of salesOnly) {
    if (fields[name] == null) continue;
    if (choice === 0)
      throw undocumentedRefusal(installation, `${name} is for sales only`, 'sales_only');
    if (choice === 1) Reflect.deleteProperty(fields, name);
  }
};

const readAssignment = (
  installation: Installation,
  sent: unknown,
  fields: CommonFields,
  { organization, creating }: FieldContext,
): void => {
  if (sent === undefined) return;
  if (creating) checkNull(installation, sent, 'assigned_to', 'LG-GEN-035');
  if (namesNothing(installation, sent)) {
    fields.assigned_to = null;
    return;
  }
  const id = demandUuid(installation, sent, 'assigned_to');
  if (installation.takes('LG-DOS-044', 2)) {
    fields.assigned_to = id;
    return;
  }
  const absent = () =>
    installation.takes('LG-DOS-044', 1)
      ? notFound(installation, 'Member', id)
      : undocumentedRefusal(installation, 'assigned_to is not a member', 'unknown_member');
  const list = ({ members }: Organization) => members;
  const member = demand(installation, organization, id, { list, name: 'Member', absent });
  fields.assigned_to = member.id;
};

/** @throws Refusal if a creation has a field that can't be set (LG-DOS-051) */
export const checkUnsettable = (installation: Installation, body: Body): void => {
  if (!installation.takes('LG-DOS-051', 1)) return;
  const unsettable = ['status', 'current_stage_id', 'cv_url'].find((name) => name in body);
  if (unsettable !== undefined) throw invalid(installation, `${unsettable} can't be set`);
};

/** @throws Refusal if the value isn't a valid amount */
const readAmount = (installation: Installation, sent: unknown): number | null | undefined => {
  const { takes } = installation;
  if (sent === null || sent === undefined) return sent;
  const converted = typeof sent === 'string' && takes('LG-GEN-034', 1) && sent.trim() !== '';
  const value = converted ? Number(sent) : sent;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    if (takes('LG-GEN-034', 2)) return undefined;
    throw invalid(installation, 'deal_size is not a number');
  }
  if (value < 0 && !takes('LG-DOS-048', 1)) throw invalid(installation, 'deal_size is negative');
  if (value >= 100_000_000 && takes('LG-DOS-049', 2)) {
    throw invalid(installation, 'deal_size is too large');
  }
  return takes('LG-DOS-049', 1) ? Math.round(value * 100) / 100 : value;
};

/** @throws Refusal if the string isn't a currency (LG-DOS-046) */
const checkCurrency = (installation: Installation, sent: string): string => {
  const { takes } = installation;
  if (takes('LG-DOS-046', 1)) return sent;
  const code = takes('LG-DOS-046', 2) ? sent.toUpperCase() : sent;
  if (!/^[A-Z]{3}$/.test(code)) throw invalid(installation, 'deal_currency is not a currency code');
  const inUse = Intl.supportedValuesOf('currency').includes(code);
  if (takes('LG-DOS-046', 3) && !inUse) {
    throw invalid(installation, 'deal_currency is not in use');
  }
  return code;
};

/** Adds the currency to a deal without one, or refuses an incomplete deal (LG-DOS-047). */
export const completeDeal = (
  installation: Installation,
  deal: { deal_size?: number | null; deal_currency?: string | null },
): void => {
  const isIncomplete = (deal.deal_size == null) !== (deal.deal_currency == null);
  if (!isIncomplete) return;
  if (installation.takes('LG-DOS-047', 2)) {
    throw undocumentedRefusal(installation, 'the deal is incomplete', 'incomplete_deal');
  }
  if (installation.takes('LG-DOS-047', 1)) deal.deal_currency ??= 'EUR';
};
