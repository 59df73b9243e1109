import { type Body, type Call, found, type Operation } from '../core/call.ts';
import { isUuid } from '../core/installation.ts';
import {
  type Contact,
  type ContactFields,
  type Dossier,
  type DossierFields,
  type Organization,
  statuses,
  types,
} from '../core/records.ts';
import type { Refusal } from '../core/refusals.ts';
import { conflict, duplicate, invalid, notFound, undocumentedRefusal } from '../core/refusals.ts';
import { changeContact, holderOf, primaryOf } from '../core/state.ts';
import { showDossier } from '../core/views.ts';
import { readDossierFields } from '../values/fields.ts';
import {
  checkFields,
  countsAsNull,
  demand,
  demandText,
  demandUuid,
  oneOf,
  sameId,
} from '../values/scalars.ts';
import { beginsAsPdf, checkCv, cvOf, cvsIn, cvUrl, notStored, storingFails } from './cv.ts';
import { emptyFilter, inOrder, page, readFilter, type Test, valuesOf } from './lists.ts';
import { anyDossier, openDossier, orHalfDone } from './lookup.ts';

export const listDossiers: Operation = (call) => {
  const { installation, listed, query } = call;
  const type = readFilter(installation, query, 'type', types);
  const status = readFilter(installation, query, 'status', statuses);
  const stages = valuesOf(installation, query, 'stage_id').map((id) => readStageFilter(call, id));
  const passes = (dossier: Dossier): boolean =>
    type(dossier.type) &&
    status(dossier.status) &&
    isShownByDefault(call, dossier) &&
    (stages.length === 0 || stages.some((test) => test(dossier.stage.id)));
  const items = inOrder(installation, 'LG-DOS-014', listed.dossiers).filter(passes);
  return page(call, items, (dossier) => showDossier(call, dossier, 'list'));
};

/** Whether a list shows a dossier if the query has no status (LG-DOS-015). */
const isShownByDefault = ({ installation, query }: Call, { status }: Dossier): boolean =>
  query.has('status') || !installation.takes('LG-DOS-015', 1) || status !== 'archived';

const readStageFilter = ({ installation, organization }: Call, id: string): Test => {
  const { choice } = installation;
  const malformed = () => invalid(installation, 'stage_id is not a uuid');
  if (id === '') return emptyFilter(installation, malformed);
  if (!isUuid(id)) {
    if (choice('LG-GEN-049') === 1) throw notFound(installation, 'Stage', id);
    if (choice('LG-GEN-049') === 2) return () => false;
    throw malformed();
  }
  if (choice('LG-DOS-010') === 0) return (stage) => sameId(stage, id);
  const absent = () =>
    choice('LG-DOS-010') === 1
      ? notFound(installation, 'Stage', id)
      : undocumentedRefusal(installation, 'stage_id is unknown', 'unknown_stage');
  const list = ({ flows }: Organization) => flows.flatMap(({ stages }) => stages);
  const { id: stageId } = demand(installation, organization, id, {
    list,
    name: 'Stage',
    absent,
  });
  return (stage) => stage === stageId;
};

export const getDossier: Operation = (call) => found(showDossier(call, anyDossier(call), 'get'));

export const archiveDossier: Operation = (call) => {
  const dossier = anyDossier(call);
  const { installation } = call;
  const again = dossier.status === 'archived';
  const choice = installation.choice('LG-DOS-099');
  if (again && choice === 1) throw notFound(installation, 'Dossier', dossier.id);
  if (again && choice === 2) {
    throw conflict(installation, 'archived', 'The dossier is archived.');
  }
  dossier.status = 'archived';
  dossier.touched = installation.next();
  call.changes.push({ what: 'deleted', dossier, again });
  return found(showDossier(call, dossier, 'archive'));
};

export const uploadDossierCv: Operation = (call) => {
  const dossier = openDossier(call, true);
  const { installation, form, raw, contentType, organization } = call;
  if (form && cvsIn(form).length === 0) throw invalid(installation, 'cv is missing');
  // Without a media type, only bytes that start like a PDF are taken as one (LG-GEN-030, LG-CV-033).
  const type = contentType === '' && !beginsAsPdf(raw) ? '' : 'application/pdf';
  const body = { name: 'cv', type, bytes: raw };
  const file = checkCv(installation, (form && cvOf(installation, form)) ?? body, false);
  if (!file) throw invalid(installation, 'cv is missing');
  if (storingFails(call)) {
    if (installation.takes('LG-CV-029', 1)) dossier.cv_url = null;
    throw notStored(installation);
  }
  dossier.cv_url = cvUrl(installation, organization, dossier);
  dossier.touched = installation.next();
  call.changes.push({ what: 'uploaded', dossier });
  return found(showDossier(call, dossier, 'upload'));
};

const updatableFields = [
  ...['name', 'email', 'phone', 'company', 'role', 'contact_person', 'deal_size'],
  ...['deal_currency', 'status', 'assigned_to', 'intake_notes', 'current_stage_id'],
];
const fixedFields = ['type', 'flow_id', 'contact_id'];

