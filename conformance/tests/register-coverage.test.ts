import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { readScope } from '../omissions.ts';
import { rules } from '../rules/index.ts';
import { embeddedOmissions } from '../targets/embedded-omissions.ts';

const register = readRegister();
const verified = new Set(rules.flatMap(({ verifies }) => [...verifies]));
const { omitted } = readScope(readContract(), register, embeddedOmissions);

describe('the rules and the register', () => {
  it('leave no requirement unaccounted for: verified, omitted by name, or unobservable', () => {
    const lost = register.filter(
      ({ id, unobservable }) => !verified.has(id) && !omitted.has(id) && unobservable === undefined,
    );
    expect(lost.map(({ id }) => id)).toEqual([]);
  });

  it('verify nothing that is unobservable', () => {
    const seen = register.filter(({ id, unobservable }) => unobservable && verified.has(id));
    expect(seen.map(({ id }) => id)).toEqual([]);
  });

  it('omit by name nothing that a rule verifies, so that the omissions shrink', () => {
    const named = embeddedOmissions.flatMap(({ requirements = [] }) => requirements);
    const stale = named.filter((name) =>
      register.some(({ id }) => verified.has(id) && (id === name || matchesArea(name, id))),
    );
    expect(stale).toEqual([]);
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

const matchesArea = (name: string, id: string): boolean =>
  name.endsWith('*') && id.startsWith(name.slice(0, -1));
