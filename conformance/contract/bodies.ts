import { type Contract, type Pointer, schemaAt } from '../../openapi/contract.ts';
import { type Field, fieldsOf, itemsOf } from './fields.ts';

/** What rules rely on at one place of a body; read from the contract when first used. */
interface RequiredForm {
  readonly types: ReadonlySet<string>;
  readonly members: () => readonly (Field & { readonly form: RequiredForm })[];
  readonly item: () => RequiredForm;
}

/** Why rules can't work with a body, in words; undefined when they can. */
export type FindFormFlaw = (pointer: Pointer, json: unknown) => string | undefined;

/**
 * Checks the least that a rule needs of a response before it goes on, read from the contract:
 * objects and lists are what they are documented as, and ids and the total are present. Other flaws
 * are left to the rules about them.
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

/** Shared by all rules, so that each schema of the contract is read once. */
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

/** The types at these schemas, read as those of a field. */
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
    const isWanted = isId(name) || name === 'total' || holdsOthers(member);
    if (own === undefined && !(isWanted && member.required)) return undefined;
    const at = place === '' ? name : `${place}.${name}`;
    return flawIn(member.form, own, at, isWanted) ?? (isId(name) ? idFlaw(own, at) : undefined);
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

/** Any number passes as an integer: the rules check that. */
const wider = (type: string): readonly string[] => (type === 'number' ? ['integer'] : []);

const inWords = (type: string): string =>
  ({ null: 'null', array: 'an array', object: 'an object' })[type] ?? `a ${type}`;

/** The fields with the id of a resource. */
const isId = (name: string): boolean => name === 'id' || name === 'contact_id';

/** Whether it may have fields or items. */
const holdsOthers = ({ types }: Pick<RequiredForm, 'types'>): boolean =>
  types.has('object') || types.has('array');

/** An id is put into paths, where an empty one, `.`, `..` or half a character can't work. */
const idFlaw = (id: unknown, place: string): string | undefined =>
  typeof id === 'string' && (/^\.{0,2}$/.test(id) || /\p{Surrogate}/u.test(id))
    ? `${place} is ${JSON.stringify(id)}, which can't be used in a path`
    : undefined;

/** Whether the value satisfies the schema there; the reason when it doesn't. */
export type FindSchemaFlaw = (pointer: Pointer, value: unknown) => string | undefined;

type Schemas = Parameters<typeof itemsOf>[1];

/** The fields that schemas name at one place of a value; read when first used. */
interface NamedFields {
  readonly member: (name: string) => NamedFields | undefined;
  readonly item: () => NamedFields;
}

/** The places of the fields in a value, at any depth, that the schema doesn't name. */
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
