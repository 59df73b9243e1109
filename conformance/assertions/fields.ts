import { type OperationId, schemaAt } from '../../openapi/contract.ts';
import type { RequirementId } from '../../openapi/register.ts';
import { dataOf } from '../context/answers.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { expectThat } from '../context/expectations.ts';
import { bodyFields, type Field } from '../contract/fields.ts';
import {
  type Dossier,
  type DossierChanges,
  dossierTypes,
  type NewDossier,
  salesOnlyFields,
} from '../contract/resources.ts';
import { withUnusedEmail } from '../fixtures/contacts.ts';
import {
  createDossier,
  findListedDossier,
  retrieveDossier,
  updateDossier,
} from '../fixtures/dossiers.ts';
import { createMovableDossier } from '../fixtures/flows.ts';
import { longTexts } from '../generators/values.ts';
import type { Exchange } from '../http/exchange.ts';
import { primaryContactFields } from './dossiers.ts';
import { isUuid } from './foreign-ids.ts';
import { expectPermittedRefusal } from './refusals.ts';

type DossierField = keyof DossierChanges;

/** A dossier of which one field is going to be updated. */
export interface PlannedUpdate {
  readonly dossier: Pick<Dossier, 'id'>;
  readonly field: DossierField;
  readonly value: unknown;
}

/** A dossier of which one field was updated. */
export interface FieldUpdate {
  readonly id: string;
  readonly field: DossierField;
}

