import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRegister } from '../../openapi/register.ts';
import { rulesIndex } from '../../scripts/contract/rules-index.ts';
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
    '%s verifies only requirements of its level',
    (_, { level, verifies }) => {
      const levels = register.filter(({ id }) => verifies.includes(id)).map((one) => one.level);
      expect(new Set(levels)).toEqual(new Set([level]));
      expect(levels).toHaveLength(new Set(verifies).size);
    },
  );

  it('are all in the index, each once, and each id is in the file that defines it', () => {
    const { path, text } = rulesIndex();
    const root = new URL('../../', import.meta.url);
    expect(readFileSync(new URL(path, root), 'utf8'), 'run `npm run generate`').toBe(text);
    const folder = new URL('conformance/rules/', root);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file.includes('/'))
      .map((file) => readFileSync(new URL(file, folder), 'utf8'));
    for (const { id } of rules) {
      expect(sources.filter((source) => source.includes(`id: '${id}'`))).toHaveLength(1);
    }
  });
});
