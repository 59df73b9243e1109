import { type Contract, type Pointer, schemaAt } from '../../openapi/contract.ts';
import { type Field, fieldsOf, itemsOf } from './fields.ts';

/** What rules rely on at one place of a body; read from the contract when first used. */
interface RequiredForm {
  readonly types: ReadonlySet<string>;
  /** Whether it may have fields or items. */
  readonly holdsOthers: boolean;
  readonly members: () => readonly Member[];
  readonly item: () => RequiredForm;
}

type Member = Pick<Field, 'name' | 'required'> & { readonly form: RequiredForm };

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
    return flawIn(form, json);
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
  const types = typesOf(contract, schemas);
  return {
    types,
    holdsOthers: types.has('object') || types.has('array'),
    members: () =>
      (members ??= fieldsOf(contract, ...schemas).map(({ name, required, schemas: own }) => ({
        ...{ name, required },
        form: readForm(contract, own),
      }))),
    item: () => (item ??= readForm(contract, itemsOf(contract, schemas))),
  };
};

/** The types at these schemas, read as those of a field. */
const typesOf = (contract: Contract, schemas: Field['schemas']): ReadonlySet<string> => {
  const [own] = fieldsOf(contract, { properties: { own: { allOf: schemas } } });
  return own?.types ?? new Set();
};

/** Where in a body: the names and indexes on the way, the innermost first. */
interface Place {
  readonly at: string | number;
  readonly within: Place | undefined;
}

/** A place in words, built only for a flaw. */
const inBody = (place: Place | undefined): string => {
  if (!place) return '';
  const outer = inBody(place.within);
  if (typeof place.at === 'number') return `${outer}[${String(place.at)}]`;
  return outer === '' ? place.at : `${outer}.${place.at}`;
};

const flawIn = (
  form: RequiredForm,
  value: unknown,
  place?: Place,
  isNeeded = form.holdsOthers,
): string | undefined => {
  const here = () => inBody(place) || 'the body';
  const found = typeOf(value);
  if (value === undefined) return `${here()} is missing`;
  // Any number passes as an integer: the rules check that.
  const fits = form.types.has(found) || (found === 'number' && form.types.has('integer'));
  if (isNeeded && !fits) return `${here()} is ${inWords(found)}`;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const [index, item] of items.entries()) {
      const flaw = flawIn(form.item(), item, { at: index, within: place });
      if (flaw !== undefined) return flaw;
    }
    return undefined;
  }
  if (found !== 'object') return undefined;
  const shown = value as Readonly<Record<string, unknown>>;
  for (const member of form.members()) {
    const flaw = flawOfMember(member, shown, place);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
};

const flawOfMember = (
  { name, required, form }: Member,
  shown: Readonly<Record<string, unknown>>,
  within: Place | undefined,
): string | undefined => {
  const own = Object.hasOwn(shown, name) ? shown[name] : undefined;
  const isWanted = isId(name) || name === 'total' || form.holdsOthers;
  if (!isWanted || (own === undefined && !required)) return undefined;
  const place = { at: name, within };
  return flawIn(form, own, place, true) ?? (isId(name) ? idFlaw(own, place) : undefined);
};

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

const inWords = (type: string): string =>
  ({ null: 'null', array: 'an array', object: 'an object' })[type] ?? `a ${type}`;

/** The fields with the id of a resource. */
const isId = (name: string): boolean => name === 'id' || name === 'contact_id';

/** An id is put into paths, where an empty one, `.`, `..` or half a character can't work. */
const idFlaw = (id: unknown, place: Place): string | undefined =>
  typeof id === 'string' && (/^\.{0,2}$/.test(id) || /\p{Surrogate}/u.test(id))
    ? `${inBody(place)} is ${JSON.stringify(id)}, which can't be used in a path`
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
    const found: string[] = [];
    collectAdditionalFields(shape, value, { found });
    return found;
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

/** Places leave out the indexes of list items: the name is enough to find the field. */
const collectAdditionalFields = (
  shape: NamedFields,
  value: unknown,
  { found, within }: { readonly found: string[]; readonly within?: Place | undefined },
): void => {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collectAdditionalFields(shape.item(), item, { found, within });
    return;
  }
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    const member = shape.member(name);
    const isSimple = typeof inner !== 'object' || inner === null;
    if (member && isSimple) continue;
    const place = { at: name, within };
    if (member) collectAdditionalFields(member, inner, { found, within: place });
    else found.push(inBody(place));
  }
};
