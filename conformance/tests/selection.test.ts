import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { rules } from '../rules/index.ts';
import { conclude } from '../runner/outcome.ts';
import { requestCounter } from '../commands/forecast.ts';
import { readOrder } from '../rules/order.ts';
import {
  catalogueOf,
  distribute,
  excuseAmbient,
  profiles,
  readSelection,
  readShard,
  type SelectionOptions,
} from '../runner/selection.ts';

const register = readRegister();
const catalogue = catalogueOf(rules, register, readContract());
const checks = rules.filter(({ kind }) => kind === 'check').map(({ id }) => id);
const ambient = rules.filter(({ kind }) => kind === 'ambient');

const everything: SelectionOptions = { only: [], skip: [], shard: undefined };

/** The check rules that are executed, and why others aren't. */
const select = (wish: Partial<SelectionOptions>) => {
  const leftOut = readSelection({ ...everything, ...wish }, catalogue);
  const judged = rules.filter((rule) => rule.kind === 'check' && leftOut(rule) === undefined);
  return { leftOut, judged: judged.map(({ id }) => id) };
};

const concerning = (operation: string): Set<string> =>
  new Set(
    register
      .filter(({ concerns }) => (concerns as readonly string[]).includes(operation))
      .map(({ id }) => id),
  );

describe('the selection of rules', () => {
  it('is every rule by default', () => {
    expect(select({}).judged).toEqual(checks);
  });

  it('selects a rule by its id, an area by its name, and several by wildcards', () => {
    expect(select({ only: ['flows/type-filter'] }).judged).toEqual(['flows/type-filter']);
    const ofFlows = checks.filter((id) => id.startsWith('flows/'));
    expect(select({ only: ['flows'] }).judged).toEqual(ofFlows);
    expect(select({ only: ['flows/*'] }).judged).toEqual(ofFlows);
    expect(select({ only: ['*'] }).judged).toEqual(checks);
  });

  it('selects the rules that verify a requirement', () => {
    const { judged } = select({ only: ['LG-FLO-001'] });
    const verifying = rules.filter(({ verifies }) => verifies.includes('LG-FLO-001'));
    expect(judged).toEqual(verifying.map(({ id }) => id));
    expect(select({ only: ['LG-FLO-*'] }).judged).toEqual(expect.arrayContaining(judged));
  });

  it('selects the rules that verify a requirement that names an operation', () => {
    const ids = concerning('deleteContact');
    const { judged } = select({ only: ['deleteContact'] });
    expect(judged).toContain('contacts/deletion');
    expect(judged.length).toBeLessThan(checks.length / 4);
    for (const rule of rules.filter(({ id }) => judged.includes(id))) {
      expect(rule.verifies.some((id) => ids.has(id))).toBe(true);
    }
  });

  it('skips rules whose requirements name only the skipped operations', () => {
    const ids = concerning('deleteContact');
    const { judged, leftOut } = select({ skip: ['deleteContact'] });
    const skipped = rules.filter(({ id }) => checks.includes(id) && !judged.includes(id));
    expect(skipped.length).toBeGreaterThan(0);
    for (const rule of skipped) {
      expect(rule.verifies.every((id) => ids.has(id))).toBe(true);
      expect(leftOut(rule)).toBe('Left out by --skip.');
    }
  });

  it('skips some of the selected rules', () => {
    const { judged } = select({ only: ['flows'], skip: ['flows/type-filter', 'LG-FLO-001'] });
    expect(judged).not.toContain('flows/type-filter');
    expect(judged).not.toContain('flows/own-flows');
    expect(judged).toContain('flows/many-stages');
  });

  it('leaves ambient rules out only by their own names', () => {
    const [first, ...others] = ambient;
    const leftOut = select({ only: ['flows'], skip: [first?.id ?? '', 'listFlows'] }).leftOut;
    expect(first && leftOut(first)).toBe('Left out by --skip.');
    expect(others.map(leftOut)).toEqual(others.map(() => undefined));
  });

  it.each([
    ['contcts', 'Did you mean contacts?'],
    ['flows/type-filtr', 'Did you mean flows/type-filter?'],
    ['lg-flo-001', 'Did you mean LG-FLO-001?'],
    ['createcontact', 'Did you mean createContact?'],
    ['xyzzy', 'no rule, area, requirement, operation or event has this name. `leadgrid'],
    ['', 'no rule, area, requirement, operation or event has this name.'],
  ])('refuses the unknown name %j, and guesses what was meant', (name, hint) => {
    expect(() => select({ only: [name] })).toThrow(hint);
    expect(() => select({ skip: [name] })).toThrow('--skip');
  });

  it('refuses a selection without check rules', () => {
    expect(() => select({ only: ['ambient'] })).toThrow('no rule that sends requests');
    expect(() => select({ only: ['flows'], skip: ['flows'] })).toThrow(
      'no rule that sends requests',
    );
  });
});

