import { schemaAt } from '../../openapi/contract.ts';
import { change, type DossierChanges } from './changes.ts';
import { withUnusedEmail } from './contacts.ts';
import { findListed } from './dossier-list.ts';
import { dossierTypes, salesOnlyFields } from './dossier-types.ts';
import { createMovable } from './moves.ts';
import type { Dossier, NewDossier, Organization } from './organization.ts';
import { ofTheContact, retrieve } from './sightings.ts';
import type { World } from './world.ts';

type Field = keyof DossierChanges;

/** A dossier of which one field is about to be changed. */
export interface PlannedChange {
  readonly dossier: Pick<Dossier, 'id'>;
  readonly field: Field;
  readonly value: unknown;
}

/** A dossier of which one field was changed. */
export interface FieldChange {
  readonly id: string;
  readonly field: Field;
}

/** Another value for each field that a dossier of any type has; stage and member are the target's. */
const values: DossierChanges = {
  name: 'Zoë Çelik-Łukasz 𠮷野',
  email: 'zoe.celik@example.com',
  phone: '+31 20 7654321',
  company: 'نور بكر',
  role: 'Planner',
  contact_person: 'Iris de Vries',
  deal_size: 0,
  deal_currency: 'USD',
  status: 'won',
  intake_notes: 'First line\nשורה שנייה',
};

const deal = { deal_size: 12_500, deal_currency: 'EUR' } as const;

/** Creates a dossier for each field that can be changed, of either type. */
export const planFieldChanges = async (
  world: Pick<World, 'contract' | 'expect'>,
  home: Organization,
): Promise<readonly PlannedChange[]> => {
  const plans: PlannedChange[] = [];
  for (const type of dossierTypes(world.contract)) {
    for (const field of fieldsOf(world, type)) {
      const plan = await planChange(world, home, type, field);
      if (plan) plans.push(plan);
    }
  }
  return plans;
};

/** The fields that can be changed, of which the documentation reserves some for sales. */
const fieldsOf = ({ contract }: Pick<World, 'contract'>, type: NewDossier['type']): Field[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/DossierChanges');
  const fields = Object.keys(properties as object) as Field[];
  const forSales = salesOnlyFields(contract);
  return fields.filter((field) => type === 'sales' || !forSales.includes(field));
};

/** Undefined where the target lets no other value be known. */
const planChange = async (
  world: Pick<World, 'contract' | 'expect'>,
  home: Organization,
  type: NewDossier['type'],
  field: Field,
): Promise<PlannedChange | undefined> => {
  const name = `About to change its ${field}`;
  if (field === 'current_stage_id') {
    const movable = await createMovable(home, name);
    return { dossier: movable, field, value: movable.others[0] };
  }
  if (field === 'assigned_to') return planAssignment(world, home, { type, name });
  const start = field === 'deal_currency' || field === 'deal_size' ? deal : {};
  const dossier = await home.createDossier({ type, name, ...start });
  // The primary contact may take it over, and then nobody else may have it (LG-DOS-087).
  const { [field]: value } = await withUnusedEmail(world, home, { [field]: values[field] });
  return { dossier, field, value };
};

/** A candidate gets somebody, a sale loses them. */
const planAssignment = async (
  world: Pick<World, 'contract' | 'expect'>,
  home: Organization,
  draft: NewDossier,
): Promise<PlannedChange | undefined> => {
  const [member] = home.members;
  if (member === undefined) return undefined;
  const field = 'assigned_to';
  if (draft.type === 'candidate') {
    // A target may have assigned it by itself (LG-DOS-043), which the list shows.
    const { id } = await home.createDossier(draft);
    const dossier = await findListed(world, home, id);
    return { dossier, field, value: dossier[field] === member ? null : member };
  }
  return { dossier: await home.createDossier({ ...draft, [field]: member }), field, value: null };
};

/**
 * Makes the changes. Those are left out of what it gives that the target makes in the contact, and
 * not in the dossier (LG-DOS-042).
 */
export const makeFieldChanges = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  plans: readonly PlannedChange[],
): Promise<readonly FieldChange[]> => {
  const made: FieldChange[] = [];
  for (const { dossier, field, value } of plans) {
    const { id } = dossier;
    await change(world, home, id, { [field]: value });
    const shown = await retrieve(world, home, id);
    const elsewhere = ofTheContact.has(field) && (shown[field as keyof Dossier] ?? null) === null;
    if (!elsewhere) made.push({ id, field });
  }
  return made;
};
