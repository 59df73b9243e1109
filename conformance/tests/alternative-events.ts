import type { MutableEvent } from '../faults/deliveries.ts';

/** Only the fields of the documentation's example. */
export const excerptOf = ({ type, data }: MutableEvent) => {
  const { id, current_stage_id, status } = data;
  return type === 'dossier.stage_changed' ? { id, current_stage_id, status } : { id };
};

/** The events that alternatives add to one (LG-WEB-028, LG-WEB-029, LG-WEB-034). */
export const companionsOf = (event: MutableEvent): MutableEvent[] => {
  const { data } = event;
  const updated = { ...event, type: 'dossier.updated' };
  if (event.type === 'dossier.updated') return [updated];
  if (event.type === 'note.created') return [{ ...updated, data: { id: data['dossier_id'] } }];
  if (event.type !== 'dossier.created') return [];
  // Getting the first stage counts as a move, and a CV with the form as an update (LG-WEB-028).
  const moved = { ...event, type: 'dossier.stage_changed' };
  return data['cv_url'] === null ? [moved] : [moved, updated];
};
