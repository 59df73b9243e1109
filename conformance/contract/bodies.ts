import { type Contract, type Pointer, schemaAt } from '../../openapi/contract.ts';
import { type Field, fieldsOf, itemsOf } from './fields.ts';

/** What rules rely on at one place of a body; read when first asked for, as every answer asks. */
interface RequiredForm {
  readonly types: ReadonlySet<string>;
  readonly members: () => readonly (Field & { readonly form: RequiredForm })[];
  readonly item: () => RequiredForm;
}

/** What keeps a body from being worked with, in words; undefined when nothing does. */
export type FindFormFlaw = (pointer: Pointer, json: unknown) => string | undefined;

/**
 * The least that a rule needs of an answer before it goes on with it, read from the contract: what
 * is documented as an object or a list is one, the ids are there, and so is the total. Anything else
 * that may be wrong with a body is for the rules that are about it.
 */
const createFormFinder = (contract: Contract): FindFormFlaw => {
  const forms = new Map<Pointer, RequiredForm>();
  return (pointer, json) => {
    const form = forms.get(pointer) ?? readForm(contract, [schemaAt(contract, pointer)]);
    forms.set(pointer, form);
    return flawIn(form, json, '');
  };
};

const finders = new WeakMap<Contract, FindFormFlaw>();

/** What it reads from the contract serves all rules. */
export const formFlawOf = (contract: Contract): FindFormFlaw => {
  const finder = finders.get(contract) ?? createFormFinder(contract);
  finders.set(contract, finder);
  return finder;
};

const readForm = (contract: Contract, schemas: Field['schemas']): RequiredForm => {
  let members: ReturnType<RequiredForm['members']> | undefined;
  let item: RequiredForm | undefined;
  return {
    types: typesOf(contract, schemas),
    members: () =>
      (members ??= fieldsOf(contract, ...schemas).map((field) => ({
        ...field,
        form: readForm(contract, field.schemas),
      }))),
    item: () => (item ??= readForm(contract, itemsOf(contract, schemas))),
  };
};

/** A schema has its types as a member has them. */
const typesOf = (contract: Contract, schemas: Field['schemas']): ReadonlySet<string> => {
  const [own] = fieldsOf(contract, { properties: { own: { allOf: schemas } } });
  return own?.types ?? new Set();
};

const flawIn = (
  form: RequiredForm,
  value: unknown,
  place: string,
  isNeeded = holdsOthers(form),
): string | undefined => {
  const here = place === '' ? 'the body' : place;
  const found = typeOf(value);
  if (value === undefined) return `${here} is missing`;
  if (isNeeded && ![found, ...wider(found)].some((type) => form.types.has(type))) {
    return `${here} is ${inWords(found)}`;
  }
  if (Array.isArray(value)) {
    return firstFlaw(value, (item, index) =>
      flawIn(form.item(), item, `${place}[${String(index)}]`),
    );
  }
  if (found !== 'object') return undefined;
  const shown = value as Readonly<Record<string, unknown>>;
  return firstFlaw(form.members(), (member) => {
    const { name } = member;
    const own = Object.hasOwn(shown, name) ? shown[name] : undefined;
    const isWanted = isKey(name) || name === 'total' || holdsOthers(member);
    if (own === undefined && !(isWanted && member.required)) return undefined;
    const at = place === '' ? name : `${place}.${name}`;
    return flawIn(member.form, own, at, isWanted) ?? (isKey(name) ? keyFlaw(own, at) : undefined);
  });
};

const firstFlaw = <Item>(
  items: readonly Item[],
  flawOf: (item: Item, index: number) => string | undefined,
): string | undefined => {
  for (const [index, item] of items.entries()) {
    const flaw = flawOf(item, index);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
};

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

/** Whether a number is whole is for the rules to say. */
const wider = (type: string): readonly string[] => (type === 'number' ? ['integer'] : []);

const inWords = (type: string): string =>
  ({ null: 'null', array: 'an array', object: 'an object', string: 'a text' })[type] ?? `a ${type}`;

/** What things are found by. */
const isKey = (name: string): boolean => name === 'id' || name === 'contact_id';

/** Whether there are members or items to be looked for in it. */
const holdsOthers = ({ types }: Pick<RequiredForm, 'types'>): boolean =>
  types.has('object') || types.has('array');

/** A key is put into paths, where an empty one, a step up or half a character names nothing. */
const keyFlaw = (key: unknown, place: string): string | undefined =>
  typeof key === 'string' && (/^\.{0,2}$/.test(key) || /\p{Surrogate}/u.test(key))
    ? `${place} is ${JSON.stringify(key)}, which can't stand in a path`
    : undefined;

/** Whether the value satisfies the schema there; the reason when it doesn't. */
export type FindSchemaFlaw = (pointer: Pointer, value: unknown) => string | undefined;

type Schemas = Parameters<typeof itemsOf>[1];

/** What schemas name at one place of a value; read when first asked for, as every answer asks. */
interface NamedFields {
  readonly member: (name: string) => NamedFields | undefined;
  readonly item: () => NamedFields;
}

/** The places of those members of a value, at whatever depth, that the schema doesn't name. */
export type FindAdditionalFields = (pointer: Pointer, value: unknown) => string[];

export const createAdditionalFieldsFinder = (contract: Contract): FindAdditionalFields => {
  const shapes = new Map<Pointer, NamedFields>();
  return (pointer, value) => {
    const shape = shapes.get(pointer) ?? readShape(contract, [schemaAt(contract, pointer)]);
    shapes.set(pointer, shape);
    return additionalFieldsIn(shape, value, '');
  };
};

const readShape = (contract: Contract, schemas: Schemas): NamedFields => {
  let members: ReadonlyMap<string, NamedFields> | undefined;
  let item: NamedFields | undefined;
  return {
    member: (name) => {
      members ??= new Map(
        fieldsOf(contract, ...schemas).map((field) => [
          field.name,
          readShape(contract, field.schemas),
        ]),
      );
      return members.get(name);
    },
    item: () => (item ??= readShape(contract, itemsOf(contract, schemas))),
  };
};

const additionalFieldsIn = (shape: NamedFields, value: unknown, place: string): string[] => {
  if (Array.isArray(value))
    return value.flatMap((item) => additionalFieldsIn(shape.item(), item, place));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const member = shape.member(name);
    const here = place === '' ? name : `${place}.${name}`;
    return member ? additionalFieldsIn(member, inner, here) : [here];
  });
};
