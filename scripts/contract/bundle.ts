import { join, relative } from 'node:path';
import {
  bundle,
  createConfig,
  getLineColLocation,
  type NormalizedProblem,
} from '@redocly/openapi-core';
import { isObject, type JsonObject } from './json.ts';
import type { Problem } from './problem.ts';

export interface Bundled {
  /** The file that was bundled, relative to the openapi folder. */
  root: string;
  /** The whole description in one object, its `$ref`s pointing to `#/components` only. */
  bundle: JsonObject | undefined;
  /** The files that took part, relative to the openapi folder. */
  files: string[];
  problems: Problem[];
}

/**
 * Bundles one description (`openapi.yaml`, `control.yaml`) of the openapi folder.
 * A file that is missing or a `$ref` to nothing comes back as a problem.
 */
export const bundleDescription = async (folder: string, root: string): Promise<Bundled> => {
  try {
    const config = await createConfig({});
    const result = await bundle({ ref: join(folder, root), config });
    const problems = result.problems
      .filter(({ severity }) => severity === 'error')
      .map((problem) => fromRedocly(folder, problem));
    const files = [...result.fileDependencies].map((file) => relative(folder, file));
    const value: unknown = result.bundle.parsed;
    return { root, bundle: isObject(value) ? value : undefined, files: [root, ...files], problems };
  } catch (error) {
    return { root, bundle: undefined, files: [], problems: [unreadable(folder, root, error)] };
  }
};

/** A finding of Redocly as a problem of ours. */
export const fromRedocly = (folder: string, found: NormalizedProblem): Problem => {
  const location = found.location[0];
  const start = location === undefined ? undefined : getLineColLocation(location).start;
  return {
    file: location === undefined ? '' : relative(folder, location.source.absoluteRef),
    where: start === undefined ? '' : `${start.line}:${start.col}`,
    what: `${found.message.replaceAll(`${folder}/`, '')} (${found.ruleId})`,
    next:
      found.suggest.length > 0
        ? `did you mean ${found.suggest.join(' or ')}?`
        : 'mend the description at this place',
  };
};

const unreadable = (folder: string, root: string, error: unknown): Problem => ({
  file: root,
  where: '',
  what: `The description can't be read: ${String(error).replaceAll(`${folder}/`, '')}`,
  next: 'write the file, or mend the path that points to it',
});
