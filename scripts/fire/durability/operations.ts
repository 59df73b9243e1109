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
  effect: (known, data) => addDossier(known, name, data, undefined),
});

const createDossierWithCv = ({ name, random }: Situation): WriteOperation => {
  const cv = makeCv(random);
  const form = formOf(cv);
  for (const [field, value] of Object.entries(dossierFields(name))) form.append(field, value);
  return {
    sending: { method: 'POST', path: '/dossiers', form },
    effect: (known, data) => addDossier(known, name, data, digest(cv)),
  };
};

const dossierFields = (name: string) => ({
  ...{ type: 'candidate', name, email: `${name}@example.nl`, intake_notes: `About ${name} 👩‍💼` },
});

/** Adds a new dossier with its contact, their link, and its CV if it has one. */
const addDossier = (
  { dossiers, contacts }: Snapshot,
  name: string,
  data: Data,
  cv: string | undefined,
): Snapshot => {
  const fields = { ...dossierFields(name), status: 'active', ...data };
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
    effect: ({ dossiers, contacts }, data) => ({
      dossiers,
      contacts: put(contacts, name, { ...fields, ...data }),
    }),
  };
};

/** Drafts an operation on one of the known dossiers. */
const onDossier =
  (draft: (target: DossierTarget, situation: Situation) => WriteOperation | undefined): Draft =>
  (situation) => {
    const [name, dossier] = pick(situation.random, [...situation.known.dossiers]) ?? [];
    if (name === undefined || !dossier) return undefined;
    return draft({ name, dossier, path: `/dossiers/${String(dossier.fields['id'])}` }, situation);
  };

/** The snapshot after a change of one dossier. */
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
  (known: Snapshot, data: Data): Snapshot =>
    changeDossier(known, name, { fields: { ...dossier.fields, ...fields, ...data } });

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
    effect: (known, data) => {
      const fields = { ...dossier.fields, cv_url: undefined, ...data };
      return changeDossier(known, name, { fields, cv: digest(cv) });
    },
  };
});

const createNote = onDossier(({ name, path, dossier }, situation) => ({
  sending: { method: 'POST', path: `${path}/notes`, json: { content: situation.name } },
  effect: (known) => changeDossier(known, name, { notes: [...dossier.notes, situation.name] }),
}));

/** Picks one of the contacts whose ids are known. */
const pickContact = ({ known, random }: Situation): ContactTarget | undefined => {
  const [name, fields] = pick(random, [...known.contacts]) ?? [];
  if (name === undefined || typeof fields?.['id'] !== 'string') return undefined;
  return { name, id: fields['id'], fields };
};

/** Drafts an operation on one of the known contacts. */
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
    effect: (known, data) => ({
      ...known,
      contacts: put(known.contacts, name, { ...fields, ...change, ...data }),
    }),
  };
});

/** Deletes a contact, and with it its links. */
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

/** The operations of clients; those listed twice are drafted twice as often. */
const drafts: readonly Draft[] = [
  ...[createDossier, createDossier, createDossierWithCv, createContact],
  ...[updateDossier, updateDossier, archiveDossier, uploadCv, createNote, createNote],
  ...[updateContact, deleteContact, linkContact, unlinkContact],
];

/** Drafts a random operation; if the snapshot doesn't allow it, creates a dossier. */
export const draftOperation = (situation: Situation): WriteOperation =>
  pick(situation.random, drafts)?.(situation) ?? createDossier(situation);

/** A write, and its effect on what the organisation holds. */
export interface WriteOperation {
  readonly sending: Sending;
  /** @param data - the `data` of the response; empty without a response */
  readonly effect: (known: Snapshot, data: Data) => Snapshot;
}

/** The input for drafting an operation. */
interface Situation {
  readonly known: Snapshot;
  readonly random: Random;
  /** A unique name for what is created. */
  readonly name: string;
}

/** Drafts an operation; undefined if the snapshot doesn't allow it. */
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
