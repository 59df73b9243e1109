import { posix } from 'node:path';
import { isObject, objectAt, textAt } from './json.ts';
import type { Source } from './sources.ts';

export type Keys = readonly (string | number)[];

/** Where a node of the bundle was written: its file, and its line and column there. */
export interface Place {
  file: string;
  where: string;
}

/** Finds the written source of the bundle's nodes; `root` is the description that was bundled. */
export const placeFinder = (sources: readonly Source[], root: string) => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return (keys: Keys): Place => {
    const [path, rest] = fileOf(byPath, root, keys);
    return { file: path, where: byPath.get(path)?.locate(rest) ?? '' };
  };
};

const fileOf = (files: ReadonlyMap<string, Source>, root: string, keys: Keys): [string, Keys] => {
  const [section, second, third, ...rest] = keys;
  const component = `components/${second}/${third}.yaml`;
  if (section === 'components' && files.has(component)) return [component, rest];
  const value = files.get(root)?.value;
  const items = isObject(value) ? objectAt(value, String(section)) : {};
  const reference = textAt(items[String(second)], '$ref');
  return reference === undefined ? [root, keys] : [posix.normalize(reference), keys.slice(2)];
};
