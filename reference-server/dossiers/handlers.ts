import type { Schemas } from '../../openapi/contract.ts';
import type { operations } from '../../openapi/generated/types.ts';
import { linkFirstContact } from '../contacts/links.ts';
import { addContact, findByEmail, findContact } from '../contacts/rules.ts';
import { defaultFlow } from '../flows/rules.ts';
import { type Handler, type HandlerContext, ok, type RequestOf } from '../http/handler.ts';
import { invalid, notFound } from '../http/refusals.ts';
import { timestamp } from '../runtime/services.ts';
import type { DossierIndex, Organization } from '../state/organization.ts';
import { pageOfNewest } from '../state/page.ts';
import type { Contact, Dossier, Flow } from '../state/records.ts';
import type { Sequence } from '../state/sequence.ts';
import {
  changeDossier,
  cvUrl,
  findDossier,
  requireFieldsOfType,
  requireMember,
  storeCv,
} from './rules.ts';

type Filters = RequestOf<operations['listDossiers']>['query'];

/** Lists the dossiers that meet all filters, the newest first (LG-DOS-006 to LG-DOS-015). */
export const listDossiers: Handler<'listDossiers'> = ({ query, organization }) =>
  ok(pageOfNewest(matching(organization, query), query));

/** Each combination of filters has its own index. */
const matching = (
  { dossiers }: Organization,
  { type, status, stage_id: stage }: Filters,
): Sequence<Dossier> => {
  const used = Object.entries({ type, status, stage }).filter(([, value]) => value !== undefined);
  if (used.length === 0) return dossiers.rows;
  const index = used.map(([name]) => name).join(' ') as DossierIndex;
  return dossiers.by(index, used.map(([, value]) => value).join(' '));
};

type Draft = Readonly<Schemas['DossierDraft']>;

/**
 * Creates a dossier with its contact, its link and its CV, all or nothing (LG-DOS-019 to
 * LG-DOS-064, LG-CV-001 to LG-CV-008).
 *
 * Refuses an unknown member (invalid_body), an unknown flow or contact (not_found), and a flow of
 * the other type (invalid_body).
 */
export const createDossier: Handler<'createDossier'> = (request) => {
  const { body, files, organization, clock, newId } = request;
  requireMember(organization, body.assigned_to);
  const flow = chooseFlow(organization, body);
  const contact = chooseContact(request, body);
  const cv = files.get('cv');
  const dossier = draftDossier(body, flow, { id: newId(), now: clock.now() });
  const created = cv ? { ...dossier, cv_url: cvUrl(organization.id, dossier.id) } : dossier;
  organization.dossiers.insert(created);
  linkFirstContact(organization, created.id, contact.id);
  if (cv) storeCv(organization, created.id, cv);
  return ok({ data: created });
};

/** The flow that was sent, or else the default one of the type. */
const chooseFlow = (organization: Organization, { flow_id, type }: Draft): Flow => {
  if (typeof flow_id !== 'string') {
    const flow = defaultFlow(organization, type);
    if (!flow) throw invalid(`flow_id is required: there is no default flow of type ${type}.`);
    return flow;
  }
  const flow = organization.flows.get(flow_id);
  if (!flow) throw notFound('Flow');
  if (flow.type !== type) throw invalid(`flow_id must name a flow of type ${type}.`);
  return flow;
};

/** The contact that was sent, or the one with the e-mail address, or else a new one. */
const chooseContact = ({ organization, clock, newId }: HandlerContext, draft: Draft): Contact => {
  if (typeof draft.contact_id === 'string') {
    return findContact(organization, draft.contact_id);
  }
  const known = typeof draft.email === 'string' && findByEmail(organization, draft.email);
  return known || addContact(organization, draftContact(draft), { clock, newId });
};

