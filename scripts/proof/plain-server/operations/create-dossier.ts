import { createHash } from 'node:crypto';
import { made, type Call, type Operation } from '../call.ts';
import { statuses, types, type DossierType } from '../facts.ts';
import type { Dossier } from '../records.ts';
import { invalid } from '../refusal.ts';
import { completeDeal } from '../values/deal.ts';
import { checkUnsettable, readDossierFields, type CommonFields } from '../values/dossier-fields.ts';
import { oneOf } from '../values/enumerated.ts';
import { checkFields } from '../values/nothing.ts';
import { demandText } from '../values/text.ts';
import { showDossier } from '../views/dossier.ts';
import { choosePerson, linkPerson } from './first-contact.ts';
import { chooseFlow } from './first-flow.ts';
import { checkCv, cvUrl, notStored, storingFails } from './cv.ts';
import { readDraft, type Draft } from './draft.ts';

export const createDossier: Operation = (call) => {
  const draft = readDraft(call);
  const { installation, organization } = call;
  const { type, name, fields } = readFields(call, draft);
  const file = draft.cv === undefined ? undefined : checkCv(installation, draft.cv, true);
  const print = printOf(draft, file?.bytes);
  const before = repeated(call, print);
  if (before) return made(showDossier(call, before, 'create'));
  const flow = chooseFlow(call, draft.body, type);
  const person = choosePerson(call, draft.body, { type, name, fields });
  if (file && storingFails(call)) {
    if (installation.takes('LG-CV-008', 1)) person.bring();
    throw notStored(installation);
  }
  const status = obeyed(call, draft) ?? 'active';
  const [stage] = flow.stages;
  const wished = flow.stages.find(({ id }) => id === draft.body['current_stage_id']);
  const id = installation.ids.loose();
  const dossier: Dossier = {
    ...{ id, type, name, flow, status, links: [], notes: [] },
    ...{ email: null, phone: null, company: null, role: null, contact_person: null },
    ...{ deal_size: null, deal_currency: null, intake_notes: null },
    ...{ createdAt: installation.now(), touched: installation.next() },
    stage: (installation.takes('LG-DOS-051', 2) && wished) || stage,
    cv_url: file ? cvUrl(installation, organization, { id }) : null,
    ...fields,
    assigned_to: fields.assigned_to ?? usualMember(call),
  };
  linkPerson(call, dossier, person, fields);
  organization.dossiers.push(dossier);
  remember(call, print, dossier);
  call.occurrences.push({ what: 'created', dossier, withCv: file !== undefined });
  return made(showDossier(call, dossier, 'create'));
};

const known = [
  ...['type', 'name', 'email', 'phone', 'company', 'role', 'contact_id', 'flow_id', 'assigned_to'],
  ...['intake_notes', 'contact_person', 'deal_size', 'deal_currency', 'cv'],
  // These have a decision of their own (LG-DOS-051).
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
  checkFields(installation, body, known);
  const fields = readDossierFields(installation, body, { organization, type, creating: true });
  if (type === 'sales') completeDeal(installation, fields);
  return { type, name, fields };
};

/** The status that was asked for, where that is obeyed (LG-DOS-051). */
const obeyed = ({ installation }: Call, { body }: Draft) =>
  installation.takes('LG-DOS-051', 2)
    ? statuses.find((status) => status === body['status'])
    : undefined;

/** Whom dossiers are assigned to unless somebody is named (LG-DOS-043). */
const usualMember = ({ installation, organization }: Call): string | null =>
  installation.takes('LG-DOS-043', 1) ? (organization.members[0]?.id ?? null) : null;

const printOf = ({ body }: Draft, bytes: Buffer | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify(body))
    .update(bytes ?? '')
    .digest('hex');

/** How long a repetition counts as one (LG-DOS-032). */
const shortTime = 5_000;

const repeated = ({ installation, organization }: Call, print: string): Dossier | undefined => {
  if (!installation.takes('LG-DOS-032', 1)) return undefined;
  const before = organization.creations.get(print);
  const stale = !before || installation.realNow() - before.at >= shortTime;
  return stale || before.dossier.status === 'archived' ? undefined : before.dossier;
};

const remember = ({ installation, organization }: Call, print: string, dossier: Dossier): void => {
  organization.creations.set(print, { at: installation.realNow(), dossier });
};
