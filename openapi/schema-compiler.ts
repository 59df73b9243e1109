import addFormats from 'ajv-formats';
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Pointer } from './contract.ts';

/** Returns the validator of the schema at a pointer. Each is compiled once, on first use. */
export type SchemaCompiler = (pointer: Pointer) => ValidateFunction;

/**
 * Compiles the schemas of one document of the contract, by JSON Schema 2020-12.
 *
 * @param document - a bundle; `$ref`s stay inside it
 * @param options - Ajv options, for example coercion; by default nothing is coerced
 */
export const createSchemaCompiler = (document: object, options: Options = {}): SchemaCompiler => {
  // Loading the document is slow, so it waits for the first use and doesn't delay the start.
  let ajv: Ajv2020 | undefined;
  const compiled = new Map<Pointer, ValidateFunction>();
  return (pointer) => {
    const known = compiled.get(pointer);
    if (known) return known;
    ajv ??= createAjv(document, options);
    const validate = ajv.compile({ $ref: `contract${encodeURI(pointer)}` });
    compiled.set(pointer, validate);
    return validate;
  };
};

const createAjv = (document: object, options: Options): Ajv2020 => {
  // `1e999` is parsed as Infinity, which JSON can't represent: strictNumbers refuses it. `npm run
  // contract:check` has validated the schemas; doing it again would delay each start.
  const ajv = new Ajv2020({
    ...{ strict: false, strictNumbers: true, validateSchema: false },
    ...options,
  });
  // The default export of this CommonJS package is the function itself at run time.
  (addFormats as unknown as (instance: Ajv2020) => void)(ajv);
  ajv.addFormat('binary', true);
  ajv.addSchema(document, 'contract', undefined, false);
  return ajv;
};
