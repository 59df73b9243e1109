import { changeDossier, onDossier } from './dossier-operations.ts';
import type { Draft, Operation, Situation } from './operation.ts';
import { linkText, nameInLink, put, type Fields, type Picture } from './picture.ts';
import { pick } from '../random.ts';

interface Target {
  readonly name: string;
  readonly id: string;
  readonly fields: Fields;
}

/** One of the contacts whose ids are known. */
const pickContact = ({ known, random }: Situation): Target | undefined => {
  const [name, fields] = pick(random, [...known.contacts]) ?? [];
  if (name === undefined || typeof fields?.['id'] !== 'string') return undefined;
  return { name, id: fields['id'], fields };
};

/** Drafts something that is done to a contact. */
const onContact =
  (draft: (target: Target, situation: Situation) => Operation): Draft =>
  (situation) => {
    const target = pickContact(situation);
    return target && draft(target, situation);
  };

export const updateContact = onContact(({ name, id, fields }, situation) => {
  const change = { notes: `Changed by ${situation.name}`, kind: ['prospect'] };
  return {
    sending: { method: 'PATCH', path: `/contacts/${id}`, json: change },
    effect: (known, answer) => ({
      ...known,
      contacts: put(known.contacts, name, { ...fields, ...change, ...answer }),
    }),
  };
});

/** A contact takes its links with it. */
export const deleteContact = onContact(({ name, id }) => ({
  sending: { method: 'DELETE', path: `/contacts/${id}` },
  effect: (known) => {
    const contacts = new Map(known.contacts);
    contacts.delete(name);
    const left = [...known.dossiers.keys()].reduce(
      (one, dossier) => unlink(one, dossier, name),
      known,
    );
    return { ...left, contacts };
  },
}));

export const linkContact = onDossier(({ name, path, dossier }, situation) => {
  const contact = pickContact(situation);
  if (!contact || dossier.contacts.some((link) => nameInLink(link) === contact.name)) {
    return undefined;
  }
  const role = 'hiring_manager';
  const json = { contact_id: contact.id, role_on_dossier: role, is_primary: false };
  const contacts = [...dossier.contacts, linkText(contact.name, role, false)];
  return {
    sending: { method: 'POST', path: `${path}/contacts`, json },
    effect: (known) => changeDossier(known, name, { contacts }),
  };
});

export const unlinkContact = onDossier(({ name, path, dossier }, { known, random }) => {
  const linked = nameInLink(pick(random, dossier.contacts) ?? '');
  const id = known.contacts.get(linked)?.['id'];
  if (typeof id !== 'string') return undefined;
  return {
    sending: { method: 'DELETE', path: `${path}/contacts/${id}` },
    effect: (before) => unlink(before, name, linked),
  };
});

const unlink = (known: Picture, dossier: string, contact: string): Picture => {
  const links = known.dossiers.get(dossier)?.contacts ?? [];
  const contacts = links.filter((link) => nameInLink(link) !== contact);
  return changeDossier(known, dossier, { contacts });
};
