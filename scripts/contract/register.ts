import { isObject, textAt, type JsonObject } from './json.ts';
import type { Source } from './sources.ts';

/** An entry of the register as it stands in its file, with the area of that file. */
export interface Entry {
  id: string;
  area: string;
  /** Path of its file, relative to the openapi folder. */
  file: string;
  /** "line:column" of the entry in its file. */
  where: string;
  value: JsonObject;
}

const registerFolder = 'requirements/';

/** The files of the register. */
export const registerSources = (sources: readonly Source[]): Source[] =>
  sources.filter(({ path }) => path.startsWith(registerFolder));

/** All entries of the register, sorted by id; what has no shape at all is left to the schema. */
export const readEntries = (sources: readonly Source[]): Entry[] =>
  registerSources(sources).flatMap(entriesOf).sort(byId);

const entriesOf = (source: Source): Entry[] => {
  const area = textAt(source.value, 'area') ?? '';
  const entries = isObject(source.value) ? source.value.entries : [];
  return (Array.isArray(entries) ? entries : []).filter(isObject).map((value, index) => ({
    id: textAt(value, 'id') ?? '',
    area,
    file: source.path,
    where: source.locate(['entries', index, 'id']),
    value,
  }));
};

const byId = (one: Entry, other: Entry): number =>
  one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
