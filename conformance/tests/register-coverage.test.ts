import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRegister } from '../../openapi/register.ts';
import { rules } from '../rules/index.ts';

const register = readRegister();
const verified = new Set(rules.flatMap(({ verifies }) => [...verifies]));

describe('the rules and the register', () => {
  it('leave no requirement unaccounted for: each is verified, or unobservable', () => {
    const lost = register.filter(
      ({ id, unobservable }) => !verified.has(id) && unobservable === undefined,
    );
    expect(lost.map(({ id }) => id)).toEqual([]);
  });

  it('verify nothing that is unobservable', () => {
    const seen = register.filter(({ id, unobservable }) => unobservable && verified.has(id));
    expect(seen.map(({ id }) => id)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s verifies requirements of its own level only',
    (_, { level, verifies }) => {
      const levels = register.filter(({ id }) => verifies.includes(id)).map((one) => one.level);
      expect(new Set(levels)).toEqual(new Set([level]));
      expect(levels).toHaveLength(new Set(verifies).size);
    },
  );

  it('stand in the index file by file, under their own names', () => {
    const folder = new URL('../rules/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('index.ts'))
      .map((file) => file.replace(/\.ts$/, '').replaceAll('\\', '/'));
    expect(rules.map(({ id }) => id).sort()).toEqual(files.sort());
  });
});
