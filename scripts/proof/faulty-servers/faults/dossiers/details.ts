import { onForm } from '../../../../../conformance/faults/files.ts';
import { onData, onJsonBody } from '../../../../../conformance/faults/inject.ts';
import type { RequirementId } from '../../../../../openapi/register.ts';
import { invalid } from '../../../../../reference-server/http/refusals.ts';
import { type FaultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import {
  beforeOperation,
  changeBody,
  changeCall,
  changeItems,
  changeReply,
  type Item,
} from '../../inject/handlers.ts';

/** Faults in the fields of new dossiers. */
export const detailFaults: readonly FaultyServer[] = [
  inHandlers(
    'dossiers/address-for-candidates-only',
    'LG-DOS-033',
    'refuses the address of a sale',
    beforeOperation('createDossier', ({ body }) => {
      if (body['type'] === 'sales' && body['email']) throw invalid('email is for candidates.');
    }),
  ),
  inHandlers(
    'dossiers/plus-in-address',
    'LG-DOS-033',
    'refuses addresses with more than letters, digits and dots before the @',
    beforeOperation('createDossier', ({ body: { email } }) => {
      if (typeof email === 'string' && !/^[\w.]+@/.test(email)) throw invalid('email is wrong.');
    }),
  ),
  inHandlers(
    'dossiers/plain-numbers-only',
    'LG-DOS-034',
    'refuses phone numbers with brackets in them',
    beforeOperation('createDossier', ({ body: { phone } }) => {
      if (typeof phone === 'string' && phone.includes('(')) throw invalid('phone is wrong.');
    }),
  ),
  inHandlers(
    'dossiers/phone-cut-short',
    'LG-DOS-034',
    'keeps fifteen characters of a phone number, blanks among them',
    changeBody(['createDossier'], (sent) =>
      typeof sent['phone'] === 'string' ? { ...sent, phone: sent['phone'].slice(0, 15) } : sent,
    ),
  ),
  inHandlers(
    'dossiers/company-of-sales-only',
    'LG-DOS-035',
    'keeps no company of a candidate',
    changeCall('createDossier', ({ body }) =>
      body.type === 'candidate' ? { body: { ...body, company: undefined } } : {},
    ),
  ),
  inHandlers(
    'dossiers/company-of-contact',
    'LG-DOS-035',
    'lists the company of the primary contact as that of the dossier',
    changeReply('listDossiers', ({ data }, { organization: { links, contacts } }) => {
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
    beforeOperation('createDossier', ({ body: { role, company } }) => {
      if (role && !company) throw invalid('role needs a company.');
    }),
  ),
  inHandlers(
    'dossiers/role-cut-short',
    'LG-DOS-036',
    'keeps sixty-four characters of a role',
    changeCall('createDossier', ({ body }) => ({
      body: { ...body, role: body.role?.slice(0, 64) },
    })),
  ),
  inHandlers(
    'dossiers/assigned-to-owner',
    'LG-DOS-037',
    'assigns to the first member whoever is named',
    changeCall('createDossier', ({ body, organization }) =>
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
    beforeOperation('createDossier', ({ body: { intake_notes: notes } }) => {
      if (typeof notes === 'string' && notes.includes('\n')) throw invalid('One line only.');
    }),
  ),
  inHandlers(
    'dossiers/notes-of-candidates-only',
    'LG-DOS-038',
    'refuses the notes of a sale',
    beforeOperation('createDossier', ({ body }) => {
      if (body['type'] === 'sales' && body['intake_notes']) throw invalid('No notes, please.');
    }),
  ),
  inHandlers(
    'dossiers/contact-person-of-contact',
    'LG-DOS-039',
    'lists the first word of the contact person',
    changeItems(['listDossiers'], (dossier) => {
      const person = dossier['contact_person'];
      if (typeof person === 'string') dossier['contact_person'] = person.split(' ')[0];
    }),
  ),
  inHandlers(
    'dossiers/contact-person-beside-contact',
    'LG-DOS-039',
    'drops the contact person where a contact is given',
    changeBody(['createDossier'], (sent) =>
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
    onJsonBody(['createDossier'], (body) =>
      body['deal_size'] === 0 ? { ...body, deal_currency: undefined } : body,
    ),
  ),
];

const fields = ['email', 'phone', 'role'] as const;
type Field = (typeof fields)[number];

const ofCreation: Readonly<Record<Field, RequirementId>> = {
  email: 'LG-DOS-105',
  phone: 'LG-DOS-106',
  role: 'LG-DOS-107',
};
const ofChange: Readonly<Record<Field, RequirementId>> = {
  email: 'LG-DOS-109',
  phone: 'LG-DOS-110',
  role: 'LG-DOS-111',
};

const without = (field: string) => (sent: Readonly<Item>) =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => name !== field));

const aboutDossiers = ['createDossier', 'updateDossier', 'getDossier', 'listDossiers'] as const;

/** Drops a field of forms, and not of JSON. */
const dropFromForms = (field: string) =>
  onForm(['createDossier'], (form) => {
    form.delete(field);
    return form;
  });

const lostAtCreation = (field: Field): readonly FaultyServer[] => [
  inHandlers(
    `dossiers/${field}-lost`,
    ofCreation[field],
    `drops the ${field} of a new dossier`,
    changeBody(['createDossier'], without(field)),
  ),
  onWire(
    `dossiers/${field}-lost-in-form`,
    ofCreation[field],
    `drops the ${field} of a form`,
    dropFromForms(field),
  ),
  inHandlers(
    `dossiers/${field}-lost-alone`,
    ofCreation[field],
    `drops the ${field} of a new dossier that has neither company nor deal`,
    changeBody(['createDossier'], (sent) => (sent['company'] ? { ...sent } : without(field)(sent))),
  ),
];

const lostByChange = (field: Field): readonly FaultyServer[] => [
  inHandlers(
    `dossiers/${field}-change-lost`,
    ofChange[field],
    `answers a change of the ${field} with success, and makes none`,
    changeBody(['updateDossier'], without(field)),
  ),
  inHandlers(
    `dossiers/${field}-change-shown-nowhere`,
    ofChange[field],
    `shows the ${field} of the contact alone, and changes that of the dossier alone`,
    changeItems(aboutDossiers, (dossier) => {
      Reflect.deleteProperty(dossier, field);
    }),
  ),
  inHandlers(
    `dossiers/${field}-change-for-null`,
    ofChange[field],
    `shows null as the ${field} of a dossier, and changes that of the dossier alone`,
    changeItems(aboutDossiers, (dossier) => {
      dossier[field] = null;
    }),
  ),
];

/** Values that are accepted and then can't be read anywhere. */
export const lostDetailFaults: readonly FaultyServer[] = [
  ...fields.flatMap(lostAtCreation),
  ...fields.flatMap(lostByChange),
  onWire(
    'dossiers/company-lost-in-form',
    'LG-DOS-035',
    'drops the company of a form',
    dropFromForms('company'),
  ),
  inHandlers(
    'dossiers/notes-lost',
    'LG-DOS-108',
    'drops the intake notes of a new dossier',
    changeBody(['createDossier'], without('intake_notes')),
  ),
  onWire(
    'dossiers/notes-lost-in-form',
    'LG-DOS-108',
    'drops the intake notes of a form',
    dropFromForms('intake_notes'),
  ),
  inHandlers(
    'dossiers/notes-change-lost',
    'LG-DOS-108',
    'answers a change of the intake notes with success, and makes none',
    changeBody(['updateDossier'], without('intake_notes')),
  ),
  inHandlers(
    'dossiers/notes-null',
    'LG-DOS-108',
    'shows null as the intake notes of every dossier',
    changeItems(aboutDossiers, (dossier) => {
      dossier['intake_notes'] = null;
    }),
  ),
];
