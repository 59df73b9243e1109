import { type Contract, type Pointer, schemaAt } from '../../openapi/contract.ts';
import type { SchemaCompiler } from '../../openapi/schema-compiler.ts';
import { invalid } from './refusals.ts';
import { describeProblem, type DescribeSchema } from './validation-messages.ts';

/**
 * Checks a value against a schema of the contract and fills in the defaults of absent fields.
 *
 * @throws Refusal invalid_body, which names the first field that is wrong
 */
export type Validate = (pointer: Pointer, value: unknown, root: string) => void;

/** How schemas of requests are compiled: with defaults, and with what complaints are made from. */
export const requestSchemaOptions = { useDefaults: true, verbose: true } as const;

/**
 * @param compile - a compiler made with {@link requestSchemaOptions}
 * @param describe - where reasons for refusals are found
 */
export const createValidate =
  (compile: SchemaCompiler, describe?: DescribeSchema): Validate =>
  (pointer, value, root) => {
    const validate = compile(pointer);
    if (!validate(value)) throw invalid(describeProblem(validate.errors, root, describe));
  };

/** A document whose pointers are followed: the contract, or the control API's description. */
export type Described = Pick<Contract, 'document'>;

/** A schema of the document, as JSON. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/** The schema itself, or the one that it refers to. */
export const resolveNode = (contract: Described, node: SchemaNode): SchemaNode =>
  typeof node['$ref'] === 'string' ? schemaAt(contract, node['$ref'] as Pointer) : node;

/** The schemas of a schema's properties by name; where several speak of one, the last. */
export const propertiesOf = (contract: Described, node: SchemaNode): Map<string, SchemaNode> => {
  const schema = resolveNode(contract, node);
  const own = Object.entries((schema['properties'] ?? {}) as Record<string, SchemaNode>);
  const parts = (schema['allOf'] ?? []) as SchemaNode[];
  return new Map([...parts.flatMap((part) => [...propertiesOf(contract, part)]), ...own]);
};

/** The JSON types that a schema names itself; what it says by other schemas is of texts only. */
export const typesOf = (contract: Described, node: SchemaNode): ReadonlySet<string> =>
  new Set([resolveNode(contract, node)['type'] ?? []].flat() as string[]);

const wholeNumber = /^-?\d+$/;
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * The value that a text stands for, where the contract asks for something else than text: forms and
 * queries know text only (LG-CV-005, LG-GEN-021).
 *
 * Ajv's own coercion isn't used: it takes null for 0, an empty text for null and `0x10` for 16.
 * Text that stands for nothing of these types stays text, for the schema to refuse.
 */
export const readText = (text: string, types: ReadonlySet<string>): string | number => {
  if (types.has('number') && jsonNumber.test(text)) return Number(text);
  if (types.has('integer') && wholeNumber.test(text)) return finite(Number(text));
  return text;
};

/** However many digits it has, a whole number is one: too great, and not none at all. */
const finite = (value: number): number =>
  Math.max(-Number.MAX_VALUE, Math.min(value, Number.MAX_VALUE));
