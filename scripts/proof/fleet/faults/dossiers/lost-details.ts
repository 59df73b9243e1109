import { onForm } from '../../../../../conformance/liars/forms.ts';
import type { RequirementId } from '../../../../../openapi/register.ts';
import { bendSent, bendShown, type Item } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

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

/** Drops a field of forms alone. */
const dropFromForms = (field: string) =>
  onForm(['createDossier'], (form) => {
    form.delete(field);
    return form;
  });

const lostAtCreation = (field: Field): readonly Fault[] => [
  inHandlers(
    `dossiers/${field}-lost`,
    ofCreation[field],
    `drops the ${field} of a new dossier`,
    bendSent(['createDossier'], without(field)),
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
    bendSent(['createDossier'], (sent) => (sent['company'] ? { ...sent } : without(field)(sent))),
  ),
];

const lostByChange = (field: Field): readonly Fault[] => [
  inHandlers(
    `dossiers/${field}-change-lost`,
    ofChange[field],
    `answers a change of the ${field} with success, and makes none`,
    bendSent(['updateDossier'], without(field)),
  ),
  inHandlers(
    `dossiers/${field}-change-shown-nowhere`,
    ofChange[field],
    `shows the ${field} of the contact alone, and changes that of the dossier alone`,
    bendShown(aboutDossiers, (dossier) => {
      Reflect.deleteProperty(dossier, field);
    }),
  ),
  inHandlers(
    `dossiers/${field}-change-for-null`,
    ofChange[field],
    `shows null as the ${field} of a dossier, and changes that of the dossier alone`,
    bendShown(aboutDossiers, (dossier) => {
      dossier[field] = null;
    }),
  ),
];

/** Values that are taken with success and can be read nowhere. */
export const lostDetails: readonly Fault[] = [
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
    bendSent(['createDossier'], without('intake_notes')),
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
    bendSent(['updateDossier'], without('intake_notes')),
  ),
  inHandlers(
    'dossiers/notes-null',
    'LG-DOS-108',
    'shows null as the intake notes of every dossier',
    bendShown(aboutDossiers, (dossier) => {
      dossier['intake_notes'] = null;
    }),
  ),
];
