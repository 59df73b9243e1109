import type { MutableEvent } from '../faults/deliveries.ts';

/** No more of a subject than the example shows. */
export const excerptOf = ({ type, data }: MutableEvent) => {
  const { id, current_stage_id, status } = data;
  return type === 'dossier.stage_changed' ? { id, current_stage_id, status } : { id };
};

/** The events that alternatives add beside one (LG-WEB-028, LG-WEB-029, LG-WEB-034). */
export const companionsOf = (event: MutableEvent): MutableEvent[] => {
  const { data } = event;
  const updated = { ...event, type: 'dossier.updated' };
  if (event.type === 'dossier.updated') return [updated];
  if (event.type === 'note.created') return [{ ...updated, data: { id: data['dossier_id'] } }];
  if (event.type !== 'dossier.created') return [];
  // The first stage is a move, and the CV that comes along is a change (LG-WEB-028).
  const moved = { ...event, type: 'dossier.stage_changed' };
  return data['cv_url'] === null ? [moved] : [moved, updated];
};
