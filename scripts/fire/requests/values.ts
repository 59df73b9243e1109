import type { Contract } from '../../../openapi/contract.ts';
import { type Node, type Pointer, resolve } from '../../../openapi/pointer.ts';
import { below, pick, type Random } from '../harness/random.ts';

/** The ids to choose from, by the name of the field or parameter. */
type Ids = (field: string) => readonly string[];

/** Generates a value that a schema of the contract allows. */
export type Generate = (pointer: Pointer, random: Random, ids: Ids) => unknown;

/** An object schema, merged with its `allOf`. */
interface Shape {
  readonly properties: ReadonlyMap<string, Node>;
  readonly required: ReadonlySet<string>;
  readonly conditions: readonly { readonly when: Node; readonly then: Node }[];
}

const texts: readonly ((random: Random) => string)[] = [
  (random) => `fire.${below(random, 1e9)}@example.nl`,
  (random) => `Fire+${below(random, 1e9)}@EXAMPLE.nl`,
  () => 'EUR',
  () => 'USD',
  (random) => `Name ${below(random, 1e6)}`,
  () => 'Zoë Łukasz 李雷 👩‍💼',
  () => '\'; DROP TABLE contacts; -- "\\ %_',
  () => '<script>alert(1)</script>',
  () => '\u202eright to left\u0000\u2028\ufeff',
  () => 'e\u0301 and \u00e9, ß and SS, İ',
  (random) => 'long '.repeat(1 + below(random, 400)),
  () => ' padded ',
  () => '+31 6 12345678',
  () => 'https://www.linkedin.com/in/example',
];

const numbers = [0, 1, 0.01, 19.99, 1250, 2 ** 31, Number.MAX_SAFE_INTEGER, 1e15, 1e300, 5e-324];

/** Resolves references in a document, with a cache. */
const createSchemaReader = (document: Node) => {
  const nodes = new Map<string, Node>();
  const shapes = new Map<Node, Shape>();
  const makers = new Map<string, readonly ((random: Random) => string)[]>();
  const nodeAt = (pointer: string): Node => {
    const known = nodes.get(pointer) ?? resolve(document, pointer as Pointer).node;
    nodes.set(pointer, known);
    return known;
  };
  const follow = (node: Node): Node =>
    typeof node['$ref'] === 'string' ? nodeAt(node['$ref']) : node;
  return {
    ...{ nodeAt, follow },
    shapeOf: (node: Node): Shape => {
      const known = shapes.get(node) ?? readShape(node, follow);
      shapes.set(node, known);
      return known;
    },
    textOf: (pattern: string, random: Random): string => {
      const expression = new RegExp(pattern, 'u');
      const fitting =
        makers.get(pattern) ?? texts.filter((make) => expression.test(make(() => 0.5)));
      makers.set(pattern, fitting);
      return pick(random, fitting)?.(random) ?? '';
    },
  };
};

export const createGenerate = (contract: Pick<Contract, 'document'>): Generate => {
  const { nodeAt, follow, shapeOf, textOf } = createSchemaReader(contract.document as Node);

  const make = (given: Node, random: Random, ids: Ids, field: string): unknown => {
    const node = follow(given);
    if ('const' in node) return node['const'];
    if (Array.isArray(node['enum'])) return pick(random, node['enum'] as unknown[]);
    if (Array.isArray(node['oneOf'])) {
      const branches = node['oneOf'] as Node[];
      const branch = (random() < 0.8 ? branches[0] : pick(random, branches)) ?? {};
      return make(branch, random, ids, field);
    }
    const [first, ...others] = [node['type'] ?? 'object'].flat() as string[];
    const type = random() < 0.8 ? first : pick(random, [first, ...others]);
    if (type === 'null') return null;
    if (type === 'boolean') return random() < 0.5;
    if (type === 'number' || type === 'integer') return makeNumber(node, type, random);
    if (type === 'array') {
      const items = node['items'] as Node;
      const made = Array.from({ length: below(random, 4) }, () => make(items, random, ids, field));
      return [...new Set(made)];
    }
    if (type === 'object') return makeObject(node, random, ids);
    if (node['format'] === 'uuid') return pick(random, ids(field)) ?? makeUuid(random);
    return textOf((node['pattern'] ?? '') as string, random);
  };
  const makeObject = (node: Node, random: Random, ids: Ids): Record<string, unknown> => {
    const { properties, required, conditions } = shapeOf(node);
    const made: Record<string, unknown> = {};
    for (const [name, property] of properties) {
      const isFile = follow(property)['format'] === 'binary';
      if (isFile || !(required.has(name) || random() < 0.4)) continue;
      made[name] = make(property, random, ids, name);
    }
    for (const { when, then } of conditions) {
      if (!applies(when, made)) continue;
      const narrowed = (then['properties'] ?? {}) as Record<string, Node>;
      for (const [name, property] of Object.entries(narrowed)) {
        if (name in made) made[name] = make(property, random, ids, name);
      }
    }
    return made;
  };
  return (pointer, random, ids) => make(nodeAt(pointer), random, ids, '');
};

