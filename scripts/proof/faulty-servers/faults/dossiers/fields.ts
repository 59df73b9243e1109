import { onData, onJsonBody } from '../../../../../conformance/faults/inject.ts';
import { invalid } from '../../../../../reference-server/http/refusals.ts';
import { type FaultyServer, faultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import {
  beforeOperation,
  changeBody,
  changeCall,
  changeReply,
  rewriteDossier,
  withoutField,
} from '../../inject/handlers.ts';

/** Faults in updates of a single field. */
export const dossierFieldFaults: readonly FaultyServer[] = [
  inHandlers(
    'dossiers/name-of-candidates-fixed',
    'LG-DOS-070',
    'never changes the name of a candidate',
    changeCall('updateDossier', ({ params, body, organization }) => {
      if (organization.dossiers.get(params.id)?.type !== 'candidate') return {};
      return { body: withoutField(body, 'name') };
    }),
  ),
  faultyServer(
    'dossiers/name-of-first-listing',
    'LG-DOS-070',
    'lists a dossier by the name that it had when it was listed first',
    ({ own }) => {
      const names = new Map<string, string>();
      const replace = changeReply('listDossiers', ({ data }) => {
        for (const dossier of data) {
          if (!names.has(dossier.id)) names.set(dossier.id, dossier.name);
          dossier.name = names.get(dossier.id) ?? dossier.name;
        }
      });
      return { handlers: replace(own) };
    },
  ),
  inHandlers(
    'dossiers/first-address-refused',
    'LG-DOS-071',
    'refuses an address for a dossier that has none yet',
    beforeOperation('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params['id'] ?? '')?.email ?? null;
      if (body['email'] && known === null) throw invalid('email is set at creation.');
    }),
  ),
  inHandlers(
    'dossiers/phone-once',
    'LG-DOS-072',
    'refuses another phone number for the one that it has',
    beforeOperation('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params['id'] ?? '')?.phone ?? null;
      if (body['phone'] && known !== null) throw invalid('phone is set already.');
    }),
  ),
  inHandlers(
    'dossiers/company-never-alone',
    'LG-DOS-073',
    'changes the company only together with something else',
    changeBody(['updateDossier'], (sent) =>
      'company' in sent && Object.keys(sent).length === 1 ? {} : sent,
    ),
  ),
  inHandlers(
    'dossiers/company-of-sales-fixed',
    'LG-DOS-073',
    'keeps the first company of a sale',
    changeCall('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params.id);
      if (known?.type !== 'sales' || known.company === null) return {};
      return { body: withoutField(body, 'company') };
    }),
  ),
  inHandlers(
    'dossiers/role-of-candidates-fixed',
    'LG-DOS-074',
    'refuses another role for a candidate',
    beforeOperation('updateDossier', ({ params, body, organization }) => {
      const type = organization.dossiers.get(params['id'] ?? '')?.type;
      if (body['role'] && type === 'candidate') throw invalid('role is fixed.');
    }),
  ),
  onWire(
    'dossiers/contact-person-as-first',
    'LG-DOS-075',
    'lists the contact person that came first',
    (fetch, name) => {
      const first = new Map<unknown, unknown>();
      return onData(['createDossier', 'listDossiers'], (dossier) => {
        const { id, contact_person: person } = dossier;
        if (!first.has(id)) first.set(id, person);
        if (person !== null) dossier['contact_person'] = first.get(id);
      })(fetch, name);
    },
  ),
  inHandlers(
    'dossiers/contact-person-cannot-be-added',
    'LG-DOS-075',
    'overlooks a contact person for a sale that had none',
    changeCall('updateDossier', ({ params, body, organization }) => {
      if (organization.dossiers.get(params.id)?.contact_person !== null) return {};
      return { body: withoutField(body, 'contact_person') };
    }),
  ),
  inHandlers(
    'dossiers/amount-without-cents',
    'LG-DOS-076',
    'drops the cents of an amount that is changed',
    changeBody(['updateDossier'], (sent) =>
      typeof sent['deal_size'] === 'number'
        ? { ...sent, deal_size: Math.trunc(sent['deal_size']) }
        : sent,
    ),
  ),
  inHandlers(
    'dossiers/amount-only-grows',
    'LG-DOS-076',
    'keeps the larger of two amounts',
    changeCall('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params.id)?.deal_size ?? 0;
      if (typeof body.deal_size !== 'number') return {};
      return { body: { ...body, deal_size: Math.max(known, body.deal_size) } };
    }),
  ),
  inHandlers(
    'dossiers/currency-fixed',
    'LG-DOS-077',
    'keeps the first currency of a deal',
    changeCall('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params.id)?.deal_currency;
      return known ? { body: { ...body, deal_currency: known } } : {};
    }),
  ),
  inHandlers(
    'dossiers/notes-cut-to-a-line',
    'LG-DOS-082',
    'keeps the first line of notes that are changed',
    changeBody(['updateDossier'], (sent) =>
      typeof sent['intake_notes'] === 'string'
        ? { ...sent, intake_notes: sent['intake_notes'].split('\n')[0] }
        : sent,
    ),
  ),
  inHandlers(
    'dossiers/notes-counted',
    'LG-DOS-082',
    'adds to changed notes how long they are',
    changeReply('updateDossier', ({ data }, { body, organization, params }) => {
      const notes = body.intake_notes;
      if (typeof notes !== 'string') return;
      const whole = `${notes} (${notes.length} characters)`;
      rewriteDossier(organization, params.id, { intake_notes: whole });
      data.intake_notes = whole;
    }),
  ),
];

