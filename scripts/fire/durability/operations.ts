import { below, pick, type Random } from '../harness/random.ts';
import type { Data, Sending } from './client.ts';
import {
  digest,
  type DossierSnapshot,
  type Fields,
  linkText,
  nameInLink,
  put,
  type Snapshot,
} from './snapshot.ts';

const createDossier = ({ name }: Situation): WriteOperation => ({
  sending: { method: 'POST', path: '/dossiers', json: dossierFields(name) },
  effect: (known, answer) => addDossier(known, name, answer, undefined),
});

const createDossierWithCv = ({ name, random }: Situation): WriteOperation => {
  const cv = makeCv(random);
  const form = formOf(cv);
  for (const [field, value] of Object.entries(dossierFields(name))) form.append(field, value);
  return {
    sending: { method: 'POST', path: '/dossiers', form },
    effect: (known, answer) => addDossier(known, name, answer, digest(cv)),
  };
};

const dossierFields = (name: string) => ({
  ...{ type: 'candidate', name, email: `${name}@example.nl`, intake_notes: `About ${name} 👩‍💼` },
});

/** A new dossier comes with its contact and their link, and with its CV if it has one. */
const addDossier = (
  { dossiers, contacts }: Snapshot,
  name: string,
  answer: Data,
  cv: string | undefined,
): Snapshot => {
  const fields = { ...dossierFields(name), status: 'active', ...answer };
  const { email } = dossierFields(name);
  const linked = [linkText(name, 'primary', true)];
  return {
    dossiers: put(dossiers, name, { fields, contacts: linked, notes: [], cv }),
    contacts: put(contacts, name, { full_name: name, email }),
  };
};

const makeCv = (random: Random): Buffer => {
  const bytes = Buffer.alloc(10 + below(random, 200_000), String(random()));
  bytes.write('%PDF-1.7');
  return bytes;
};

const formOf = (cv: Buffer): FormData => {
  const form = new FormData();
  form.append('cv', new Blob([cv], { type: 'application/pdf' }), 'cv.pdf');
  return form;
};

const createContact = ({ name }: Situation): WriteOperation => {
  const fields = { full_name: name, email: `${name}@example.nl`, kind: ['client', 'partner'] };
  return {
    sending: { method: 'POST', path: '/contacts', json: fields },
    effect: ({ dossiers, contacts }, answer) => ({
      dossiers,
      contacts: put(contacts, name, { ...fields, ...answer }),
    }),
  };
};

/** Drafts something that is done to a dossier. */
const onDossier =
  (draft: (target: DossierTarget, situation: Situation) => WriteOperation | undefined): Draft =>
  (situation) => {
    const [name, dossier] = pick(situation.random, [...situation.known.dossiers]) ?? [];
    if (name === undefined || !dossier) return undefined;
    return draft({ name, dossier, path: `/dossiers/${String(dossier.fields['id'])}` }, situation);
  };

/** What is known when a dossier has changed. */
const changeDossier = (
  known: Snapshot,
  name: string,
  change: Partial<DossierSnapshot>,
): Snapshot => {
  const dossier = known.dossiers.get(name);
  return dossier
    ? { ...known, dossiers: put(known.dossiers, name, { ...dossier, ...change }) }
    : known;
};

const changeFields =
  ({ name, dossier }: DossierTarget, fields: Fields) =>
  (known: Snapshot, answer: Data): Snapshot =>
    changeDossier(known, name, { fields: { ...dossier.fields, ...fields, ...answer } });

const updateDossier = onDossier((target, { name, random }) => {
  const fields = { intake_notes: `Changed by ${name}`, status: pick(random, ['active', 'won']) };
  return {
    sending: { method: 'PATCH', path: target.path, json: fields },
    effect: changeFields(target, fields),
  };
});

const archiveDossier = onDossier((target) => ({
  sending: { method: 'DELETE', path: target.path },
  effect: changeFields(target, { status: 'archived' }),
}));

const uploadCv = onDossier(({ name, path, dossier }, { random }) => {
  const cv = makeCv(random);
  return {
    sending: { method: 'POST', path: `${path}/cv`, form: formOf(cv) },
    effect: (known, answer) => {
      const fields = { ...dossier.fields, cv_url: undefined, ...answer };
      return changeDossier(known, name, { fields, cv: digest(cv) });
    },
  };
});

const createNote = onDossier(({ name, path, dossier }, situation) => ({
  sending: { method: 'POST', path: `${path}/notes`, json: { content: situation.name } },
  effect: (known) => changeDossier(known, name, { notes: [...dossier.notes, situation.name] }),
}));

/** One of the contacts whose ids are known. */
const pickContact = ({ known, random }: Situation): ContactTarget | undefined => {
  const [name, fields] = pick(random, [...known.contacts]) ?? [];
  if (name === undefined || typeof fields?.['id'] !== 'string') return undefined;
  return { name, id: fields['id'], fields };
};

/** Drafts something that is done to a contact. */
const onContact =
  (draft: (target: ContactTarget, situation: Situation) => WriteOperation): Draft =>
  (situation) => {
    const target = pickContact(situation);
    return target && draft(target, situation);
  };

const updateContact = onContact(({ name, id, fields }, situation) => {
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
const deleteContact = onContact(({ name, id }) => ({
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

const linkContact = onDossier(({ name, path, dossier }, situation) => {
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

const unlinkContact = onDossier(({ name, path, dossier }, { known, random }) => {
  const linked = nameInLink(pick(random, dossier.contacts) ?? '');
  const id = known.contacts.get(linked)?.['id'];
  if (typeof id !== 'string') return undefined;
  return {
    sending: { method: 'DELETE', path: `${path}/contacts/${id}` },
    effect: (before) => unlink(before, name, linked),
  };
});

const unlink = (known: Snapshot, dossier: string, contact: string): Snapshot => {
  const links = known.dossiers.get(dossier)?.contacts ?? [];
  const contacts = links.filter((link) => nameInLink(link) !== contact);
  return changeDossier(known, dossier, { contacts });
};

/** What clients do; what is here twice they do twice as often. */
const drafts: readonly Draft[] = [
  ...[createDossier, createDossier, createDossierWithCv, createContact],
  ...[updateDossier, updateDossier, archiveDossier, uploadCv, createNote, createNote],
  ...[updateContact, deleteContact, linkContact, unlinkContact],
];

/** Something to do; if what is known doesn't allow it, something that is always possible. */
export const draftOperation = (situation: Situation): WriteOperation =>
  pick(situation.random, drafts)?.(situation) ?? createDossier(situation);

/** A write, and what the organisation holds when it was done. */
export interface WriteOperation {
  readonly sending: Sending;
  /** @param answer - what was answered; without an answer less is known */
  readonly effect: (known: Snapshot, answer: Data) => Snapshot;
}

/** What an operation is made from. */
interface Situation {
  readonly known: Snapshot;
  readonly random: Random;
  /** A name that nothing else has. */
  readonly name: string;
}

/** Makes an operation, if what is known allows it. */
type Draft = (situation: Situation) => WriteOperation | undefined;

interface DossierTarget {
  readonly name: string;
  readonly path: string;
  readonly dossier: DossierSnapshot;
}

interface ContactTarget {
  readonly name: string;
  readonly id: string;
  readonly fields: Fields;
}
