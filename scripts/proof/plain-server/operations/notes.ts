import { made, type Operation } from '../call.ts';
import { byId } from '../lists/orders.ts';
import { page } from '../lists/pages.ts';
import type { Note } from '../records.ts';
import { invalid } from '../refusal.ts';
import { checkFields, readFlag } from '../values/nothing.ts';
import { demandText } from '../values/text.ts';
import { showNote } from '../views/parts.ts';
import { listedParts, openDossier } from './named.ts';

export const listDossierNotes: Operation = (call) => {
  const dossier = openDossier(call, false);
  const { notes: all } = listedParts(call, dossier);
  const { takes } = call.installation;
  const notes = takes('LG-NOT-003', 1) ? all.toSorted(byMoment(takes('LG-GEN-009', 1))) : all;
  const unpaged = takes('LG-NOT-006', 1);
  return page(call, notes, (note) => showNote(call, dossier, note), { unpaged });
};

/** The oldest first; those that show the same moment by their ids. */
const byMoment = (precise: boolean) => {
  const shown = ({ createdAt }: Note): number => Math.floor(createdAt / (precise ? 1 : 1_000));
  return (one: Note, other: Note): number => shown(one) - shown(other) || byId(one, other);
};

export const createDossierNote: Operation = (call) => {
  const dossier = openDossier(call, true);
  const { installation, body, occurrences } = call;
  checkFields(installation, body, ['content', 'is_internal']);
  const content = demandText(installation, body, 'content', installation.takes('LG-NOT-010', 1));
  if (content === '') throw invalid(installation, 'content is empty');
  const is_internal = readFlag(installation, body['is_internal'], 'is_internal') ?? true;
  const id = installation.ids.loose();
  const note: Note = { id, content, is_internal, createdAt: installation.now() };
  dossier.notes.push(note);
  occurrences.push({ what: 'noted', dossier, note });
  return made(showNote(call, dossier, note));
};
