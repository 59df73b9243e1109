import { readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequirementPlace } from '../reporters/codequality.ts';

const kit = fileURLToPath(new URL('../..', import.meta.url));
const register = 'openapi/requirements';

/**
 * Finds where requirements are stated in the register. The files are read when the first one is
 * asked for, as most reports show none.
 *
 * @param folder - the working folder. Where it contains the kit, paths begin there, as it is the
 *   root of a repository in a pipeline; otherwise they begin at the root of the kit.
 */
export const createPlaceFinder = (
  folder: string,
): ((id: string) => RequirementPlace | undefined) => {
  let places: ReadonlyMap<string, RequirementPlace> | undefined;
  return (id) => {
    places ??= readPlaces(prefixOf(folder));
    return places.get(id);
  };
};

/** The way from the folder to the kit, with a slash at its end. */
const prefixOf = (folder: string): string => {
  const path = relative(folder, kit);
  const outside = path === '' || path.startsWith('..') || isAbsolute(path);
  return outside ? '' : `${path.split(sep).join('/')}/`;
};

const readPlaces = (prefix: string): ReadonlyMap<string, RequirementPlace> => {
  const files = readdirSync(join(kit, register)).filter((name) => name.endsWith('.yaml'));
  return new Map(
    files.flatMap((name) => {
      const path = `${prefix}${register}/${name}`;
      const lines = readFileSync(join(kit, register, name), 'utf8').split('\n');
      return lines.flatMap((text, index): [string, RequirementPlace][] => {
        const [, id] = /^\s*- id: (\S+)/.exec(text) ?? [];
        return id === undefined ? [] : [[id, { path, line: index + 1 }]];
      });
    }),
  );
};
