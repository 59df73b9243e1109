import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GeneratedFile } from './generate.ts';
import type { Problem } from './problem.ts';

const next = 'run `npm run generate` and commit what it writes';

/** The committed generated files are what the contract's files give today, no more and no less. */
export const checkDrift = async (
  folder: string,
  files: readonly GeneratedFile[],
): Promise<Problem[]> => {
  const compared = await Promise.all(files.map((file) => compare(folder, file)));
  const expected = new Set(files.map(({ path }) => path));
  const present = await readdir(join(folder, 'generated')).catch(() => []);
  const strangers = present
    .map((name) => `generated/${name}`)
    .filter((path) => !expected.has(path))
    .map((path) => problem(path, 'Nothing generates this file.', 'delete it'));
  return [...compared.flat(), ...strangers];
};

const compare = async (folder: string, { path, text }: GeneratedFile): Promise<Problem[]> => {
  const committed = await readFile(join(folder, path), 'utf8').catch(() => undefined);
  if (committed === undefined) return [problem(path, 'This generated file is missing.', next)];
  if (committed === text) return [];
  const line = firstDifference(committed, text);
  return [{ ...problem(path, 'This generated file is out of date.', next), where: String(line) }];
};

const firstDifference = (one: string, other: string): number => {
  const lines = other.split('\n');
  const index = one.split('\n').findIndex((line, at) => line !== lines[at]);
  return (index === -1 ? lines.length : index) + 1;
};

const problem = (file: string, what: string, step: string): Problem => ({
  file,
  where: '',
  what,
  next: step,
});