const readShape = (node: Node, follow: (node: Node) => Node): Shape => {
  const parts = ((node['allOf'] ?? []) as Node[]).map((part) => readShape(follow(part), follow));
  const own = Object.entries((node['properties'] ?? {}) as Record<string, Node>);
  const condition =
    node['if'] === undefined ? [] : [{ when: node['if'] as Node, then: node['then'] as Node }];
  return {
    properties: new Map([...parts.flatMap(({ properties }) => [...properties]), ...own]),
    required: new Set([
      ...parts.flatMap(({ required }) => [...required]),
      ...((node['required'] ?? []) as string[]),
    ]),
    conditions: [...parts.flatMap(({ conditions }) => conditions), ...condition],
  };
};

/** Whether an object meets an `if`, whose properties are constants. */
const applies = (when: Node, object: Readonly<Record<string, unknown>>): boolean =>
  Object.entries((when['properties'] ?? {}) as Record<string, Node>).every(
    ([name, { const: value }]) => object[name] === value,
  );

const makeNumber = (node: Node, type: string, random: Random): number => {
  const { minimum = -Infinity, maximum = Infinity } = node as Record<string, number>;
  const fitting = numbers.filter(
    (one) => one >= minimum && one <= maximum && (type === 'number' || Number.isInteger(one)),
  );
  return pick(random, fitting) ?? minimum;
};

/** A random UUID of version 4. */
export const makeUuid = (random: Random): string => {
  const hex = Array.from({ length: 32 }, () => below(random, 16).toString(16)).join('');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
};

/** The kinds of ids, named as the first segment of their paths. */
export type Kind = 'dossiers' | 'contacts' | 'flows' | 'stages' | 'members';

/** The kind of id in a field or query parameter. */
const kindOfField: Readonly<Record<string, Kind>> = {
  contact_id: 'contacts',
  flow_id: 'flows',
  stage_id: 'stages',
  current_stage_id: 'stages',
  assigned_to: 'members',
};

/** The known ids of one organisation, by kind. */
export interface Pool {
  readonly add: (kind: Kind, id: string) => void;
  readonly remove: (kind: Kind, id: string) => void;
  readonly of: (kind: Kind) => readonly string[];
}

export const createPool = (known: Readonly<Partial<Record<Kind, readonly string[]>>>): Pool => {
  const lists = new Map(Object.entries(known).map(([kind, ids]) => [kind, [...ids]]));
  return {
    of: (kind) => lists.get(kind) ?? [],
    add: (kind, id) => {
      const list = lists.get(kind) ?? [];
      list.push(id);
      lists.set(kind, list);
    },
    remove: (kind, id) => {
      const list = lists.get(kind) ?? [];
      const at = list.indexOf(id);
      if (at >= 0) list.splice(at, 1);
    },
  };
};

/** Draws ids: mostly of the client's organisation, sometimes unknown or of another organisation. */
export interface DrawIds {
  readonly ids: Ids;
  readonly one: (kind: Kind) => string;
  /** The ids of the other organisation drawn since the last call. */
  readonly takeForeign: () => readonly string[];
}

export const createDraw = (own: Pool, foreign: Pool, random: Random): DrawIds => {
  let drawn: string[] = [];
  const list = (kind: Kind): readonly string[] => {
    const chance = random();
    if (chance < 0.05) {
      const ids = foreign.of(kind);
      const id = ids[below(random, ids.length)];
      if (id === undefined) return [];
      drawn.push(id);
      return [id];
    }
    return chance < 0.08 ? [] : own.of(kind);
  };
  return {
    ids: (field) => {
      const kind = kindOfField[field];
      return kind ? list(kind) : [];
    },
    one: (kind) => {
      const ids = list(kind);
      // Newer ids are drawn more often: older items are often archived or deleted.
      return ids[Math.floor(Math.sqrt(random()) * ids.length)] ?? makeUuid(random);
    },
    takeForeign: () => {
      const taken = drawn;
      drawn = [];
      return taken;
    },
  };
};
