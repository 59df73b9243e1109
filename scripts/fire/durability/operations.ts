import { deleteContact, linkContact, unlinkContact, updateContact } from './contact-operations.ts';
import { createContact, createDossier, createDossierWithCv } from './create-operations.ts';
import { archiveDossier, createNote, updateDossier, uploadCv } from './dossier-operations.ts';
import type { Draft, Operation, Situation } from './operation.ts';
import { pick } from '../random.ts';

/** What clients do; what is here twice they do twice as often. */
const drafts: readonly Draft[] = [
  ...[createDossier, createDossier, createDossierWithCv, createContact],
  ...[updateDossier, updateDossier, archiveDossier, uploadCv, createNote, createNote],
  ...[updateContact, deleteContact, linkContact, unlinkContact],
];

/** Something to do; if what is known doesn't allow it, something that is always possible. */
export const draftOperation = (situation: Situation): Operation =>
  pick(situation.random, drafts)?.(situation) ?? createDossier(situation);
