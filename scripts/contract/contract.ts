import { join, relative } from 'node:path';
import {
  bundle,
  createConfig,
  getLineColLocation,
  lint,
  loadConfig,
  type NormalizedProblem,
} from '@redocly/openapi-core';
import { isObject, type JsonObject } from './description.ts';
import { type Problem, readSources, type Source } from './sources.ts';

/** The openapi folder, read once for all checks. */
export interface ContractSources {
  folder: string;
  sources: readonly Source[];
  /** The API itself. */
  api: Bundled;
  /** The optional test-control API. */
  control: Bundled;
}

/** Reads the openapi folder. `contract` is undefined if a file isn't valid YAML. */
export const readContractSources = async (
  folder: string,
): Promise<{ contract: ContractSources | undefined; problems: Problem[] }> => {
  const { sources, problems } = await readSources(folder);
  if (problems.length > 0) return { contract: undefined, problems };
  const api = await bundleDescription(folder, 'openapi.yaml');
  const control = await bundleDescription(folder, 'control.yaml');
  return { contract: { folder, sources, api, control }, problems };
};

/** Every `$ref` of both descriptions can be resolved. */
export const checkReferences = ({ api, control }: ContractSources): Problem[] => [
  ...api.problems,
  ...control.problems,
];

/** Every file is part of a description or of the register. */
export const checkUnusedFiles = ({ sources, api, control }: ContractSources): Problem[] => {
  const used = new Set([...api.files, ...control.files]);
  return sources
    .filter(({ path }) => !path.startsWith('requirements/') && !used.has(path))
    .map(({ path }) => ({
      file: path,
      where: '',
      what: 'No $ref points to this file.',
      next: 'refer to it, or delete it',
    }));
};

export interface Bundled {
  /** The file that was bundled, relative to the openapi folder. */
  root: string;
  /** The whole description in one object, its `$ref`s pointing to `#/components` only. */
  bundle: JsonObject | undefined;
  /** The bundled files, relative to the openapi folder. */
  files: string[];
  problems: Problem[];
}

/**
 * Bundles one description (`openapi.yaml`, `control.yaml`) of the openapi folder. A missing file,
 * or a `$ref` that can't be resolved, is a problem.
 */
const bundleDescription = async (folder: string, root: string): Promise<Bundled> => {
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

/** Converts a problem of Redocly. */
const fromRedocly = (folder: string, found: NormalizedProblem): Problem => {
  const location = found.location[0];
  const start = location === undefined ? undefined : getLineColLocation(location).start;
  return {
    file: location === undefined ? '' : relative(folder, location.source.absoluteRef),
    where: start === undefined ? '' : `${start.line}:${start.col}`,
    what: `${found.message.replaceAll(`${folder}/`, '')} (${found.ruleId})`,
    next:
      found.suggest.length > 0
        ? `did you mean ${found.suggest.join(' or ')}?`
        : 'fix the description at this line',
  };
};

const unreadable = (folder: string, root: string, error: unknown): Problem => ({
  file: root,
  where: '',
  what: `The description can't be read: ${String(error).replaceAll(`${folder}/`, '')}`,
  next: 'create the file, or fix the path that points to it',
});

/** Redocly's lint problems of the descriptions; a warning counts like an error. */
export const checkLint = async (
  { folder, api, control }: ContractSources,
  configPath: string,
): Promise<Problem[]> => {
  const config = await loadConfig({ configPath });
  const found = await Promise.all(
    [api, control].map(({ root }) => lint({ ref: join(folder, root), config })),
  );
  return found.flat().map((problem) => fromRedocly(folder, problem));
};
