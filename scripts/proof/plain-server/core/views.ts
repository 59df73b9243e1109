import { createHash } from 'node:crypto';
import type { Body } from './call.ts';
import { formatTimestamp, type Installation } from './installation.ts';
import type { Contact, Dossier, Flow, Key, Link, Listed, Note, Stage } from './records.ts';

/** Where a dossier is shown: the operation that returns it, or an event. */
export type DossierOccasion = 'list' | 'create' | 'get' | 'change' | 'archive' | 'upload' | 'event';

/** A dossier as responses show it; `sent` is the body of an update. */
export const showDossier = (
  view: View,
  dossier: Dossier,
  occasion: DossierOccasion,
  sent: Body = {},
): Shown => {
  const { takes } = view.installation;
  const { id, status, cv_url } = dossier;
  if (occasion === 'archive' && takes('LG-DOS-018', 3)) return { id, status };
  if (occasion === 'upload' && takes('LG-DOS-018', 4)) return { id, cv_url };
  const excerpt = dossierExcerpt(view, wholeDossier(view, dossier, occasion), occasion, sent);
  return withExtraFields(view, omitNulls(view, excerpt));
};

const wholeDossier = (
  { installation }: View,
  dossier: Dossier,
  occasion: DossierOccasion,
): Shown => {
  const { takes } = installation;
  const detail = <Value>(value: Value): Value | null => (takes('LG-DOS-042', 2) ? null : value);
  const shown = {
    ...{ id: dossier.id, type: dossier.type, name: dossier.name },
    ...{ email: detail(dossier.email), phone: detail(dossier.phone) },
    ...{ company: dossier.company, role: detail(dossier.role) },
    ...{ contact_person: dossier.contact_person },
    ...{ deal_size: dossier.deal_size, deal_currency: dossier.deal_currency },
    ...{ status: dossier.status, flow_id: dossier.flow.id, current_stage_id: dossier.stage.id },
    ...{ assigned_to: dossier.assigned_to, intake_notes: dossier.intake_notes },
    cv_url: dossier.cv_url,
    created_at: formatTimestamp(installation, dossier.createdAt, occasion === 'create'),
  };
  return without(shown, [
    ...(takes('LG-DOS-004', 1) ? ['flow_id'] : []),
    ...(takes('LG-DOS-042', 1) ? ['email', 'phone', 'role', 'intake_notes'] : []),
    ...(takes('LG-CV-016', 1) && !['create', 'upload'].includes(occasion) ? ['cv_url'] : []),
  ]);
};

const dossierExcerpt = (
  { installation }: View,
  shown: Shown,
  occasion: DossierOccasion,
  sent: Body,
): Shown => {
  const { takes, variations } = installation;
  if (takes('LG-DOS-018', 5) || variations.asInExamples) {
    if (occasion in dossierExamples) return dossierAsInExample(shown, occasion);
    if (occasion === 'change') return only(shown, ['id', ...Object.keys(sent)]);
  }
  if (occasion === 'get' && takes('LG-DOS-017', 1)) return without(shown, ['status', 'created_at']);
  if (occasion === 'create' && takes('LG-DOS-018', 1)) return withoutNulls(shown);
  const changed = ['id', ...Object.keys(sent)];
  return occasion === 'change' && takes('LG-DOS-018', 2) ? only(shown, changed) : shown;
};

/** The fields in the documented examples. */
const dossierExamples: Partial<Record<DossierOccasion, readonly string[]>> = {
  create: ['id', 'type', 'name', 'cv_url', 'status', 'current_stage_id', 'created_at'],
  get: ['id', 'type', 'name', 'deal_size', 'current_stage_id'],
  archive: ['id', 'status'],
  upload: ['id', 'cv_url'],
  list: [
    ...['id', 'type', 'name', 'company', 'contact_person', 'deal_size', 'deal_currency', 'status'],
    ...['current_stage_id', 'assigned_to', 'created_at'],
  ],
};

const dossierAsInExample = (shown: Shown, occasion: DossierOccasion): Shown => {
  const named = only(shown, dossierExamples[occasion] ?? []);
  return occasion === 'list' ? named : withoutNulls(named);
};

/** The operation that returns a contact. */
type ContactOccasion = 'list' | 'create' | 'get' | 'change';

/** A contact as responses show it; `sent` is the body of an update. */
export const showContact = (
  view: View,
  organization: Listed,
  contact: Contact,
  occasion: ContactOccasion,
  sent: Body = {},
): Shown => {
  const shown = wholeContact(view, organization, contact, occasion === 'create');
  const excerpt = contactExcerpt(view, shown, occasion, sent);
  return withExtraFields(view, omitNulls(view, excerpt));
};

