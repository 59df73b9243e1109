import { schemaAt, type Contract, type Pointer } from '../../openapi/contract.ts';
import { fieldsOf, itemsOf, type Field } from './schema-fields.ts';

/** What rules rely on at one place of a body; read when first asked for, as every answer asks. */
interface Form {
  readonly types: ReadonlySet<string>;
  readonly members: () => readonly (Field & { readonly form: Form })[];
  readonly item: () => Form;
}

/** What keeps a body from being worked with, in words; undefined when nothing does. */
export type FindFormFlaw = (pointer: Pointer, json: unknown) => string | undefined;

/**
 * The least that a rule needs of an answer before it goes on with it, read from the contract: what
 * is documented as an object or a list is one, the ids are there, and so is the total. Anything else
 * that may be wrong with a body is for the rules that are about it.
 */
const createFormFinder = (contract: Contract): FindFormFlaw => {
  const forms = new Map<Pointer, Form>();
  return (pointer, json) => {
    const form = forms.get(pointer) ?? read(contract, [schemaAt(contract, pointer)]);
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

const read = (contract: Contract, schemas: Field['schemas']): Form => {
  let members: ReturnType<Form['members']> | undefined;
  let item: Form | undefined;
  return {
    types: typesOf(contract, schemas),
    members: () =>
      (members ??= fieldsOf(contract, ...schemas).map((field) => ({
        ...field,
        form: read(contract, field.schemas),
      }))),
    item: () => (item ??= read(contract, itemsOf(contract, schemas))),
  };
};

/** A schema has its types as a member has them. */
const typesOf = (contract: Contract, schemas: Field['schemas']): ReadonlySet<string> => {
  const [own] = fieldsOf(contract, { properties: { own: { allOf: schemas } } });
  return own?.types ?? new Set();
};

const flawIn = (
  form: Form,
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
    return first(value, (item, index) => flawIn(form.item(), item, `${place}[${String(index)}]`));
  }
  if (found !== 'object') return undefined;
  const shown = value as Readonly<Record<string, unknown>>;
  return first(form.members(), (member) => {
    const { name } = member;
    const own = Object.hasOwn(shown, name) ? shown[name] : undefined;
    const isWanted = isKey(name) || name === 'total' || holdsOthers(member);
    if (own === undefined && !(isWanted && member.required)) return undefined;
    const at = place === '' ? name : `${place}.${name}`;
    return flawIn(member.form, own, at, isWanted) ?? (isKey(name) ? keyFlaw(own, at) : undefined);
  });
};

const first = <Item>(
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
const holdsOthers = ({ types }: Pick<Form, 'types'>): boolean =>
  types.has('object') || types.has('array');

/** A key is put into paths, where an empty one, a step up or half a character names nothing. */
const keyFlaw = (key: unknown, place: string): string | undefined =>
  typeof key === 'string' && (/^\.{0,2}$/.test(key) || /\p{Surrogate}/u.test(key))
    ? `${place} is ${JSON.stringify(key)}, which can't stand in a path`
    : undefined;
