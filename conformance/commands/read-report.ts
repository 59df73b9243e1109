import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { messageOf, misuse } from '../breakdown.ts';
import type { Report } from '../report.ts';

/**
 * Reads a JSON report of an earlier run.
 *
 * @throws Breakdown when there is none in the file
 */
export const readReport = (file: string): Report => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw misuse(`The report ${file} can't be read: ${messageOf(thrown)}. Name another file.`);
  }
  const flaw = flawOf(value);
  if (flaw === undefined) return value as Report;
  throw misuse(`${file} holds no report of this suite (${flaw}). Name one made by --report json.`);
};

const flawOf = (value: unknown): string | undefined => {
  const schema = new URL('../reporters/report.schema.json', import.meta.url);
  // Dates are only told, never reckoned with.
  const ajv = new Ajv2020({ validateFormats: false, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath ?? ''} ${error?.message ?? 'is not as its schema says'}`.trim();
};
