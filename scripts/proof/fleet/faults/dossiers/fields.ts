import { onData } from '../../../../../conformance/liars/answers.ts';
import { invalid } from '../../../../../reference-server/http/refusal.ts';
import { rewrite, without } from '../../bend/dossiers.ts';
import { bendAsked, bendReply } from '../../bend/replies.ts';
import { before, bendSent } from '../../bend/shown.ts';
import { fault, inHandlers, onWire, type Fault } from '../../fault.ts';

/** Changes of one field. */
export const fields: readonly Fault[] = [
  inHandlers(
    'dossiers/name-of-candidates-fixed',
    'LG-DOS-070',
    'never changes the name of a candidate',
    bendAsked('updateDossier', ({ params, body, organization }) => {
      if (organization.dossiers.get(params.id)?.type !== 'candidate') return {};
      return { body: without(body, 'name') };
    }),
  ),
  fault(
    'dossiers/name-of-first-listing',
    'LG-DOS-070',
    'lists a dossier by the name that it had when it was listed first',
    ({ own }) => {
      const names = new Map<string, string>();
      const replace = bendReply('listDossiers', ({ data }) => {
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
    before('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params['id'] ?? '')?.email ?? null;
      if (body['email'] && known === null) throw invalid('email is set at creation.');
    }),
  ),
  inHandlers(
    'dossiers/phone-once',
    'LG-DOS-072',
    'refuses another phone number for the one that it has',
    before('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params['id'] ?? '')?.phone ?? null;
      if (body['phone'] && known !== null) throw invalid('phone is set already.');
    }),
  ),
  inHandlers(
    'dossiers/company-never-alone',
    'LG-DOS-073',
    'changes the company only together with something else',
    bendSent(['updateDossier'], (sent) =>
      'company' in sent && Object.keys(sent).length === 1 ? {} : sent,
    ),
  ),
  inHandlers(
    'dossiers/company-of-sales-fixed',
    'LG-DOS-073',
    'keeps the first company of a sale',
    bendAsked('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params.id);
      if (known?.type !== 'sales' || known.company === null) return {};
      return { body: without(body, 'company') };
    }),
  ),
  inHandlers(
    'dossiers/role-of-candidates-fixed',
    'LG-DOS-074',
    'refuses another role for a candidate',
    before('updateDossier', ({ params, body, organization }) => {
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
    bendAsked('updateDossier', ({ params, body, organization }) => {
      if (organization.dossiers.get(params.id)?.contact_person !== null) return {};
      return { body: without(body, 'contact_person') };
    }),
  ),
  inHandlers(
    'dossiers/amount-without-cents',
    'LG-DOS-076',
    'drops the cents of an amount that is changed',
    bendSent(['updateDossier'], (sent) =>
      typeof sent['deal_size'] === 'number'
        ? { ...sent, deal_size: Math.trunc(sent['deal_size']) }
        : sent,
    ),
  ),
  inHandlers(
    'dossiers/amount-only-grows',
    'LG-DOS-076',
    'keeps the larger of two amounts',
    bendAsked('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params.id)?.deal_size ?? 0;
      if (typeof body.deal_size !== 'number') return {};
      return { body: { ...body, deal_size: Math.max(known, body.deal_size) } };
    }),
  ),
  inHandlers(
    'dossiers/currency-fixed',
    'LG-DOS-077',
    'keeps the first currency of a deal',
    bendAsked('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params.id)?.deal_currency;
      return known ? { body: { ...body, deal_currency: known } } : {};
    }),
  ),
  inHandlers(
    'dossiers/notes-cut-to-a-line',
    'LG-DOS-082',
    'keeps the first line of notes that are changed',
    bendSent(['updateDossier'], (sent) =>
      typeof sent['intake_notes'] === 'string'
        ? { ...sent, intake_notes: sent['intake_notes'].split('\n')[0] }
        : sent,
    ),
  ),
  inHandlers(
    'dossiers/notes-counted',
    'LG-DOS-082',
    'adds to changed notes how long they are',
    bendReply('updateDossier', ({ data }, { body, organization, params }) => {
      const notes = body.intake_notes;
      if (typeof notes !== 'string') return;
      const whole = `${notes} (${notes.length} characters)`;
      rewrite(organization, params.id, { intake_notes: whole });
      data.intake_notes = whole;
    }),
  ),
];
