import { copyFile, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../cli/command.ts';

/**
 * Lays out TypeScript files (path to text) in a folder with this repository's packages, runs a test
 * there and removes the folder.
 */
export const withFiles = async (
  files: Readonly<Record<string, string>>,
  test: (folder: string) => Promise<void>,
): Promise<void> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'seeded-')));
  const tsconfig = { extends: join(repositoryRoot, 'tsconfig.json'), include: ['.'] };
  const all = { ...files, 'tsconfig.json': JSON.stringify(tsconfig) };
  try {
    await symlink(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'));
    await copyFile(join(repositoryRoot, 'package.json'), join(folder, 'package.json'));
    for (const [path, text] of Object.entries(all)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await test(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const copied = [
  ...['openapi', 'conformance', 'reference-server', 'scripts/build'],
  ...['package.json', 'tsconfig.json'],
];

/** Copies the sources, with a link to this repository's packages, for a test to change. */
export const copyRepository = async (): Promise<{ root: string; remove: () => Promise<void> }> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'copy-')));
  for (const name of [...copied, '.prettierrc.json', '.editorconfig']) {
    await cp(join(repositoryRoot, name), join(root, name), { recursive: true });
  }
  await symlink(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
  return { root, remove: () => rm(root, { recursive: true }) };
};
