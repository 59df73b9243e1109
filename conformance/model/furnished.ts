import type { OperationId } from '../../openapi/contract.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { createContact } from '../fixtures/contacts.ts';
import { createDossier } from '../fixtures/dossiers.ts';
import { flowsOf } from '../fixtures/flows.ts';
import { cvForm, formOf } from '../fixtures/forms.ts';
import { addNote, linkContact } from '../fixtures/links-and-notes.ts';
import { aCv, pdf } from '../generators/files.ts';
import type { RawRequest } from '../http/client.ts';

/** What a request can name in an organisation. */
export interface Furniture {
  readonly dossier: string;
  /** On the dossier. */
  readonly linked: string;
  /** On no dossier. */
  readonly contact: string;
  readonly flow: string;
  /** A stage of the flow of the dossier. */
  readonly stage: string;
  /** Stages of other flows. */
  readonly otherStages: readonly string[];
}

/** Creates one resource of each kind. */
export const furnish = async (org: Organization, word: string): Promise<Furniture> => {
  const draft = { type: 'sales' as const, name: `Tulp ${word}`, company: `Tulp ${word}` };
  const { id: dossier, current_stage_id } = await createDossier(org, draft);
  const { id: linked } = await createContact(org, { full_name: `Noor ${word}` });
  const { id: contact } = await createContact(org, { full_name: `Iris ${word}`, email: address });
  await linkContact(org, dossier, { contact_id: linked, role_on_dossier: 'champion' });
  await addNote(org, dossier, { content: `Called ${word}.` });
  const flows = await flowsOf(org);
  const flow = flows.find(({ stages }) => stages.some(({ id }) => id === current_stage_id));
  const stage = flow?.stages.at(-1)?.id ?? current_stage_id;
  const otherStages = flows
    .filter((one) => one !== flow)
    .flatMap(({ stages }) => stages.map(({ id }) => id));
  return { dossier, linked, contact, flow: flow?.id ?? '', stage, otherStages };
};

/** The same in every organisation: addresses are unique in each alone. */
const address = 'iris.maas@example.com';

/** A request of an operation, and a name for it. */
export interface NamedRequest {
  readonly operation: OperationId;
  readonly request: RawRequest;
}

/**
 * A request of each operation, in an order in which all succeed; those with a visible effect have
 * this word in it. What is deleted comes last.
 */
export const everyRequest = (
  { dossier, linked, contact, flow, stage }: Furniture,
  word: string,
): NamedRequest[] => {
  const [id, ofContact] = [{ id: dossier }, { id: contact }];
  const name = `Changed ${word}`;
  const link = { contact_id: contact, role_on_dossier: 'primary', is_primary: true };
  const mail = `changed.${word.replaceAll(/\W/g, '')}@example.com`;
  const form = formOf({ type: 'candidate', name: `By a form ${word}` }, aCv());
  const requests: [OperationId, RawRequest][] = [
    ['listDossiers', { query: { type: 'sales', status: 'active' } }],
    ['listDossiers', { query: { stage_id: stage } }],
    ['listContacts', { query: { search: 'Iris' } }],
    ['listContacts', {}],
    ['listFlows', { query: { type: 'sales' } }],
    ['getDossier', { path: id }],
    ['getContact', { path: ofContact }],
    ['listDossierContacts', { path: id }],
    ['listDossierNotes', { path: id }],
    ['listFlowStages', { path: { id: flow } }],
    ['createDossier', { body: { type: 'sales', name: `New ${word}`, flow_id: flow } }],
    ['createDossier', { body: form }],
    ['updateDossier', { path: id, body: { name, email: mail, current_stage_id: stage } }],
    ['uploadDossierCv', { path: id, body: pdf(), headers: { 'content-type': 'application/pdf' } }],
    ['uploadDossierCv', { path: id, body: cvForm(aCv()) }],
    ['createDossierNote', { path: id, body: { content: name } }],
    ['createContact', { body: { full_name: `New ${word}` } }],
    ['updateContact', { path: ofContact, body: { full_name: name, email: `of.${mail}` } }],
    ['linkDossierContact', { path: id, body: link }],
    ['unlinkDossierContact', { path: { ...id, contact_id: linked } }],
    ['deleteContact', { path: ofContact }],
    ['archiveDossier', { path: id }],
  ];
  return requests.map(([operation, request]) => ({ operation, request }));
};

/** Those of operations that the user hasn't omitted. */
export const servedRequests = (
  { operations }: Pick<RuleContext, 'operations'>,
  ...given: Parameters<typeof everyRequest>
): NamedRequest[] =>
  everyRequest(...given).filter((one) => operations.some(({ id }) => id === one.operation));
