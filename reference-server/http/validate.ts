import type { Pointer } from '../../openapi/contract.ts';
import type { SchemaCompiler } from '../../openapi/schema-compiler.ts';
import { describeProblem, type DescribeSchema } from './complaint.ts';
import { invalid } from './refusal.ts';

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
