import { createHash } from 'node:crypto';
import { type Body, type Call, type FormFile, made, type Operation } from '../core/call.ts';
import {
  type Contact,
  type ContactFields,
  type Dossier,
  type DossierType,
  type Flow,
  type Organization,
  statuses,
  types,
} from '../core/records.ts';
import {
  duplicate,
  invalid,
  notFound,
  Refusal,
  formatMessage,
  undocumentedRefusal,
} from '../core/refusals.ts';
import { addContact, addLink, changeContact, holderOf } from '../core/state.ts';
import { showDossier } from '../core/views.ts';
import {
  checkUnsettable,
  type CommonFields,
  completeDeal,
  readDossierFields,
} from '../values/fields.ts';
import {
  checkFields,
  checkNull,
  demand,
  demandText,
  demandUuid,
  namesNothing,
  oneOf,
} from '../values/scalars.ts';
import { checkCv, cvOf, cvUrl, notStored, storingFails } from './cv.ts';

export const createDossier: Operation = (call) => {
  const draft = readDraft(call);
  const { installation, organization } = call;
  const { type, name, fields } = readFields(call, draft);
  const file = draft.cv === undefined ? undefined : checkCv(installation, draft.cv, true);
  const fingerprint = draftFingerprint(draft, file?.bytes);
  const earlier = findRepeated(call, fingerprint);
  if (earlier) return made(showDossier(call, earlier, 'create'));
  const flow = chooseFlow(call, draft.body, type);
  const person = chooseContact(call, draft.body, { type, name, fields });
  if (file && storingFails(call)) {
    if (installation.takes('LG-CV-008', 1)) person.resolve();
    throw notStored(installation);
  }
  const status = requestedStatus(call, draft) ?? 'active';
  const [stage] = flow.stages;
  const requestedStage = flow.stages.find(({ id }) => id === draft.body['current_stage_id']);
  const id = installation.ids.looseId();
  const dossier: Dossier = {
    ...{ id, type, name, flow, status, links: [], notes: [] },
    ...{ email: null, phone: null, company: null, role: null, contact_person: null },
    ...{ deal_size: null, deal_currency: null, intake_notes: null },
    ...{ createdAt: installation.now(), touched: installation.next() },
    stage: (installation.takes('LG-DOS-051', 2) && requestedStage) || stage,
    cv_url: file ? cvUrl(installation, organization, { id }) : null,
    ...fields,
    assigned_to: fields.assigned_to ?? defaultMember(call),
  };
  linkContact(call, dossier, person, fields);
  organization.dossiers.push(dossier);
  rememberCreation(call, fingerprint, dossier);
  call.changes.push({ what: 'created', dossier, withCv: file !== undefined });
  return made(showDossier(call, dossier, 'create'));
};

const knownFields = [
  ...['type', 'name', 'email', 'phone', 'company', 'role', 'contact_id', 'flow_id', 'assigned_to'],
  ...['intake_notes', 'contact_person', 'deal_size', 'deal_currency', 'cv'],
  // A separate decision is about these (LG-DOS-051).
  ...['status', 'current_stage_id', 'cv_url'],
];

const readFields = (
  { installation, organization }: Call,
  { body }: Draft,
): { type: DossierType; name: string; fields: CommonFields } => {
  if (body['type'] === undefined) throw invalid(installation, 'type is missing');
  const type = oneOf(installation, body['type'], types, 'type');
  const name = demandText(installation, body, 'name', installation.takes('LG-DOS-031', 1));
  checkUnsettable(installation, body);
  checkFields(installation, body, knownFields);
  const fields = readDossierFields(installation, body, { organization, type, creating: true });
  if (type === 'sales') completeDeal(installation, fields);
  return { type, name, fields };
};

/** The status in the request, if the server takes it (LG-DOS-051). */
const requestedStatus = ({ installation }: Call, { body }: Draft) =>
  installation.takes('LG-DOS-051', 2)
    ? statuses.find((status) => status === body['status'])
    : undefined;