/** Faults in the type of a dossier, and in its required fields. */
export const dossierTypeFaults: readonly FaultyServer[] = [
  onWire(
    'dossiers/type-by-label',
    'LG-DOS-001',
    'lists a sale under the name that its users see',
    onData(['listDossiers'], (dossier) => {
      if (dossier['type'] === 'sales') dossier['type'] = 'Sales';
    }),
  ),
  inHandlers(
    'dossiers/type-by-content',
    'LG-DOS-001',
    'takes a sale without any of the fields for sales for a candidate',
    changeReply('getDossier', ({ data }) => {
      if (!data.contact_person && !data.deal_size) data.type = 'candidate';
    }),
  ),
  onWire(
    'dossiers/type-of-flow',
    'LG-DOS-029',
    'needs no type where a flow is named',
    onJsonBody(['createDossier'], (body) =>
      'flow_id' in body ? { type: 'candidate', ...body } : body,
    ),
  ),
  onWire(
    'dossiers/type-of-old-name',
    'LG-DOS-029',
    'takes the name that sales had in an earlier version',
    onJsonBody(['createDossier'], (body) =>
      body['type'] === 'lead' ? { ...body, type: 'sales' } : body,
    ),
  ),
  onWire(
    'dossiers/type-left-out-when-filtered',
    'LG-DOS-016',
    'leaves the type out of lists of one type',
    (fetch, name) => async (request) => {
      const filtered = new URL(request.url).searchParams.has('type');
      const inject = onData(['listDossiers'], (dossier) => {
        if (filtered) delete dossier['type'];
      });
      return inject(fetch, name)(request);
    },
  ),
  onWire(
    'dossiers/list-without-stage',
    'LG-DOS-016',
    'lists dossiers without their stage',
    onData(['listDossiers'], (dossier) => {
      delete dossier['current_stage_id'];
    }),
  ),
  onWire(
    'dossiers/nameless-answer',
    'LG-DOS-020',
    'does not repeat the name in the answer to a creation',
    onData(['createDossier'], (dossier) => {
      delete dossier['name'];
    }),
  ),
  onWire(
    'dossiers/stage-as-object',
    'LG-DOS-020',
    'embeds the stage in the answer to the creation of a sale',
    onData(['createDossier'], (dossier) => {
      if (dossier['type'] !== 'sales') return;
      dossier['current_stage'] = { id: dossier['current_stage_id'] };
      delete dossier['current_stage_id'];
    }),
  ),
  onWire(
    'dossiers/stage-later',
    'LG-DOS-066',
    'leaves the stage out when a dossier is retrieved',
    onData(['getDossier'], (dossier) => {
      delete dossier['current_stage_id'];
    }),
  ),
];
