import { writeMoment } from '../moments.ts';
import type { Dossier, Flow, Link, Note, Stage } from '../records.ts';
import { enriched, sparse, type Shown, type View } from './members.ts';

/** Shows a stage, within its flow or by itself. */
export const showStage = (view: View, stage: Stage, byItself: boolean): Shown => {
  const { freedoms, takes } = view.installation;
  const { id, name, position, deadline_days = null, win_probability = null, color = null } = stage;
  const scaled = takes('LG-FLO-014', 1) && win_probability !== null;
  const colorless = byItself && (takes('LG-FLO-021', 1) || freedoms.asInExamples === true);
  const shown = {
    ...{ id, name, position, deadline_days },
    win_probability: scaled ? win_probability / 100 : win_probability,
    ...(!colorless && { color: color !== null && takes('LG-FLO-015', 1) ? 'tomato' : color }),
  };
  return enriched(view, sparse(view, shown));
};

export const showFlow = (view: View, { id, name, type, is_default, stages }: Flow): Shown =>
  enriched(view, {
    ...{ id, name, type, is_default },
    stages: stages.map((stage) => showStage(view, stage, false)),
  });

/** Shows a contact among those of a dossier. */
export const showLinked = (view: View, { contact, role, is_primary }: Link): Shown =>
  enriched(
    view,
    sparse(view, {
      ...{ contact_id: contact.id, full_name: contact.full_name, email: contact.email },
      ...{ company: contact.company, role_on_dossier: role, is_primary },
    }),
  );

/** Shows a link as the answer to its making. */
export const showLink = (view: View, { id }: Dossier, { contact, role, is_primary }: Link): Shown =>
  enriched(view, { dossier_id: id, contact_id: contact.id, role_on_dossier: role, is_primary });

export const showNote = (view: View, { id: dossier_id }: Dossier, note: Note): Shown => {
  const { id, content, is_internal, createdAt } = note;
  const created_at = writeMoment(view.installation, createdAt);
  return enriched(view, { id, dossier_id, content, is_internal, created_at });
};
