import { type Contract, type Operation, type Parameter, schemaAt } from '../../openapi/contract.ts';
import { invalid } from './refusals.ts';
import { convertText, typesOf, type Validate } from './schema-validation.ts';

/** Query parameters with the contract's types and defaults. Unknown ones are left out. */
export type ReadQuery = (operation: Operation, query: string) => Record<string, unknown>;

interface ParameterSpec {
  readonly parameter: Parameter;
  readonly types: ReadonlySet<string>;
  readonly fallback: unknown;
}

/** @throws (the reader) Refusal invalid_body, which names the parameter (LG-GEN-020 to LG-GEN-027) */
export const createReadQuery = (contract: Contract, validate: Validate): ReadQuery => {
  const specs = new Map<Operation, readonly ParameterSpec[]>();
  return (operation, query) => {
    const known = specs.get(operation) ?? readSpecs(contract, operation);
    specs.set(operation, known);
    if (known.length === 0) return {};
    const given = new URLSearchParams(query);
    const values: Record<string, unknown> = {};
    for (const spec of known) {
      const value = readParameter(spec, given.getAll(spec.parameter.name));
      if (value === undefined) continue;
      validate(spec.parameter.schema, value, spec.parameter.name);
      requireExact(spec, value);
      values[spec.parameter.name] = value;
    }
    return values;
  };
};

const readSpecs = (contract: Contract, operation: Operation): readonly ParameterSpec[] =>
  operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => {
      const schema = schemaAt(contract, parameter.schema);
      return { parameter, types: typesOf(contract, schema), fallback: schema['default'] };
    });

const readParameter = ({ parameter, types, fallback }: ParameterSpec, texts: string[]): unknown => {
  if (texts.length === 0) return fallback;
  if (types.has('array')) return texts;
  const [text = ''] = texts;
  if (texts.length > 1) throw invalid(`${parameter.name} must be sent once.`);
  return convertText(text, types);
};

/**
 * The largest integer that every JSON parser reads exactly. The contract has no maximum for `page`;
 * this server refuses a page that `meta` couldn't return exactly (LG-GEN-018, LG-GEN-022).
 */
const maxInteger = Number.MAX_SAFE_INTEGER;

const requireExact = ({ parameter, types }: ParameterSpec, value: unknown): void => {
  if (!types.has('integer') || typeof value !== 'number' || value <= maxInteger) return;
  throw invalid(`${parameter.name} must be at most ${maxInteger}.`);
};
