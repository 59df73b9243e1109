import { formOf, makeCv } from './create-operations.ts';
import type { Data } from './client.ts';
import type { Draft, Operation, Situation } from './operation.ts';
import { digest, put, type DossierPicture, type Fields, type Picture } from './picture.ts';
import { pick } from '../random.ts';

interface Target {
  readonly name: string;
  readonly path: string;
  readonly dossier: DossierPicture;
}

/** Drafts something that is done to a dossier. */
export const onDossier =
  (draft: (target: Target, situation: Situation) => Operation | undefined): Draft =>
  (situation) => {
    const [name, dossier] = pick(situation.random, [...situation.known.dossiers]) ?? [];
    if (name === undefined || !dossier) return undefined;
    return draft({ name, dossier, path: `/dossiers/${String(dossier.fields['id'])}` }, situation);
  };

/** What is known when a dossier has changed. */
export const changeDossier = (
  known: Picture,
  name: string,
  change: Partial<DossierPicture>,
): Picture => {
  const dossier = known.dossiers.get(name);
  return dossier
    ? { ...known, dossiers: put(known.dossiers, name, { ...dossier, ...change }) }
    : known;
};

const changeFields =
  ({ name, dossier }: Target, fields: Fields) =>
  (known: Picture, answer: Data): Picture =>
    changeDossier(known, name, { fields: { ...dossier.fields, ...fields, ...answer } });

export const updateDossier = onDossier((target, { name, random }) => {
  const fields = { intake_notes: `Changed by ${name}`, status: pick(random, ['active', 'won']) };
  return {
    sending: { method: 'PATCH', path: target.path, json: fields },
    effect: changeFields(target, fields),
  };
});

export const archiveDossier = onDossier((target) => ({
  sending: { method: 'DELETE', path: target.path },
  effect: changeFields(target, { status: 'archived' }),
}));

export const uploadCv = onDossier(({ name, path, dossier }, { random }) => {
  const cv = makeCv(random);
  return {
    sending: { method: 'POST', path: `${path}/cv`, form: formOf(cv) },
    effect: (known, answer) => {
      const fields = { ...dossier.fields, cv_url: undefined, ...answer };
      return changeDossier(known, name, { fields, cv: digest(cv) });
    },
  };
});

export const createNote = onDossier(({ name, path, dossier }, situation) => ({
  sending: { method: 'POST', path: `${path}/notes`, json: { content: situation.name } },
  effect: (known) => changeDossier(known, name, { notes: [...dossier.notes, situation.name] }),
}));
