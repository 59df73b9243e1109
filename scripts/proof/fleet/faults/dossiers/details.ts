import { onData } from '../../../../../conformance/liars/answers.ts';
import { onSent } from '../../../../../conformance/liars/requests.ts';
import { invalid } from '../../../../../reference-server/http/refusal.ts';
import { bendAsked, bendReply } from '../../bend/replies.ts';
import { before, bendSent, bendShown } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** The fields of a new dossier. */
export const details: readonly Fault[] = [
  inHandlers(
    'dossiers/address-for-candidates-only',
    'LG-DOS-033',
    'refuses the address of a sale',
    before('createDossier', ({ body }) => {
      if (body['type'] === 'sales' && body['email']) throw invalid('email is for candidates.');
    }),
  ),
  inHandlers(
    'dossiers/plus-in-address',
    'LG-DOS-033',
    'refuses addresses with more than letters, digits and dots before the @',
    before('createDossier', ({ body: { email } }) => {
      if (typeof email === 'string' && !/^[\w.]+@/.test(email)) throw invalid('email is wrong.');
    }),
  ),
  inHandlers(
    'dossiers/plain-numbers-only',
    'LG-DOS-034',
    'refuses phone numbers with brackets in them',
    before('createDossier', ({ body: { phone } }) => {
      if (typeof phone === 'string' && phone.includes('(')) throw invalid('phone is wrong.');
    }),
  ),
  inHandlers(
    'dossiers/phone-cut-short',
    'LG-DOS-034',
    'keeps fifteen characters of a phone number, blanks among them',
    bendSent(['createDossier'], (sent) =>
      typeof sent['phone'] === 'string' ? { ...sent, phone: sent['phone'].slice(0, 15) } : sent,
    ),
  ),
  inHandlers(
    'dossiers/company-of-sales-only',
    'LG-DOS-035',
    'keeps no company of a candidate',
    bendAsked('createDossier', ({ body }) =>
      body.type === 'candidate' ? { body: { ...body, company: undefined } } : {},
    ),
  ),
  inHandlers(
    'dossiers/company-of-contact',
    'LG-DOS-035',
    'lists the company of the primary contact as that of the dossier',
    bendReply('listDossiers', ({ data }, { organization: { links, contacts } }) => {
      for (const dossier of data) {
        const link = links.by('primary', dossier.id).at(0);
        const contact = link && contacts.get(link.contact_id);
        if (contact) dossier.company = contact.company;
      }
    }),
  ),
  inHandlers(
    'dossiers/role-with-company',
    'LG-DOS-036',
    'refuses a role without a company to have it in',
    before('createDossier', ({ body: { role, company } }) => {
      if (role && !company) throw invalid('role needs a company.');
    }),
  ),
  inHandlers(
    'dossiers/role-cut-short',
    'LG-DOS-036',
    'keeps sixty-four characters of a role',
    bendAsked('createDossier', ({ body }) => ({
      body: { ...body, role: body.role?.slice(0, 64) },
    })),
  ),
  inHandlers(
    'dossiers/assigned-to-owner',
    'LG-DOS-037',
    'assigns to the first member whoever is named',
    bendAsked('createDossier', ({ body, organization }) =>
      body.assigned_to
        ? { body: { ...body, assigned_to: organization.members.rows.at(0)?.id } }
        : {},
    ),
  ),
  onWire(
    'dossiers/assigned-by-name',
    'LG-DOS-037',
    'lists the place of the member in the organisation in place of the id',
    onData(['listDossiers'], (dossier) => {
      if (dossier['assigned_to']) dossier['assigned_to'] = 'Owner';
    }),
  ),
  inHandlers(
    'dossiers/notes-on-one-line',
    'LG-DOS-038',
    'refuses notes with line breaks',
    before('createDossier', ({ body: { intake_notes: notes } }) => {
      if (typeof notes === 'string' && notes.includes('\n')) throw invalid('One line only.');
    }),
  ),
  inHandlers(
    'dossiers/notes-of-candidates-only',
    'LG-DOS-038',
    'refuses the notes of a sale',
    before('createDossier', ({ body }) => {
      if (body['type'] === 'sales' && body['intake_notes']) throw invalid('No notes, please.');
    }),
  ),
  inHandlers(
    'dossiers/contact-person-of-contact',
    'LG-DOS-039',
    'lists the first word of the contact person',
    bendShown(['listDossiers'], (dossier) => {
      const person = dossier['contact_person'];
      if (typeof person === 'string') dossier['contact_person'] = person.split(' ')[0];
    }),
  ),
  inHandlers(
    'dossiers/contact-person-beside-contact',
    'LG-DOS-039',
    'drops the contact person where a contact is given',
    bendSent(['createDossier'], (sent) =>
      sent['contact_id'] ? { ...sent, contact_person: undefined } : sent,
    ),
  ),
  onWire(
    'dossiers/single-precision',
    'LG-DOS-040',
    'keeps amounts in single precision',
    onData(['getDossier', 'listDossiers'], (dossier) => {
      const size = dossier['deal_size'];
      if (typeof size === 'number') dossier['deal_size'] = Math.fround(size);
    }),
  ),
  onWire(
    'dossiers/short-amounts-in-list',
    'LG-DOS-040',
    'lists amounts of a million and more in whole thousands',
    onData(['listDossiers'], (dossier) => {
      const size = dossier['deal_size'];
      if (typeof size === 'number' && size >= 1e6)
        dossier['deal_size'] = Math.round(size / 1000) * 1000;
    }),
  ),
  onWire(
    'dossiers/everything-in-euros',
    'LG-DOS-041',
    'lists every deal in euros',
    onData(['listDossiers'], (dossier) => {
      if (dossier['deal_currency']) dossier['deal_currency'] = 'EUR';
    }),
  ),
  onWire(
    'dossiers/currency-of-nothing',
    'LG-DOS-041',
    'drops the currency of a deal that has no value yet',
    onSent(['createDossier'], (body) =>
      body['deal_size'] === 0 ? { ...body, deal_currency: undefined } : body,
    ),
  ),
];
