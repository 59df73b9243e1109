import { type Contract, type Pointer, schemaAt } from '../../openapi/contract.ts';
import type { SchemaCompiler } from '../../openapi/schema-compiler.ts';
import { invalid } from './refusals.ts';
import { describeProblem, type DescribeSchema } from './validation-messages.ts';

/**
 * Validates a value by a schema of the contract, and fills in the defaults of absent fields.
 *
 * @throws Refusal invalid_body, which names the first field that is wrong
 */
export type Validate = (pointer: Pointer, value: unknown, root: string) => void;

/** Compiler options for request schemas: defaults, and the details that messages need. */
export const requestSchemaOptions = { useDefaults: true, verbose: true } as const;

/**
 * @param compile - a compiler made with {@link requestSchemaOptions}
 * @param describe - returns the reasons for refusals
 */
export const createValidate =
  (compile: SchemaCompiler, describe?: DescribeSchema): Validate =>
  (pointer, value, root) => {
    const validate = compile(pointer);
    if (!validate(value)) throw invalid(describeProblem(validate.errors, root, describe));
  };

/** The contract, or the control API's description. */
export type SchemaSource = Pick<Contract, 'document'>;

/** A schema of the document, as JSON. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/** The schema itself, or the one that it refers to. */
export const resolveNode = (contract: SchemaSource, node: SchemaNode): SchemaNode =>
  typeof node['$ref'] === 'string' ? schemaAt(contract, node['$ref'] as Pointer) : node;

/** The schemas of a schema's properties by name; of several for one property, the last. */
export const propertiesOf = (contract: SchemaSource, node: SchemaNode): Map<string, SchemaNode> => {
  const schema = resolveNode(contract, node);
  const own = Object.entries((schema['properties'] ?? {}) as Record<string, SchemaNode>);
  const parts = (schema['allOf'] ?? []) as SchemaNode[];
  return new Map([...parts.flatMap((part) => [...propertiesOf(contract, part)]), ...own]);
};

/** The JSON types in a schema itself; those of nested schemas are strings only. */
export const typesOf = (contract: SchemaSource, node: SchemaNode): ReadonlySet<string> =>
  new Set([resolveNode(contract, node)['type'] ?? []].flat() as string[]);

const wholeNumber = /^-?\d+$/;
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Converts the text of a form field or query parameter to the contract's type (LG-CV-005,
 * LG-GEN-021).
 *
 * Ajv's coercion isn't used: it reads null as 0, an empty text as null and `0x10` as 16. Text that
 * can't be converted stays text, which the schema refuses.
 */
export const convertText = (text: string, types: ReadonlySet<string>): string | number => {
  if (types.has('number') && jsonNumber.test(text)) return Number(text);
  if (types.has('integer') && wholeNumber.test(text)) return finite(Number(text));
  return text;
};

/**
 * An integer with very many digits is too large, not an invalid number: Infinity becomes the
 * largest number.
 */
const finite = (value: number): number =>
  Math.max(-Number.MAX_VALUE, Math.min(value, Number.MAX_VALUE));