const draftContact = ({ type, name, contact_person, email, phone, company, role }: Draft) => ({
  // A blank contact person counts as absent.
  full_name: contact_person?.trim() ? contact_person : name,
  email: email ?? null,
  phone: phone ?? null,
  company: company ?? null,
  role: role ?? null,
  kind: [type === 'candidate' ? ('candidate' as const) : ('prospect' as const)],
});

const draftDossier = (
  draft: Draft,
  flow: Flow,
  { id, now }: { id: string; now: number },
): Dossier => ({
  id,
  type: draft.type,
  name: draft.name,
  email: draft.email ?? null,
  phone: draft.phone ?? null,
  company: draft.company ?? null,
  role: draft.role ?? null,
  contact_person: draft.contact_person ?? null,
  deal_size: draft.deal_size ?? null,
  deal_currency: draft.deal_currency ?? null,
  status: 'active',
  flow_id: flow.id,
  current_stage_id: firstStage(flow),
  assigned_to: draft.assigned_to ?? null,
  intake_notes: draft.intake_notes ?? null,
  cv_url: null,
  created_at: timestamp(now),
});

/** The stage with the lowest position (LG-DOS-023, LG-DOS-025). */
const firstStage = ({ id, stages: [first] }: Flow): string => {
  /* v8 ignore next -- a flow has a stage at least, which its type can't say */
  if (!first) throw new Error(`The flow ${id} has no stages.`);
  return first.id;
};

/** Returns one dossier, archived or not (LG-DOS-065, LG-DOS-018). */
export const getDossier: Handler<'getDossier'> = ({ params, organization }) =>
  ok({ data: findDossier(organization, params.id) });

/**
 * Updates the fields that were sent and no others; null clears an optional field (LG-DOS-067 to
 * LG-DOS-092, LG-DOS-098, LG-DOS-100).
 *
 * Refuses an unknown dossier (not_found), an unknown member, a stage outside the dossier's flow,
 * and a value in a sales-only field for a candidate (invalid_body).
 */
export const updateDossier: Handler<'updateDossier'> = ({
  params,
  body,
  organization,
  contract,
}) => {
  const dossier = findDossier(organization, params.id);
  requireMember(organization, body.assigned_to);
  requireStageOfFlow(organization, dossier, body);
  requireFieldsOfType(contract, dossier.type, body);
  return ok({ data: changeDossier(organization, dossier, body) });
};

/** A dossier moves between the stages of its flow only (LG-DOS-084, LG-DOS-085). */
const requireStageOfFlow = (
  { flows }: Organization,
  { flow_id }: Dossier,
  { current_stage_id }: Readonly<Schemas['DossierChanges']>,
): void => {
  if (current_stage_id === undefined) return;
  if (flows.get(flow_id)?.stages.some(({ id }) => id === current_stage_id)) return;
  throw invalid("current_stage_id must be a stage of the dossier's flow.");
};

/**
 * Archives a dossier; its contacts, notes and CV stay (LG-DOS-093 to LG-DOS-099). Refuses an
 * unknown dossier (not_found).
 */
export const archiveDossier: Handler<'archiveDossier'> = ({ params, organization }) => {
  const dossier = findDossier(organization, params.id);
  return ok({
    data: { ...changeDossier(organization, dossier, { status: 'archived' }), status: 'archived' },
  });
};

/**
 * Gives a dossier a CV, which replaces an earlier one (LG-CV-010 to LG-CV-030). Refuses an unknown
 * dossier (not_found).
 */
export const uploadDossierCv: Handler<'uploadDossierCv'> = ({ params, files, organization }) => {
  const dossier = findDossier(organization, params.id);
  const bytes = files.get('cv');
  /* v8 ignore next -- the contract requires it, which types of files can't say */
  if (!bytes) throw invalid('cv is required.');
  const cv_url = cvUrl(organization.id, dossier.id);
  storeCv(organization, dossier.id, bytes);
  return ok({ data: { ...changeDossier(organization, dossier, { cv_url }), cv_url } });
};
