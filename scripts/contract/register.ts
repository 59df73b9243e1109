import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { compareVersions } from '../../openapi/versions.ts';
import {
  arrayAt,
  eventsOf,
  isObject,
  type JsonObject,
  objectAt,
  operationsOf,
  textAt,
  textsAt,
} from './description.ts';
import type { Problem, Source } from './sources.ts';

/** An entry of the register, with its file and area. */
export interface Entry {
  id: string;
  area: string;
  /** The version in which it first existed: its own, or that of its file; empty without one. */
  since: string;
  /** Path of its file, relative to the openapi folder. */
  file: string;
  /** "line:column" of the entry in its file. */
  where: string;
  value: JsonObject;
}

const registerFolder = 'requirements/';

/** The files of the register. */
const registerSources = (sources: readonly Source[]): Source[] =>
  sources.filter(({ path }) => path.startsWith(registerFolder));

/**
 * All entries of the register, sorted by id; invalid ones are ignored here, since the schema
 * refuses them.
 */
export const readEntries = (sources: readonly Source[]): Entry[] =>
  registerSources(sources).flatMap(entriesOf).sort(byId);

const entriesOf = (source: Source): Entry[] => {
  const area = textAt(source.value, 'area') ?? '';
  const usual = usualVersion(source);
  const entries = isObject(source.value) ? source.value.entries : [];
  return (Array.isArray(entries) ? entries : []).filter(isObject).map((value, index) => ({
    id: textAt(value, 'id') ?? '',
    area,
    since: textAt(value, 'since') ?? usual(textAt(value, 'id') ?? ''),
    file: source.path,
    where: source.locate(['entries', index, 'id']),
    value,
  }));
};

/** The version that the file states for an id. */
const usualVersion = ({ value }: Source): ((id: string) => string) => {
  const since = objectAt(value, 'since');
  const { through } = since;
  return (id) =>
    typeof through === 'number' && Number(id.slice(-3)) <= through
      ? (textAt(since, 'version') ?? '')
      : '';
};

const byId = (one: Entry, other: Entry): number =>
  one.id < other.id ? -1 : one.id > other.id ? 1 : 0;

const schemaPath = 'requirements/schema.json';

/** The register's files are valid by requirements/schema.json. */
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
    return [{ file: schemaPath, where: '', what, next: 'create or fix the schema' }];
  }
};

/** One problem for each location, since each branch of a choice has its own errors. */
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
      next: `make it valid by ${schemaPath}`,
    };
  });

const explain = ({ message, params }: ErrorObject): string => {
  const detail: unknown = params.allowedValues ?? params.allowedValue ?? params.additionalProperty;
  return `${message ?? 'is wrong'}${detail === undefined ? '' : ` (${JSON.stringify(detail)})`}`;
};

/** Each entry says since when it exists, and none first existed in a version that is to come. */
export const checkRegisterVersions = (entries: readonly Entry[], version: string): Problem[] =>
  entries.flatMap((entry) => {
    const { id, since } = entry;
    if (since === '') {
      const what = `${id} doesn't say since which version it exists, and its file only says so for older ones.`;
      return [at(entry, what, `add \`since: ${version}\` to the entry`)];
    }
    if (compareVersions(since, version) <= 0) return [];
    const what = `${id} is since ${since}, but package.json has version ${version}.`;
    const next =
      'correct `since` of the entry or of its file, or raise the version of the package first';
    return [at(entry, what, next)];
  });

/** Ids are unique and belong to their file's area; what an entry names exists in the bundle. */
export const checkRegisterReferences = (
  entries: readonly Entry[],
  bundle: JsonObject,
): Problem[] => {
  const operations = operationsOf(bundle).map(({ name }) => name);
  const subjects = [...operations, ...eventsOf(bundle).map(({ name }) => name), 'all', 'events'];
  return entries.flatMap((entry, at) => [
    ...identity(entry, entries[at - 1]),
    ...unknownNames(entry, 'concerns', textsAt(entry.value, 'concerns'), subjects),
    ...unknownNames(entry, 'permits', permitted(entry), [...operations, '*']),
  ]);
};

/** Entries are sorted by id, so that duplicates are adjacent. */
const identity = (entry: Entry, previous: Entry | undefined): Problem[] => {
  const problems: Problem[] = [];
  if (entry.id === previous?.id) {
    const what = `${entry.id} is in the register twice (also ${previous.file}:${previous.where}).`;
    problems.push(at(entry, what, 'give the newer entry an id that was never used'));
  }
  if (!entry.id.startsWith(`LG-${entry.area}-`)) {
    const what = `${entry.id} is in the file of area ${entry.area}.`;
    problems.push(at(entry, what, 'move the entry to the file of its area, or fix its id'));
  }
  return problems;
};

const permitted = (entry: Entry): string[] =>
  [entry.value, ...arrayAt(entry.value, 'alternatives')].flatMap((holder) =>
    textsAt(objectAt(holder, 'permits'), 'operations'),
  );

const unknownNames = (
  entry: Entry,
  field: string,
  names: readonly string[],
  known: readonly string[],
): Problem[] =>
  names
    .filter((name) => !known.includes(name))
    .map((name) =>
      at(
        entry,
        `${entry.id} ${field} ${name}, which is no operation or event of the bundle.`,
        'spell it as its operationId or event in the contract',
      ),
    );

const at = (entry: Entry, what: string, next: string): Problem => ({
  file: entry.file,
  where: entry.where,
  what,
  next,
});