/** The member that new dossiers are assigned to by default (LG-DOS-043). */
const defaultMember = ({ installation, organization }: Call): string | null =>
  installation.takes('LG-DOS-043', 1) ? (organization.members[0]?.id ?? null) : null;

const draftFingerprint = ({ body }: Draft, bytes: Buffer | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify(body))
    .update(bytes ?? '')
    .digest('hex');

/** For how many milliseconds the same request counts as repeated (LG-DOS-032). */
const repeatTime = 5_000;

const findRepeated = (
  { installation, organization }: Call,
  fingerprint: string,
): Dossier | undefined => {
  if (!installation.takes('LG-DOS-032', 1)) return undefined;
  const earlier = organization.creations.get(fingerprint);
  const stale = !earlier || installation.realNow() - earlier.at >= repeatTime;
  return stale || earlier.dossier.status === 'archived' ? undefined : earlier.dossier;
};

const rememberCreation = (
  { installation, organization }: Call,
  fingerprint: string,
  dossier: Dossier,
): void => {
  organization.creations.set(fingerprint, { at: installation.realNow(), dossier });
};

/** The content of a creation, from JSON or from a form. */
interface Draft {
  readonly body: Body;
  readonly cv?: FormFile | string | undefined;
}

/** A number in JSON. */
const numeral = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i;

/** @throws Refusal if a form has an unknown file, or JSON has a CV, and the server refuses that */
const readDraft = (call: Call): Draft => {
  const { installation, form, body } = call;
  const { takes } = installation;
  if (!form) {
    if (takes('LG-CV-028', 1) && body['cv'] !== undefined) {
      throw undocumentedRefusal(installation, 'cv is not a field of JSON bodies', 'unknown_field');
    }
    return { body };
  }
  const fields = Object.fromEntries(form.fields.filter(([name]) => name !== 'cv'));
  const amount = fields['deal_size'];
  if (takes('LG-CV-027', 1) && form.files.some(({ name }) => name !== 'cv')) {
    throw undocumentedRefusal(installation, 'a file is in an unknown field', 'unknown_field');
  }
  const number = amount !== undefined && numeral.test(amount) ? Number(amount) : Number.NaN;
  const deal = Number.isFinite(number) ? { deal_size: number } : {};
  return { body: { ...fields, ...deal }, cv: cvOf(installation, form) };
};

/** The contact of a new dossier. */
export interface ContactPerson {
  /** How it was chosen: by its id, by its e-mail address, or as a new contact. */
  readonly how: 'named' | 'recognised' | 'new';
  /** Returns the contact; creates it if it is new. */
  readonly resolve: () => Contact;
}

interface Subject {
  readonly type: DossierType;
  readonly name: string;
  readonly fields: CommonFields;
}

/** @throws Refusal if `contact_id` doesn't exist, or the address is taken */
const chooseContact = (call: Call, body: Body, subject: Subject): ContactPerson => {
  const { installation, organization } = call;
  const sent = checkNull(installation, body['contact_id'], 'contact_id', 'LG-GEN-035');
  if (!namesNothing(installation, sent)) {
    const contact = namedContact(call, sent);
    return { how: 'named', resolve: () => contact };
  }
  const other = holderOf(organization, subject.fields.email);
  const choice = installation.choice('LG-DOS-064');
  if (other && choice === 1) throw duplicate(installation);
  if (other && choice !== 2) return { how: 'recognised', resolve: () => other };
  const draft = contactDraft(call, subject, other !== undefined);
  return { how: 'new', resolve: () => addContact(installation, organization, draft) };
};

const namedContact = ({ installation, organization, key }: Call, sent: unknown): Contact => {
  if (installation.takes('LG-AUT-048', 1) && !key.scopes.has('contacts:write')) {
    const message = formatMessage(
      installation,
      'The key lacks contacts:write.',
      'contacts:write ontbreekt.',
    );
    throw new Refusal(403, 'forbidden', message);
  }
  const id = demandUuid(installation, sent, 'contact_id');
  const absent = () =>
    installation.takes('LG-DOS-055', 1)
      ? undocumentedRefusal(installation, 'contact_id is unknown', 'unknown_contact')
      : notFound(installation, 'Contact', id);
  const list = ({ contacts }: Organization) => contacts;
  return demand(installation, organization, id, { list, name: 'Contact', absent });
};

