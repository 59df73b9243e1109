import type { Body, Call } from '../call.ts';
import type { DossierType } from '../facts.ts';
import type { Contact, ContactFields, Dossier, Organization } from '../records.ts';
import { duplicate, notFound, Refusal, say, unforeseen } from '../refusal.ts';
import { addContact, changeContact, holderOf } from '../state/contacts.ts';
import { addLink } from '../state/links.ts';
import type { CommonFields } from '../values/dossier-fields.ts';
import { checkNull } from '../values/nothing.ts';
import { demand, demandUuid, namesNothing } from '../values/references.ts';

/** Whom a new dossier is about. */
export interface Person {
  /** How the dossier came to them. */
  readonly how: 'named' | 'recognised' | 'new';
  /** Gives the contact, which is made only now if it is a new one. */
  readonly bring: () => Contact;
}

interface Subject {
  readonly type: DossierType;
  readonly name: string;
  readonly fields: CommonFields;
}

/** @throws Refusal when the contact that was named is none, or the address is taken */
export const choosePerson = (call: Call, body: Body, subject: Subject): Person => {
  const { installation, organization } = call;
  const sent = checkNull(installation, body['contact_id'], 'contact_id', 'LG-GEN-035');
  if (!namesNothing(installation, sent)) {
    const contact = namedContact(call, sent);
    return { how: 'named', bring: () => contact };
  }
  const other = holderOf(organization, subject.fields.email);
  const choice = installation.choice('LG-DOS-064');
  if (other && choice === 1) throw duplicate(installation);
  if (other && choice !== 2) return { how: 'recognised', bring: () => other };
  const draft = draftOf(call, subject, other !== undefined);
  return { how: 'new', bring: () => addContact(installation, organization, draft) };
};

const namedContact = ({ installation, organization, key }: Call, sent: unknown): Contact => {
  if (installation.takes('LG-AUT-048', 1) && !key.scopes.has('contacts:write')) {
    const message = say(installation, 'The key lacks contacts:write.', 'contacts:write ontbreekt.');
    throw new Refusal(403, 'forbidden', message);
  }
  const id = demandUuid(installation, sent, 'contact_id');
  const absent = () =>
    installation.takes('LG-DOS-055', 1)
      ? unforeseen(installation, 'contact_id is unknown', 'unknown_contact')
      : notFound(installation, 'Contact', id);
  const list = ({ contacts }: Organization) => contacts;
  return demand(installation, organization, id, { list, name: 'Contact', absent });
};

const draftOf = (
  { installation: { takes } }: Call,
  { type, name, fields }: Subject,
  taken: boolean,
): Partial<ContactFields> & Pick<ContactFields, 'full_name'> => {
  const { email, phone, company, role, contact_person } = fields;
  const own = type === 'sales' ? contact_person || name : name;
  const other = takes(type === 'sales' ? 'LG-DOS-060' : 'LG-DOS-059', 1);
  const some = takes('LG-DOS-061', 1);
  const usual = type === 'sales' ? 'prospect' : 'candidate';
  return {
    full_name: other ? `Contact of ${name}` : own,
    email: taken ? null : (email ?? null),
    company: company ?? null,
    ...(some ? {} : { phone: phone ?? null, role: role ?? null }),
    kind: takes('LG-DOS-062', 1) ? [] : [usual],
  };
};

/** Links the person to their dossier, and lets them take over what it says where that is done. */
export const linkPerson = (
  { installation }: Call,
  dossier: Dossier,
  { how, bring }: Person,
  fields: CommonFields,
): void => {
  const contact = bring();
  const { choice, takes } = installation;
  if (how === 'new') {
    const aside = takes('LG-DOS-063', 1);
    addLink(installation, dossier, {
      contact,
      role: aside ? 'other' : 'primary',
      is_primary: !aside,
    });
    return;
  }
  const named = how === 'named' ? choice('LG-DOS-056') : 0;
  const role = named === 2 ? 'other' : 'primary';
  addLink(installation, dossier, { contact, role, is_primary: named === 0 || named === 2 });
  if (how === 'named' && takes('LG-DOS-057', 1)) fill(installation, contact, fields, false);
  if (how === 'named' && takes('LG-DOS-057', 2)) fill(installation, contact, fields, true);
  if (how === 'recognised' && takes('LG-DOS-064', 3)) fill(installation, contact, fields, true);
};

const fill = (
  installation: Call['installation'],
  contact: Contact,
  fields: CommonFields,
  all: boolean,
): void => {
  const taken: Partial<ContactFields> = {};
  for (const name of ['phone', 'company', 'role'] as const) {
    const value = fields[name];
    if (value != null && (all || contact[name] === null)) taken[name] = value;
  }
  changeContact(installation, contact, taken);
};
