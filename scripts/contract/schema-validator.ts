import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isObject, type JsonObject } from './json.ts';

/** The first reason why a value doesn't fit a schema, or undefined when it fits. */
type Misfit = { at: string; reason: string } | undefined;
export type Validate = (schema: JsonObject, value: unknown) => Misfit;

/**
 * A validator for the schemas of a description without `$ref`s, in the dialect of OpenAPI 3.1.
 * Unknown keywords and formats are refused, except the extensions (`x-…`) of the description.
 */
export const schemaValidator = (description: JsonObject): Validate => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  // ajv-formats is CommonJS: its function is the default export's default under Node.
  addFormats.default(ajv);
  ajv.addVocabulary(['example', ...extensionsIn(description)]);
  return (schema, value) => {
    try {
      const validate = ajv.compile(schema);
      return validate(value) ? undefined : explain(validate.errors?.[0]);
    } catch (error) {
      return { at: '', reason: `its schema can't be used: ${String(error)}` };
    }
  };
};

const explain = (error: ErrorObject | undefined): NonNullable<Misfit> => {
  const detail: unknown = error?.params.allowedValues ?? error?.params.allowedValue;
  const allowed = detail === undefined ? '' : ` (${JSON.stringify(detail)})`;
  return { at: error?.instancePath ?? '', reason: `${error?.message ?? 'is wrong'}${allowed}` };
};

const extensionsIn = (description: JsonObject): string[] => {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if (isObject(node))
      for (const key of Object.keys(node)) if (key.startsWith('x-')) names.add(key);
    Object.values(node).forEach(visit);
  };
  visit(description);
  return [...names];
};
