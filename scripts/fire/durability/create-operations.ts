import type { Data } from './client.ts';
import type { Operation, Situation } from './operation.ts';
import { digest, linkText, put, type Picture } from './picture.ts';
import { below, type Random } from '../random.ts';

export const createDossier = ({ name }: Situation): Operation => ({
  sending: { method: 'POST', path: '/dossiers', json: dossierFields(name) },
  effect: (known, answer) => addDossier(known, name, answer, undefined),
});

export const createDossierWithCv = ({ name, random }: Situation): Operation => {
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
  { dossiers, contacts }: Picture,
  name: string,
  answer: Data,
  cv: string | undefined,
): Picture => {
  const fields = { ...dossierFields(name), status: 'active', ...answer };
  const { email } = dossierFields(name);
  const linked = [linkText(name, 'primary', true)];
  return {
    dossiers: put(dossiers, name, { fields, contacts: linked, notes: [], cv }),
    contacts: put(contacts, name, { full_name: name, email }),
  };
};

export const makeCv = (random: Random): Buffer => {
  const bytes = Buffer.alloc(10 + below(random, 200_000), String(random()));
  bytes.write('%PDF-1.7');
  return bytes;
};

export const formOf = (cv: Buffer): FormData => {
  const form = new FormData();
  form.append('cv', new Blob([cv], { type: 'application/pdf' }), 'cv.pdf');
  return form;
};

export const createContact = ({ name }: Situation): Operation => {
  const fields = { full_name: name, email: `${name}@example.nl`, kind: ['client', 'partner'] };
  return {
    sending: { method: 'POST', path: '/contacts', json: fields },
    effect: ({ dossiers, contacts }, answer) => ({
      dossiers,
      contacts: put(contacts, name, { ...fields, ...answer }),
    }),
  };
};