export const updateDossier: Operation = (call) => {
  const dossier = anyDossier(call);
  return orHalfDone(call, updatableFields, (body) => {
    const { installation, organization } = call;
    const fields = readChange(call, dossier, body);
    checkOpen(call, dossier, fields);
    const keepsDetails = keepsDetailsWithContact(installation);
    const primary = primaryOf(dossier) ?? (keepsDetails ? dossier.links[0]?.contact : undefined);
    const taken = holderOf(organization, fields.email, primary);
    if (taken && (keepsDetails || installation.choice('LG-DOS-087') > 0))
      throw duplicate(installation);
    change(call, dossier, fields, body);
    const follows = keepsDetails || installation.takes('LG-DOS-087', 1);
    if (primary && follows) follow(call, primary, fields);
    return found(showDossier(call, dossier, 'change', body));
  });
};

/** @throws Refusal if a field can't be changed, or has an invalid value */
const readChange = (call: Call, dossier: Dossier, body: Body): Partial<DossierFields> => {
  const { installation, organization } = call;
  const { takes } = installation;
  checkFields(installation, body, [...updatableFields, ...fixedFields, 'cv', 'cv_url']);
  if (takes('LG-DOS-088', 1)) {
    const fixedField = fixedFields.find((name) => name in body);
    if (fixedField !== undefined) throw invalid(installation, `${fixedField} can't be changed`);
  }
  if (!updatableFields.some((name) => name in body) && takes('LG-DOS-092', 1)) {
    throw undocumentedRefusal(installation, 'there is nothing to change', 'empty_change');
  }
  const { type } = dossier;
  const common = readDossierFields(installation, body, { organization, type, creating: false });
  const fields: Partial<DossierFields> = { ...common };
  if (isSent(call, body, 'name')) {
    fields.name = demandText(installation, body, 'name', takes('LG-DOS-031', 1));
  }
  if (isSent(call, body, 'status')) {
    fields.status = oneOf(installation, body['status'], statuses, 'status');
  }
  if (isSent(call, body, 'current_stage_id'))
    fields.stage = readNewStage(call, dossier, body, fields);
  return fields;
};

/**
 * Whether a field that can't be null was sent. Null is refused or ignored (LG-DOS-091), like an empty
 * status or stage if that counts as null (LG-GEN-041).
 *
 * @throws Refusal if null is refused
 */
const isSent = ({ installation }: Call, body: Body, name: string): boolean => {
  const isNull = name !== 'name' && countsAsNull(installation, body[name]);
  if (body[name] !== null && !isNull) return body[name] !== undefined;
  if (installation.takes('LG-DOS-091', 1)) return false;
  throw invalid(installation, `${name} is null`);
};

const readNewStage = (
  { installation, organization }: Call,
  { flow, status: before }: Dossier,
  body: Body,
  { status = before }: Partial<DossierFields>,
) => {
  const id = demandUuid(installation, body['current_stage_id'], 'current_stage_id');
  const absent = () =>
    installation.takes('LG-DOS-085', 1)
      ? notFound(installation, 'Stage', id)
      : undocumentedRefusal(installation, 'the stage is of another flow', 'unknown_stage');
  const list = (one: Organization) =>
    one === organization ? flow.stages : one.flows.flatMap(({ stages }) => stages);
  const stage = demand(installation, organization, id, { list, name: 'Stage', absent });
  const choice = installation.choice('LG-DOS-086');
  if (status !== 'active' && choice === 1) {
    throw undocumentedRefusal(installation, 'it is not active', 'not_active');
  }
  if (status !== 'active' && choice === 2) {
    throw conflict(installation, 'not_active', 'The dossier is not active.');
  }
  return stage;
};

/** @throws Refusal if an archived dossier has to be restored first (LG-DOS-100) */
const checkOpen = (
  { installation }: Call,
  { id, status: before }: Dossier,
  { status = before }: Partial<DossierFields>,
): void => {
  if (before !== 'archived' || status !== 'archived') return;
  const refusals: readonly (() => Refusal)[] = [
    () => notFound(installation, 'Dossier', id),
    () => undocumentedRefusal(installation, 'the dossier is archived', 'archived'),
    () => conflict(installation, 'archived', 'The dossier is archived.'),
  ];
  const refusal = refusals[installation.choice('LG-DOS-100') - 1];
  if (refusal) throw refusal();
};

const change = (
  { installation, changes }: Call,
  dossier: Dossier,
  fields: Partial<DossierFields>,
  body: Body,
): void => {
  const before = { ...dossier };
  Object.assign(dossier, fields, { touched: installation.next() });
  const changed = updatableFields.filter(
    (name) => valueOf(dossier, name) !== valueOf(before, name),
  );
  const named = updatableFields.filter((name) => name in body);
  changes.push({ what: 'changed', dossier, named, changed });
};

const valueOf = (dossier: Dossier, name: string): unknown =>
  name === 'current_stage_id' ? dossier.stage : dossier[name as keyof Dossier];

/** Whether dossiers are shown without details, so that their contact has to show them. */
const keepsDetailsWithContact = ({ variations, takes }: Call['installation']): boolean =>
  takes('LG-DOS-018', 5) ||
  takes('LG-DOS-042', 1) ||
  takes('LG-DOS-042', 2) ||
  Boolean(variations.asInExamples);

/** Copies details to the primary contact (LG-DOS-087). */
const follow = ({ installation }: Call, primary: Contact, fields: Partial<DossierFields>): void => {
  const taken: Partial<ContactFields> = {};
  for (const name of ['email', 'phone', 'company', 'role'] as const) {
    if (fields[name] !== undefined) Object.assign(taken, { [name]: fields[name] });
  }
  changeContact(installation, primary, taken);
};
