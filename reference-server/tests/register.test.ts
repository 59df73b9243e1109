import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRegister } from '../../openapi/register.ts';

/** The titles of all tests of the server. */
const titles = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .flatMap((name) => [
    ...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(
      /\bit(?:\.each\([^]*?\))?\(\s*(['"`])([^]*?)\1,/g,
    ),
  ])
  .map(([, , title = '']) => title);

const proven = new Set(titles.flatMap((title) => title.match(/LG-[A-Z]+-\d{3}/g) ?? []));
const register = readRegister();

it('has a test of this server that names each requirement in its title', () => {
  const observable = register.filter(({ unobservable }) => unobservable === undefined);
  const missing = observable.map(({ id }) => id).filter((id) => !proven.has(id));
  expect(missing).toEqual([]);
});

it('names requirements that the register has', () => {
  const known = new Set<string>(register.map(({ id }) => id));
  expect([...proven].filter((id) => !known.has(id))).toEqual([]);
});
