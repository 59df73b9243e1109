import type { Installation } from '../installation.ts';
import type { Dossier, Note } from '../records.ts';
import type { Occurrence } from './occurrence.ts';

/** What others are told. */
export interface Happening {
  readonly type: string;
  readonly dossier: Dossier;
  readonly note?: Note;
  /** Those fields that the event is about. */
  readonly fields: readonly string[];
}

/** The events that something causes, in the order in which they are told (LG-WEB-041). */
export const happeningsOf = (
  installation: Installation,
  occurrence: Occurrence,
): readonly Happening[] => {
  const happenings = [...caused(installation, occurrence)];
  const further = installation.freedoms.deliveries?.extraTypes
    ? [{ type: `${occurrence.what}.internally`, dossier: occurrence.dossier, fields: [] }]
    : [];
  if (installation.takes('LG-WEB-041', 1)) happenings.reverse();
  return [...happenings, ...further];
};

const caused = ({ takes }: Installation, occurrence: Occurrence): readonly Happening[] => {
  const { dossier } = occurrence;
  const told = (type: string, ...fields: string[]): Happening => ({ type, dossier, fields });
  const updated = told('dossier.updated');
  switch (occurrence.what) {
    case 'created':
      return [
        told('dossier.created', 'type', 'name', 'status'),
        ...(occurrence.withCv && takes('LG-WEB-028', 1) ? [told('dossier.updated', 'cv_url')] : []),
        ...(takes('LG-WEB-028', 2) ? [moved(dossier)] : []),
      ];
    case 'changed':
      return changed(takes, occurrence);
    case 'deleted':
      return deleted(takes, occurrence);
    case 'uploaded':
      return [told('dossier.updated', 'cv_url')];
    case 'linked':
      return takes('LG-WEB-033', 1) ? [updated] : [];
    case 'primary-changed':
      return takes('LG-WEB-033', 2) ? [updated] : [];
    case 'contact-deleted':
      return takes('LG-WEB-033', 3) ? [updated] : [];
    case 'noted':
      return [
        { type: 'note.created', dossier, note: occurrence.note, fields: [] },
        ...(takes('LG-WEB-034', 1) ? [updated] : []),
      ];
  }
};

const moved = (dossier: Dossier): Happening => ({
  ...{ type: 'dossier.stage_changed', dossier },
  fields: ['current_stage_id', 'status'],
});

const deletion = (dossier: Dossier): Happening => ({
  ...{ type: 'dossier.deleted', dossier, fields: ['status'] },
});

const changed = (
  takes: Installation['takes'],
  { dossier, named, changed: fields }: Extract<Occurrence, { what: 'changed' }>,
): readonly Happening[] => {
  const always = takes('LG-WEB-030', 1);
  const touched = fields.length > 0 ? fields : named;
  const each = takes('LG-WEB-029', 1) && touched.length > 0 ? touched : ['all'];
  const updates = each.map((field): Happening => {
    const about = field === 'all' ? [...touched] : [field];
    return { type: 'dossier.updated', dossier, fields: about };
  });
  const set = takes('LG-WEB-030', 2) && named.includes('current_stage_id');
  const archived = fields.includes('status') && dossier.status === 'archived';
  return [
    ...(fields.length > 0 || always ? updates : []),
    ...(fields.includes('current_stage_id') || set ? [moved(dossier)] : []),
    ...(archived ? [deletion(dossier)] : []),
  ];
};

const deleted = (
  takes: Installation['takes'],
  { dossier, again }: Extract<Occurrence, { what: 'deleted' }>,
): readonly Happening[] => {
  if (again) return takes('LG-WEB-032', 1) ? [deletion(dossier)] : [];
  if (takes('LG-WEB-031', 1)) return [deletion(dossier)];
  return [{ type: 'dossier.updated', dossier, fields: ['status'] }, deletion(dossier)];
};
