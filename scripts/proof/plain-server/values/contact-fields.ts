import type { Body } from '../call.ts';
import { kinds, type Kind } from '../facts.ts';
import type { Installation } from '../installation.ts';
import type { ContactFields } from '../records.ts';
import { invalid, unforeseen } from '../refusal.ts';
import { checkAddress } from './address.ts';
import { oneOf } from './enumerated.ts';
import { checkFields, checkNull } from './nothing.ts';
import { contactPhone } from './phone.ts';
import { countsAsNull, readText } from './text.ts';

const texts = ['email', 'phone', 'linkedin_url', 'company', 'role', 'city', 'notes'] as const;

/** @throws Refusal when a field doesn't hold what it should */
export const readContactFields = (
  installation: Installation,
  body: Body,
  creating: boolean,
): Partial<ContactFields> => {
  checkFields(installation, body, ['full_name', ...texts, 'kind']);
  const fields: Partial<ContactFields> = {};
  const decision = creating ? 'LG-GEN-035' : 'LG-CON-070';
  const name = readName(installation, body, creating);
  if (name !== undefined) fields.full_name = name;
  for (const field of texts) {
    const text = checkNull(installation, readText(installation, body, field), field, decision);
    if (text !== undefined) fields[field] = shape(installation, field, text);
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

const shape = (
  installation: Installation,
  name: (typeof texts)[number],
  text: string | null,
): string | null => {
  if (text === null) return null;
  if (name === 'phone') return contactPhone(installation, text);
  if (name === 'linkedin_url') return profile(installation, text);
  if (name !== 'email') return text;
  const address = checkAddress(installation, 'LG-CON-037', text);
  return installation.takes('LG-CON-031', 1) ? address.toLowerCase() : address;
};

/** A LinkedIn address, as it is kept (LG-CON-040). */
const profile = (installation: Installation, sent: string): string => {
  const { choice } = installation;
  const right = /^https?:\/\/([a-z]+\.)?linkedin\.com\//i.test(sent);
  if (choice('LG-CON-040') === 1 && !right && sent !== '') {
    throw invalid(installation, 'linkedin_url leads elsewhere');
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
  if (!Array.isArray(list)) throw invalid(installation, 'kind is no array');
  const values = list.filter((one: unknown) => !countsAsNull(installation, one));
  const named = values.map((one: unknown) => oneOf(installation, one, kinds, 'kind'));
  const once = [...new Set(named)];
  const doubled = once.length !== named.length;
  if (doubled && choice('LG-CON-047') === 3) {
    throw unforeseen(installation, 'kind has doubles', 'doubled_kind');
  }
  if (choice('LG-CON-047') === 1) return once.sort().reverse();
  return choice('LG-CON-047') === 2 ? named : once;
};
