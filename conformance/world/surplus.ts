import { schemaAt, type Contract, type Pointer } from '../../openapi/contract.ts';
import { fieldsOf, itemsOf } from './schema-fields.ts';

type Schemas = Parameters<typeof itemsOf>[1];

/** What schemas name at one place of a value; read when first asked for, as every answer asks. */
interface Shape {
  readonly member: (name: string) => Shape | undefined;
  readonly item: () => Shape;
}

/** The places of those members of a value, at whatever depth, that the schema doesn't name. */
export type FindSurplus = (pointer: Pointer, value: unknown) => string[];

export const createSurplusFinder = (contract: Contract): FindSurplus => {
  const shapes = new Map<Pointer, Shape>();
  return (pointer, value) => {
    const shape = shapes.get(pointer) ?? read(contract, [schemaAt(contract, pointer)]);
    shapes.set(pointer, shape);
    return surplusIn(shape, value, '');
  };
};

const read = (contract: Contract, schemas: Schemas): Shape => {
  let members: ReadonlyMap<string, Shape> | undefined;
  let item: Shape | undefined;
  return {
    member: (name) => {
      members ??= new Map(
        fieldsOf(contract, ...schemas).map((field) => [field.name, read(contract, field.schemas)]),
      );
      return members.get(name);
    },
    item: () => (item ??= read(contract, itemsOf(contract, schemas))),
  };
};

const surplusIn = (shape: Shape, value: unknown, place: string): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => surplusIn(shape.item(), item, place));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const member = shape.member(name);
    const here = place === '' ? name : `${place}.${name}`;
    return member ? surplusIn(member, inner, here) : [here];
  });
};
