import { bundleDescription, type Bundled } from './bundle.ts';
import type { Problem } from './problem.ts';
import { readSources, type Source } from './sources.ts';

/** The openapi folder, read once for all who look at it. */
export interface Contract {
  folder: string;
  sources: readonly Source[];
  /** The API itself. */
  api: Bundled;
  /** What only tests need beside it. */
  control: Bundled;
}

/** Reads the openapi folder. With a file that is no YAML there is nothing to bundle. */
export const readContract = async (
  folder: string,
): Promise<{ contract: Contract | undefined; problems: Problem[] }> => {
  const { sources, problems } = await readSources(folder);
  if (problems.length > 0) return { contract: undefined, problems };
  const api = await bundleDescription(folder, 'openapi.yaml');
  const control = await bundleDescription(folder, 'control.yaml');
  return { contract: { folder, sources, api, control }, problems };
};

/** Every `$ref` of both descriptions leads somewhere. */
export const checkReferences = ({ api, control }: Contract): Problem[] => [
  ...api.problems,
  ...control.problems,
];

/** Every file is part of a description or of the register. */
export const checkUnusedFiles = ({ sources, api, control }: Contract): Problem[] => {
  const used = new Set([...api.files, ...control.files]);
  return sources
    .filter(({ path }) => !path.startsWith('requirements/') && !used.has(path))
    .map(({ path }) => ({
      file: path,
      where: '',
      what: 'No $ref leads to this file.',
      next: 'refer to it, or delete it',
    }));
};