/** Another value for each field; stages and members come from the target. */
const newValues: DossierChanges = {
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

const newDeal = { deal_size: 12_500, deal_currency: 'EUR' } as const;

/** Creates a dossier of each type for each field that can be updated. */
export const planFieldUpdates = async (org: Organization): Promise<readonly PlannedUpdate[]> => {
  const plans: PlannedUpdate[] = [];
  for (const type of dossierTypes(org.context.contract)) {
    for (const field of updatableFields(org.context, type)) {
      const plan = await planUpdate(org, type, field);
      if (plan) plans.push(plan);
    }
  }
  return plans;
};

/** The fields that can be updated, for candidates without the sales-only fields. */
const updatableFields = (
  { contract }: Pick<RuleContext, 'contract'>,
  type: NewDossier['type'],
): DossierField[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/DossierChanges');
  const fields = Object.keys(properties as object) as DossierField[];
  const salesOnly = salesOnlyFields(contract);
  return fields.filter((field) => type === 'sales' || !salesOnly.includes(field));
};

/** Undefined if the target has no other value. */
const planUpdate = async (
  org: Organization,
  type: NewDossier['type'],
  field: DossierField,
): Promise<PlannedUpdate | undefined> => {
  const name = `Before an update of its ${field}`;
  if (field === 'current_stage_id') {
    const movable = await createMovableDossier(org, name);
    return { dossier: movable, field, value: movable.others[0] };
  }
  if (field === 'assigned_to') return planAssignment(org, { type, name });
  const start = field === 'deal_currency' || field === 'deal_size' ? newDeal : {};
  const dossier = await createDossier(org, { type, name, ...start });
  // The primary contact may get the address, which must then be unique (LG-DOS-087).
  const { [field]: value } = await withUnusedEmail(org, { [field]: newValues[field] });
  return { dossier, field, value };
};

/** Assigns a candidate and unassigns a sales dossier. */
const planAssignment = async (
  org: Organization,
  draft: NewDossier,
): Promise<PlannedUpdate | undefined> => {
  const [member] = org.members;
  if (member === undefined) return undefined;
  const field = 'assigned_to';
  if (draft.type === 'candidate') {
    // A target may assign it by default (LG-DOS-043), which the list shows.
    const { id } = await createDossier(org, draft);
    const dossier = await findListedDossier(org, id);
    return { dossier, field, value: dossier[field] === member ? null : member };
  }
  return { dossier: await createDossier(org, { ...draft, [field]: member }), field, value: null };
};

/**
 * Makes the updates. The result leaves out updates that the target made in the contact instead of
 * the dossier (LG-DOS-042).
 */
export const makeFieldUpdates = async (
  org: Organization,
  plans: readonly PlannedUpdate[],
): Promise<readonly FieldUpdate[]> => {
  const made: FieldUpdate[] = [];
  for (const { dossier, field, value } of plans) {
    const { id } = dossier;
    await updateDossier(org, id, { [field]: value });
    const shown = await retrieveDossier(org, id);
    const elsewhere =
      primaryContactFields.has(field) && (shown[field as keyof Dossier] ?? null) === null;
    if (!elsewhere) made.push({ id, field });
  }
  return made;
};

/** The requirement about each of several fields, by the name of the field. */
export type FieldRequirements = Readonly<Record<string, RequirementId>>;

/** The requirements about these fields, for `about`. */
export const requirementsAbout = (
  requirements: FieldRequirements,
  fields: readonly string[],
): RequirementId[] => fields.flatMap((field) => requirements[field] ?? []);

/** Checks one field after the other, and says before each which requirement it is about. */
export const checkEachField = (
  { about }: Pick<RuleContext, 'about'>,
  requirements: FieldRequirements,
  sent: Readonly<Record<string, unknown>>,
  check: (field: Readonly<Record<string, unknown>>) => void,
): void => {
  for (const [name, value] of Object.entries(sent)) {
    about(...requirementsAbout(requirements, [name]));
    check({ [name]: value });
  }
};

type Texts = Readonly<Record<string, string>>;

/** No target may refuse a shorter text as too long. */
const shortLength = 20;

/**
 * Sends texts of many lengths in all fields at once, or, if that is refused, in one field at a
 * time. The maximum length is a decision (LG-GEN-042), but an accepted text must be stored
 * completely.
 *
 * @param send - sends these values
 * @param expectKept - checks that they were stored, after they were accepted
 */
export const expectWholeTexts = async (
  context: Pick<RuleContext, 'expect' | 'acceptances'>,
  fields: readonly string[],
  send: (texts: Texts) => Promise<Exchange>,
  expectKept: (texts: Texts, exchange: Exchange) => Promise<void>,
): Promise<void> => {
  const areTaken = async (texts: Texts, length: number): Promise<boolean> => {
    const exchange = await send(texts);
    if (length > shortLength && exchange.response.status >= 400) {
      expectPermittedRefusal(context, exchange, ['LG-GEN-042', 'LG-GEN-043']);
      return false;
    }
    context.expect.success(exchange);
    await expectKept(texts, exchange);
    return true;
  };
  for (const text of longTexts) {
    const together = Object.fromEntries(fields.map((field) => [field, text]));
    if (await areTaken(together, text.length)) continue;
    for (const field of fields) await areTaken({ [field]: text }, text.length);
  }
};

/** Names that aren't in the contract, with values of all types. */
const unknownFields = { x_colour: 'red', x_count: 7, x_nothing: null, x_list: [{ id: 1 }] };

/** A body with unknown fields has the same effect as without them. */
export const expectUnknownIgnored = async (
  org: Organization,
  operation: OperationId,
): Promise<void> => {
  const { expect } = org.context;

  const request = await org.prepare(operation);
  const body = { ...unknownFields, ...(request.body as object) };
  const exchange = await org.all.send(operation, { ...request, body });
  expect.success(exchange);
  const kept = Object.keys(dataOf(exchange.json) as object).filter((name) => name in unknownFields);
  expectThat(kept.length === 0, 'none of the unknown fields in the response', () => kept);
};

const samples: Readonly<Record<string, unknown>> = {
  string: '42',
  number: 42,
  boolean: true,
  array: ['42'],
  object: { value: '42' },
};

/** A value of each JSON type that a field doesn't have, except null. */
export const wrongTypesFor = ({ types }: Field): unknown[] =>
  Object.entries(samples)
    .filter(([type]) => !types.has(type))
    .map(([, value]) => value);

/**
 * Values that are invalid for a field, with the decision to refuse them: other types, null,
 * malformed UUIDs and strings outside its enumeration.
 */
const wrongValuesFor = (field: Field): (readonly [RequirementId, unknown[]])[] => [
  ['LG-GEN-034', wrongTypesFor(field)],
  [field.types.has('boolean') ? 'LG-GEN-036' : 'LG-GEN-034', field.types.has('null') ? [] : [null]],
  ['LG-GEN-049', field.isUuid ? ['none', '5f0c9a52-1d3e-4b7a-9c46'] : []],
  ['LG-GEN-028', (field.values ?? []).slice(0, 2).map((value) => String(value).toUpperCase())],
];

/**
 * Every field of a body is refused with each invalid value, and the unchanged body is accepted. The
 * rule verifies the decisions that concern these fields.
 */
export const expectFieldsChecked = async (
  org: Organization,
  operation: OperationId,
): Promise<void> => {
  const { contract, expect, about } = org.context;

  const request = await org.prepare(operation);
  for (const field of bodyFields(contract, operation)) {
    for (const [decision, values] of wrongValuesFor(field)) {
      if (values.length > 0) about(decision);
      for (const value of values) {
        const body = { ...(request.body as object), [field.name]: value };
        expect.refusal(await org.all.send(operation, { ...request, body }), 400);
      }
    }
  }
  expect.success(await org.all.send(operation, request));
};

const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The id is a UUID of any version. */
export const expectUuid = (id: string, whose: string): void => {
  expectThat(isUuid(id), `a UUID as the id of ${whose}`, () => id);
};

/** The id is a UUID of version 4 in lower case, as decided. */
export const expectNewId = (id: string, whose: string): void => {
  expectUuid(id, whose);
  expectThat(version4.test(id), 'a UUID of version 4 in lower case', () => id);
};
