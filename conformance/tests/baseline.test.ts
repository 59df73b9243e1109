import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { conclude, markKnown, mendedOf, type Outcome, readBaseline } from '../runner/outcome.ts';

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
    return readBaseline(file, rules);
  };

  it('maps rules to the reasons why they may fail', () => {
    const known = read('{"flows/type-filter": "Until the next release."}');
    expect([...known]).toEqual([['flows/type-filter', 'Until the next release.']]);
    expect([...read('{}')]).toEqual([]);
  });

  it.each([
    ['that is no JSON', '{', "can't be read"],
    ['that is no object', '["flows/type-filter"]', "isn't a JSON object"],
    ['that is nothing', 'null', "isn't a JSON object"],
    ['of an unknown rule', '{"flows/typ-filter": "x"}', 'Did you mean flows/type-filter?'],
    ['without a reason', '{"flows/type-filter": " "}', 'gives no reason for flows/type-filter'],
    ['with something else', '{"flows/type-filter": true}', 'gives no reason'],
  ])('is refused when it is one %s', (_, text, line) => {
    expect(() => read(text)).toThrow(line);
  });

  it('is refused when there is none', () => {
    expect(() => readBaseline(join(folder, 'nothing.json'), rules)).toThrow("can't be read");
  });

  it('marks the outcomes that it lists, and finds those that pass again', () => {
    const [failing, passing, other] = rules;
    if (!failing || !passing || !other) throw new Error('There are too few rules.');
    const outcomes: Outcome[] = [
      conclude(failing, { outcome: 'failed' }),
      conclude(passing, { outcome: 'passed' }),
      conclude(other, { outcome: 'passed' }),
    ];
    const baseline = new Map([failing, passing].map(({ id }) => [id, 'Known.']));
    const marked = outcomes.map((outcome) => markKnown(outcome, baseline));
    expect(marked.map(({ known }) => known)).toEqual(['Known.', 'Known.', undefined]);
    expect(mendedOf(marked)).toEqual([passing.id]);
  });
});