const contactDraft = (
  { installation: { takes } }: Call,
  { type, name, fields }: Subject,
  taken: boolean,
): Partial<ContactFields> & Pick<ContactFields, 'full_name'> => {
  const { email, phone, company, role, contact_person } = fields;
  const own = type === 'sales' ? contact_person || name : name;
  const other = takes(type === 'sales' ? 'LG-DOS-060' : 'LG-DOS-059', 1);
  const some = takes('LG-DOS-061', 1);
  const usual = type === 'sales' ? 'prospect' : 'candidate';
  return {
    full_name: other ? `Contact of ${name}` : own,
    email: taken ? null : (email ?? null),
    company: company ?? null,
    ...(some ? {} : { phone: phone ?? null, role: role ?? null }),
    kind: takes('LG-DOS-062', 1) ? [] : [usual],
  };
};

/** Links the contact, and copies details of the dossier to it if the server does so. */
const linkContact = (
  { installation }: Call,
  dossier: Dossier,
  { how, resolve }: ContactPerson,
  fields: CommonFields,
): void => {
  const contact = resolve();
  const { choice, takes } = installation;
  if (how === 'new') {
    const isSecondary = takes('LG-DOS-063', 1);
    addLink(installation, dossier, {
      contact,
      role: isSecondary ? 'other' : 'primary',
      is_primary: !isSecondary,
    });
    return;
  }
  const named = how === 'named' ? choice('LG-DOS-056') : 0;
  const role = named === 2 ? 'other' : 'primary';
  addLink(installation, dossier, { contact, role, is_primary: named === 0 || named === 2 });
  if (how === 'named' && takes('LG-DOS-057', 1)) fill(installation, contact, fields, false);
  if (how === 'named' && takes('LG-DOS-057', 2)) fill(installation, contact, fields, true);
  if (how === 'recognised' && takes('LG-DOS-064', 3)) fill(installation, contact, fields, true);
};

const fill = (
  installation: Call['installation'],
  contact: Contact,
  fields: CommonFields,
  all: boolean,
): void => {
  const taken: Partial<ContactFields> = {};
  for (const name of ['phone', 'company', 'role'] as const) {
    const value = fields[name];
    if (value != null && (all || contact[name] === null)) taken[name] = value;
  }
  changeContact(installation, contact, taken);
};

/**
 * Finds the flow that a new dossier starts in.
 *
 * @throws Refusal if there is none, or it has the other type (LG-DOS-005, LG-DOS-027, LG-DOS-028)
 */
const chooseFlow = (call: Call, body: Body, type: DossierType): Flow => {
  const { installation, organization } = call;
  const sent = checkNull(installation, body['flow_id'], 'flow_id', 'LG-GEN-035');
  if (namesNothing(installation, sent)) return defaultFlow(call, type);
  const id = demandUuid(installation, sent, 'flow_id');
  const absent = () =>
    installation.takes('LG-DOS-027', 1)
      ? undocumentedRefusal(installation, 'flow_id is unknown', 'unknown_flow')
      : notFound(installation, 'Flow', id);
  const list = ({ flows }: Organization) => flows;
  const flow = demand(installation, organization, id, { list, name: 'Flow', absent });
  if (flow.type === type || installation.takes('LG-DOS-005', 1)) return flow;
  if (installation.takes('LG-DOS-005', 2)) throw notFound(installation, 'Flow', id);
  throw undocumentedRefusal(installation, 'the flow is of the other type', 'wrong_flow');
};

const defaultFlow = ({ installation, organization }: Call, type: DossierType): Flow => {
  const suitable = organization.flows.filter((flow) => flow.type === type);
  const usual = suitable.find(({ is_default }) => is_default);
  if (usual) return usual;
  const [oldest] = suitable;
  if (oldest && installation.takes('LG-DOS-028', 1)) return oldest;
  if (installation.takes('LG-DOS-028', 2)) throw notFound(installation, 'Flow');
  throw invalid(installation, 'there is no default flow');
};
