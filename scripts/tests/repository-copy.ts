import { cp, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../cli/command.ts';

const copied = ['openapi', 'conformance', 'reference-server', 'package.json', 'tsconfig.json'];

/** Copies the sources, with a link to this repository's packages, for a test to change. */
export const copyRepository = async (): Promise<{ root: string; remove: () => Promise<void> }> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'copy-')));
  for (const name of [...copied, '.prettierrc.json', '.editorconfig']) {
    await cp(join(repositoryRoot, name), join(root, name), { recursive: true });
  }
  await symlink(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
  return { root, remove: () => rm(root, { recursive: true }) };
};
