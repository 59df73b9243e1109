import type { Schemas } from '../../openapi/contract.ts';
import { addContact, findByEmail, findContact } from '../contacts/rules.ts';
import { defaultFlow } from '../flows/rules.ts';
import { ok, type Handler, type Surroundings } from '../http/handler.ts';
import { invalid, notFound } from '../http/refusal.ts';
import { linkFirstContact } from '../links/rules.ts';
import { timestamp } from '../services.ts';
import type { Organization } from '../state/organization.ts';
import type { Contact, Dossier, Flow } from '../state/records.ts';
import { cvUrl, storeCv } from './cv.ts';
import { requireMember } from './rules.ts';

type Draft = Readonly<Schemas['DossierDraft']>;

/**
 * Creates a dossier with its contact, its link and its CV, all or nothing (LG-DOS-019 to
 * LG-DOS-064, LG-CV-001 to LG-CV-008).
 *
 * Refuses a member that isn't one (invalid_body), an unknown flow or contact (not_found), and a
 * flow of the other type (invalid_body).
 */
export const createDossier: Handler<'createDossier'> = (request) => {
  const { body, files, organization, clock, newId } = request;
  requireMember(organization, body.assigned_to);
  const flow = chooseFlow(organization, body);
  const contact = chooseContact(request, body);
  const cv = files.get('cv');
  const dossier = draftDossier(body, flow, { id: newId(), now: clock.now() });
  const whole = cv ? { ...dossier, cv_url: cvUrl(organization.id, dossier.id) } : dossier;
  organization.dossiers.insert(whole);
  linkFirstContact(organization, whole.id, contact.id);
  if (cv) storeCv(organization, whole.id, cv);
  return ok({ data: whole });
};

/** The flow that was given, or else the default one of the type. */
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

/** The contact that was given, or who has the e-mail address, or else a new one. */
const chooseContact = ({ organization, clock, newId }: Surroundings, draft: Draft): Contact => {
  if (typeof draft.contact_id === 'string') {
    return findContact(organization, draft.contact_id);
  }
  const known = typeof draft.email === 'string' && findByEmail(organization, draft.email);
  return known || addContact(organization, draftContact(draft), { clock, newId });
};

const draftContact = ({ type, name, contact_person, email, phone, company, role }: Draft) => ({
  // A blank contact person names nobody.
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
