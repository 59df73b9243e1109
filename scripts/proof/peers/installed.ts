import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The version of a package that this repository depends on. */
export const versionOf = (name: string): string => {
  const text = readFileSync(require.resolve(`${name}/package.json`), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

/** Where a file of such a package is. */
export const pathIn = (name: string, file: string): string => require.resolve(`${name}/${file}`);
