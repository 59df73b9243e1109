import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Problem } from './problem.ts';
import { registerSources } from './register.ts';
import type { Source } from './sources.ts';

const schemaPath = 'requirements/schema.json';

/** The register's files have the form that requirements/schema.json gives. */
export const checkRegisterShape = async (
  folder: string,
  sources: readonly Source[],
): Promise<Problem[]> => {
  try {
    const schema = JSON.parse(await readFile(join(folder, schemaPath), 'utf8')) as object;
    const ajv = new Ajv2020({ allErrors: true, strictTypes: false, strictRequired: false });
    addFormats.default(ajv);
    const validate = ajv.compile(schema);
    return registerSources(sources).flatMap((source) =>
      validate(source.value) ? [] : fromErrors(source, validate.errors ?? []),
    );
  } catch (error) {
    const what = `The register's schema can't be used: ${String(error).replaceAll(`${folder}/`, '')}`;
    return [{ file: schemaPath, where: '', what, next: 'write or mend the schema' }];
  }
};

/** One problem for each place: the branches of a choice would otherwise complain one by one. */
const fromErrors = (source: Source, errors: readonly ErrorObject[]): Problem[] =>
  [...new Set(errors.map(({ instancePath }) => instancePath))].map((path) => {
    const keys = path
      .split('/')
      .slice(1)
      .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    const reasons = errors.filter(({ instancePath }) => instancePath === path).map(explain);
    return {
      file: source.path,
      where: source.locate(keys),
      what: `${keys.join(' › ') || 'The file'} ${[...new Set(reasons)].join('; or ')}.`,
      next: `give it the form that ${schemaPath} asks for`,
    };
  });

const explain = ({ message, params }: ErrorObject): string => {
  const detail: unknown = params.allowedValues ?? params.allowedValue ?? params.additionalProperty;
  return `${message ?? 'is wrong'}${detail === undefined ? '' : ` (${JSON.stringify(detail)})`}`;
};