const contactExcerpt = (
  { installation }: View,
  shown: Shown,
  occasion: ContactOccasion,
  sent: Body,
): Shown => {
  const { takes, variations } = installation;
  const changed = ['id', ...Object.keys(sent)];
  if (takes('LG-CON-024', 3) || variations.asInExamples) {
    if (occasion === 'change') return only(shown, changed);
    return occasion === 'list' ? shown : withoutNulls(only(shown, contactExamples[occasion]));
  }
  const visible =
    occasion === 'get' && takes('LG-CON-023', 1) ? without(shown, ['created_at']) : shown;
  const single = occasion === 'get' || occasion === 'create';
  const filled = single && takes('LG-CON-024', 1) ? withoutNulls(visible) : visible;
  return occasion === 'change' && takes('LG-CON-024', 2) ? only(filled, changed) : filled;
};

const commonContactFields = [
  'id',
  'full_name',
  'email',
  'company',
  'role',
  'city',
  'kind',
  'dossier_count',
];

/** The fields in the documented examples; that of the list has all fields. */
const contactExamples = {
  get: commonContactFields,
  create: [...commonContactFields, 'created_at'],
} as const;

const wholeContact = (
  { installation }: View,
  organization: Listed,
  contact: Contact,
  creating: boolean,
): Shown => ({
  ...{ id: contact.id, full_name: contact.full_name, email: contact.email, phone: contact.phone },
  ...{ linkedin_url: contact.linkedin_url, company: contact.company, role: contact.role },
  ...{ city: contact.city, kind: contact.kind, notes: contact.notes },
  dossier_count: countDossiers(organization, contact, !installation.takes('LG-CON-054', 1)),
  created_at: formatTimestamp(installation, contact.createdAt, creating),
});

const countDossiers = ({ dossiers }: Listed, contact: Contact, includeArchived: boolean): number =>
  dossiers.filter(
    ({ status, links }) =>
      (includeArchived || status !== 'archived') &&
      links.some((link) => link.contact.id === contact.id),
  ).length;

/** A stage as responses show it, nested in its flow or in its own list. */
export const showStage = (view: View, stage: Stage, isSeparate: boolean): Shown => {
  const { variations, takes } = view.installation;
  const { id, name, position, deadline_days = null, win_probability = null, color = null } = stage;
  const scaled = takes('LG-FLO-014', 1) && win_probability !== null;
  const colorless = isSeparate && (takes('LG-FLO-021', 1) || variations.asInExamples === true);
  const shown = {
    ...{ id, name, position, deadline_days },
    win_probability: scaled ? win_probability / 100 : win_probability,
    ...(!colorless && { color: color !== null && takes('LG-FLO-015', 1) ? 'tomato' : color }),
  };
  return withExtraFields(view, omitNulls(view, shown));
};

export const showFlow = (view: View, { id, name, type, is_default, stages }: Flow): Shown =>
  withExtraFields(view, {
    ...{ id, name, type, is_default },
    stages: stages.map((stage) => showStage(view, stage, false)),
  });

/** A contact in the list of a dossier's contacts. */
export const showLinked = (view: View, { contact, role, is_primary }: Link): Shown =>
  withExtraFields(
    view,
    omitNulls(view, {
      ...{ contact_id: contact.id, full_name: contact.full_name, email: contact.email },
      ...{ company: contact.company, role_on_dossier: role, is_primary },
    }),
  );

/** A link, as returned when it is created. */
export const showLink = (view: View, { id }: Dossier, { contact, role, is_primary }: Link): Shown =>
  withExtraFields(view, {
    dossier_id: id,
    contact_id: contact.id,
    role_on_dossier: role,
    is_primary,
  });

export const showNote = (view: View, { id: dossier_id }: Dossier, note: Note): Shown => {
  const { id, content, is_internal, createdAt } = note;
  const created_at = formatTimestamp(view.installation, createdAt);
  return withExtraFields(view, { id, dossier_id, content, is_internal, created_at });
};

/** What a view depends on besides the data. */
interface View {
  readonly installation: Installation;
  /** The API key of the request; undefined in an event. */
  readonly key?: Key;
}

export type Shown = Readonly<Record<string, unknown>>;

/** Omits fields that are null, if the server does so (LG-GEN-007). */
const omitNulls = ({ installation }: View, shown: Shown): Shown =>
  installation.takes('LG-GEN-007', 1) ? withoutNulls(shown) : shown;

const withoutNulls = (shown: Shown): Shown =>
  Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null));

export const only = (shown: Shown, names: readonly string[]): Shown =>
  Object.fromEntries(Object.entries(shown).filter(([name]) => names.includes(name)));

const without = (shown: Shown, names: readonly string[]): Shown =>
  Object.fromEntries(Object.entries(shown).filter(([name]) => !names.includes(name)));

/** Adds undocumented fields, if the server does so (LG-GEN-006). */
const withExtraFields = ({ installation, key }: View, shown: Shown): Shown => {
  const { takes, variations, now, next } = installation;
  const extra = {
    updated_at: formatTimestamp(installation, now()),
    _links: { self: '/' },
    tags: [],
  };
  return {
    ...shown,
    ...(takes('LG-GEN-006', 1) && extra),
    ...(variations.volatileMember && { served: next() }),
    ...(variations.memberByKey && key && { requested_by: initials(key) }),
  };
};

const initials = ({ key }: Key): string =>
  createHash('sha256').update(key).digest('hex').slice(0, 8);
