import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRegister, type RequirementId } from '../../openapi/register.ts';
import { type Baseline, markKnown, mendedOf, readBaseline } from '../report/baseline.ts';
import type { RequirementState } from '../report/verdict.ts';
import { rules } from '../rules/index.ts';
import { conclude, type Outcome } from '../runner/outcome.ts';

const suite = { rules, register: readRegister() };
/** The last minute of a day in UTC. */
const now = Date.parse('2026-12-01T23:59:00Z');

describe('a baseline of known failures', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'baseline-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const read = (text: string) => {
    const file = join(folder, 'baseline.json');
    writeFileSync(file, text);
    return readBaseline(file, suite, now);
  };

  it('maps rules to the reasons why they may fail', () => {
    const { known } = read('{"flows/type-filter": "Until the next release.", "LG-CON-001": "No."}');
    expect([...known]).toEqual([
      ['flows/type-filter', 'Until the next release.'],
      ['LG-CON-001', 'No.'],
    ]);
    expect(read('{}')).toEqual({ known: new Map(), expired: [] });
  });

  it('counts an entry until its day has ended in UTC', () => {
    const until = (day: string) =>
      read(`{"LG-CON-001": {"reason": "Ticket 1.", "until": "${day}"}}`);
    expect([...until('2026-12-01').known]).toEqual([['LG-CON-001', 'Ticket 1.']]);
    expect(until('2026-11-30')).toEqual({
      known: new Map(),
      expired: [{ id: 'LG-CON-001', reason: 'Ticket 1.', until: '2026-11-30' }],
    });
    expect([...read('{"LG-CON-001": {"reason": "Ticket 1."}}').known]).toHaveLength(1);
  });

  it.each([
    ['that is no JSON', '{', "can't be read"],
    ['that is no object', '["flows/type-filter"]', "isn't a JSON object"],
    ['that is nothing', 'null', "isn't a JSON object"],
    ['of an unknown rule', '{"flows/typ-filter": "x"}', 'Did you mean flows/type-filter?'],
    ['without a reason', '{"flows/type-filter": " "}', 'gives no reason for flows/type-filter'],
    ['with something else', '{"flows/type-filter": true}', 'gives no reason'],
    ['with a day alone', '{"LG-CON-001": {"until": "2026-12-31"}}', 'gives no reason'],
    ['of an unknown requirement', '{"LG-CON-999": "x"}', 'no rule or requirement has this id'],
    ['with an unknown field', '{"LG-CON-001": {"reason": "x", "till": "y"}}', 'has till for'],
    ['until no day', '{"LG-CON-001": {"reason": "x", "until": "2027-02-31"}}', 'is no day'],
    ['until a moment', '{"LG-CON-001": {"reason": "x", "until": "2027-01-01T00:00Z"}}', 'no day'],
    ['until a number', '{"LG-CON-001": {"reason": "x", "until": 2027}}', 'until 2027 for'],
  ])('is refused when it is one %s', (_, text, line) => {
    expect(() => read(text)).toThrow(line);
  });

  it('is refused when there is none', () => {
    expect(() => readBaseline(join(folder, 'nothing.json'), suite, now)).toThrow("can't be read");
  });

  const outcomeOf = (id: string, outcome: Outcome['outcome']): Outcome => {
    const rule = rules.find((one) => one.id === id);
    if (!rule) throw new Error(`There is no rule ${id}.`);
    return conclude(rule, { outcome });
  };
  const listing = (...ids: string[]): Baseline => ({
    known: new Map(ids.map((id) => [id, `${id} is known.`])),
    expired: [],
  });
  const accusing =
    (...ids: RequirementId[]) =>
    () =>
      ids;

  it('marks the outcomes of the rules that it lists, whatever they are', () => {
    for (const ending of ['failed', 'passed', 'error'] as const) {
      const one = outcomeOf('flows/type-filter', ending);
      const marked = markKnown(one, listing('flows/type-filter'), accusing());
      expect(marked.known).toBe('flows/type-filter is known.');
      expect(markKnown(one, listing('contacts/city'), accusing()).known).toBeUndefined();
    }
  });

  it('marks a failure if it lists every requirement that the failure is about', () => {
    const failed = outcomeOf('flows/type-filter', 'failed');
    const knownFor = (baseline: Baseline, ...ids: RequirementId[]) =>
      markKnown(failed, baseline, accusing(...ids)).known;
    const both = ['LG-FLO-001', 'LG-FLO-002'] as const;
    expect(knownFor(listing(...both), ...both)).toBe('LG-FLO-001 is known. LG-FLO-002 is known.');
    expect(knownFor(listing('LG-FLO-001'), 'LG-FLO-001')).toBe('LG-FLO-001 is known.');
    expect(knownFor(listing('LG-FLO-001'), ...both)).toBeUndefined();
    expect(knownFor(listing('LG-FLO-001'))).toBeUndefined();
    const passed = outcomeOf('flows/type-filter', 'passed');
    expect(markKnown(passed, listing(...both), accusing(...both)).known).toBeUndefined();
  });

  it('finds what it lists although it fails no more', () => {
    const outcomes = [
      outcomeOf('flows/type-filter', 'passed'),
      outcomeOf('contacts/city', 'failed'),
      outcomeOf('contacts/company', 'passed'),
    ];
    const states = Object.entries({
      'LG-CON-001': 'verified',
      'LG-CON-002': 'failed',
      'LG-CON-003': 'not-verified',
      'LG-CON-004': 'omitted',
      'LG-CON-005': 'verified',
    }) as [RequirementId, RequirementState][];
    const requirements = states.map(([id, state]) => ({ id, state }));
    const listed = states.map(([id]) => id).slice(0, 4);
    const baseline = listing('flows/type-filter', 'contacts/city', ...listed);
    expect(mendedOf(outcomes, requirements, baseline)).toEqual(['flows/type-filter', 'LG-CON-001']);
  });
});