describe('a profile with a part of the rules', () => {
  const profile = { name: 'smoke' as const, ids: new Set(['flows/type-filter', 'notes/fields']) };

  it('leaves the other check rules out, with its name as the reason', () => {
    const { judged, leftOut } = select({ profile });
    expect([...judged].sort()).toEqual(['flows/type-filter', 'notes/fields']);
    const other = rules.find(({ id }) => id === 'flows/many-stages');
    expect(other && leftOut(other)).toBe('Not in --profile smoke.');
    expect(ambient.map(leftOut)).toEqual(ambient.map(() => undefined));
  });

  it('selects nothing where --only does: that names rules of any profile', () => {
    expect(select({ profile, only: ['flows'] }).judged).toEqual(select({ only: ['flows'] }).judged);
  });

  it('combines with --skip and shards', () => {
    expect(select({ profile, skip: ['notes'] }).judged).toEqual(['flows/type-filter']);
    const parts = [1, 2].map((number) => select({ profile, shard: { number, of: 2 } }).judged);
    expect(parts.flat().sort()).toEqual(['flows/type-filter', 'notes/fields']);
  });
});

describe('the profiles', () => {
  it('generate more cases the more thorough they are', () => {
    expect(profiles.smoke.runs).toBeLessThanOrEqual(profiles.quick.runs);
    expect(profiles.quick.runs).toBeLessThan(profiles.standard.runs);
    expect(profiles.standard.runs).toBeLessThan(profiles.thorough.runs);
  });
});

describe('the shards of a run', () => {
  it.each([1, 2, 3, 7])('are %d parts with every rule once', (of) => {
    const parts = Array.from({ length: of }, (_, index) => {
      return select({ shard: { number: index + 1, of } }).judged;
    });
    expect(parts.flat().sort()).toEqual([...checks].sort());
    const sizes = parts.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it.each([2, 3, 8])('are %d parts with about as many requests', (of) => {
    const requestsOf = requestCounter(readOrder(), profiles.standard.runs);
    const parts = distribute(rules, of, requestsOf);
    const loads = Array.from({ length: of }, (_, index) =>
      checks
        .filter((id) => parts.get(id) === index + 1)
        .reduce((total, id) => total + requestsOf(id), 0),
    );
    expect(Math.max(...loads) / Math.min(...loads)).toBeLessThan(1.05);
    expect([...distribute(rules, of, requestsOf)]).toEqual([...parts]);
  });

  it('begin with the greatest rules, each where the fewest requests are', () => {
    const sizes = new Map([...checks.slice(0, 5)].map((id, index) => [id, [3, 5, 9, 4, 1][index]]));
    const some = rules.filter(({ id }) => sizes.has(id));
    const parts = distribute(some, 2, (id) => sizes.get(id) ?? 0);
    expect(checks.slice(0, 5).map((id) => parts.get(id))).toEqual([1, 2, 1, 2, 2]);
  });

  it('have every rule of a selection once, too', () => {
    const parts = [1, 2].map((number) => select({ only: ['flows'], shard: { number, of: 2 } }));
    const both = parts.flatMap(({ judged }) => judged).sort();
    expect(both).toEqual([...select({ only: ['flows'] }).judged].sort());
  });

  it('are named by their number and the number of shards', () => {
    expect(readShard('2/3')).toEqual({ number: 2, of: 3 });
    for (const text of ['0/3', '4/3', '1', '1/0', 'a/b', '1/3/5', '-1/3']) {
      expect(() => readShard(text)).toThrow(`--shard ${text} is invalid`);
    }
  });
});

describe('an ambient rule with nothing to inspect', () => {
  const [rule] = ambient;
  if (!rule) throw new Error('There is no ambient rule.');
  const unseen = conclude(rule, { outcome: 'not-verified', reason: 'Nothing of the kind.' });

  it('is a gap in a whole run, but not in a part', () => {
    const profile = { name: 'smoke' as const, ids: new Set<string>() };
    expect(excuseAmbient([unseen], { profile }, rules)[0]).toMatchObject({
      outcome: 'omitted',
      reason: 'Not in --profile smoke: nothing in its rules concerns it.',
    });
    const judge = (partial: boolean, shard?: { number: number; of: number }, readOnly = false) =>
      excuseAmbient([unseen], { partial, shard, readOnly }, rules)[0]?.outcome;
    expect(judge(false)).toBe('not-verified');
    expect(judge(true)).toBe('omitted');
    expect(judge(false, { number: 1, of: 2 })).toBe('omitted');
    expect(judge(false, undefined, true)).toBe('omitted');
  });
});
