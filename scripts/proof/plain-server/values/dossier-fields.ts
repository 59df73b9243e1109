import type { Body } from '../call.ts';
import { salesOnly, type DossierType } from '../facts.ts';
import type { Installation } from '../installation.ts';
import type { DossierFields, Organization } from '../records.ts';
import { invalid, notFound, unforeseen } from '../refusal.ts';
import { checkAddress } from './address.ts';
import { checkCurrency, readAmount } from './deal.ts';
import { checkNull } from './nothing.ts';
import { dossierPhone } from './phone.ts';
import { demand, demandUuid, namesNothing } from './references.ts';
import { readText } from './text.ts';

/** The fields that creation and change have in common. */
export type CommonFields = Partial<Omit<DossierFields, 'name' | 'status' | 'stage'>>;

/** What a body is read for. */
export interface Reading {
  readonly organization: Organization;
  readonly type: DossierType;
  readonly creating: boolean;
}

const texts = ['email', 'phone', 'company', 'role', 'intake_notes', 'contact_person'] as const;

/** @throws Refusal when a field doesn't hold what it should */
export const readDossierFields = (
  installation: Installation,
  body: Body,
  reading: Reading,
): CommonFields => {
  const decision = reading.creating ? 'LG-GEN-035' : 'LG-DOS-090';
  const fields: CommonFields = {};
  for (const name of texts) {
    const text = checkNull(installation, readText(installation, body, name), name, decision);
    if (text !== undefined) fields[name] = shape(installation, name, text);
  }
  const amount = readAmount(installation, body['deal_size']);
  checkNull(installation, amount, 'deal_size', decision);
  if (amount !== undefined) fields.deal_size = amount;
  const currency = readText(installation, body, 'deal_currency');
  checkNull(installation, currency, 'deal_currency', decision);
  if (currency != null) fields.deal_currency = checkCurrency(installation, currency);
  if (currency === null) fields.deal_currency = null;
  keepSalesApart(installation, fields, reading);
  readAssignment(installation, body['assigned_to'], fields, reading);
  return fields;
};

const shape = (
  installation: Installation,
  name: (typeof texts)[number],
  text: string | null,
): string | null => {
  if (text === null) return null;
  if (name === 'email') return checkAddress(installation, 'LG-DOS-050', text);
  return name === 'phone' ? dossierPhone(installation, text) : text;
};

const keepSalesApart = (
  installation: Installation,
  fields: CommonFields,
  { type, creating }: Reading,
): void => {
  if (type !== 'candidate') return;
  const choice = installation.choice(creating ? 'LG-DOS-045' : 'LG-DOS-089');
  for (const name of salesOnly) {
    if (fields[name] == null) continue;
    if (choice === 0) throw unforeseen(installation, `${name} is for sales only`, 'sales_only');
    if (choice === 1) Reflect.deleteProperty(fields, name);
  }
};

const readAssignment = (
  installation: Installation,
  sent: unknown,
  fields: CommonFields,
  { organization, creating }: Reading,
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
      : unforeseen(installation, 'assigned_to is no member', 'unknown_member');
  const list = ({ members }: Organization) => members;
  const member = demand(installation, organization, id, { list, name: 'Member', absent });
  fields.assigned_to = member.id;
};

/** @throws Refusal when a new dossier brings a field that can't be set (LG-DOS-051) */
export const checkUnsettable = (installation: Installation, body: Body): void => {
  if (!installation.takes('LG-DOS-051', 1)) return;
  const odd = ['status', 'current_stage_id', 'cv_url'].find((name) => name in body);
  if (odd !== undefined) throw invalid(installation, `${odd} can't be set`);
};
