import addFormats from 'ajv-formats';
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Pointer } from './contract.ts';

/** Gives the validator of the schema at a pointer; each is compiled once, when first asked for. */
export type SchemaCompiler = (pointer: Pointer) => ValidateFunction;

/**
 * Compiles schemas of one document of the contract under JSON Schema 2020-12.
 *
 * @param document - a bundle; `$ref`s stay inside it
 * @param options - such as coercion, for what arrives as text; nothing is coerced unless asked
 */
export const createSchemaCompiler = (document: object, options: Options = {}): SchemaCompiler => {
  // Taking a document in takes time at each start; the first request has more of it.
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
  // `1e999` is read as Infinity, which no answer could repeat: only numbers that JSON can tell pass.
  // The gates of the contract have validated its schemas; doing it again takes time at each start.
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
