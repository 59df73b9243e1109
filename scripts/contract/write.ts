import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generateFiles } from './generate.ts';
import { rulesIndex } from './rules-index.ts';
import type { Problem } from './sources.ts';

/** The paths that were written, relative to the repository, and what kept others from it. */
export interface Written {
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
}

/** Writes what is derived from the contract's files. */
export const writeContract = async (root: string): Promise<Written> => {
  const openapi = join(root, 'openapi');
  const { files, problems } = await generateFiles(openapi);
  for (const { path, text } of files) {
    await mkdir(dirname(join(openapi, path)), { recursive: true });
    await writeFile(join(openapi, path), text);
  }
  return { paths: files.map(({ path }) => `openapi/${path}`), problems };
};

/** Writes the index of the rules. */
export const writeRulesIndex = async (root: string): Promise<Written> => {
  const { path, text } = rulesIndex(root);
  await writeFile(join(root, path), text);
  return { paths: [path], problems: [] };
};
