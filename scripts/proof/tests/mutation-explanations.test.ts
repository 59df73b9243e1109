import { describe, expect, it } from 'vitest';
import { explainSurvivors, type Explanation, type Survivor } from '../mutation/explanations.ts';

const survivor: Survivor = {
  file: 'reference-server/links/handlers.ts',
  line: 'if (primary && primary.id !== id) {',
  mutator: 'ConditionalExpression',
  original: 'primary.id !== id',
  replacement: 'true',
};
const explanation = (
  pattern: Explanation['mutants'][number],
  file = survivor.file,
): Explanation => ({
  file,
  reason: 'Nobody can look into a transaction.',
  mutants: [pattern],
});
const reasonsFor = (given: Survivor, ...explanations: Explanation[]): string[] =>
  explainSurvivors([given], explanations).explained.map(({ reason }) => reason);

describe('An explanation of survivors', () => {
  it('fits a mutant when the file and all given fields fit', () => {
    const { line, mutator, original, replacement } = survivor;
    const whole = explanation({ line, mutator, original, replacement });
    expect(reasonsFor(survivor, whole)).toEqual(['Nobody can look into a transaction.']);
  });

  it.each(['line', 'mutator', 'original', 'replacement', 'file'] as const)(
    'does not fit a mutant with another %s',
    (field) => {
      const { line, mutator, original, replacement } = survivor;
      const whole = explanation({ line, mutator, original, replacement });
      expect(reasonsFor({ ...survivor, [field]: 'something else' }, whole)).toEqual([]);
    },
  );

  it('fits any text at an ellipsis, and every other character literally', () => {
    const { mutator } = survivor;
    const fits = (line: string): boolean =>
      reasonsFor(survivor, explanation({ line, mutator }, 'reference-server/…')).length > 0;
    expect(fits('if (primary && …')).toBe(true);
    expect(fits('if (primary && ')).toBe(false);
    expect(fits('primary && …')).toBe(false);
    expect(fits('if (primary .. primary.id !== id) {')).toBe(false);
    expect(fits('… primary.id !== id) {…')).toBe(true);
  });

  it('ignores line breaks in code of several lines', () => {
    const broken = { ...survivor, original: 'a &&\n    b' };
    expect(reasonsFor(broken, explanation({ original: 'a && b' }))).toHaveLength(1);
  });

  it('leaves a mutant unexplained that no pattern fits', () => {
    const other = { ...survivor, replacement: 'false' };
    const some = [explanation({ replacement: 'true' })];
    const { explained, unexplained, unused } = explainSurvivors([survivor, other], some);
    expect(explained.map((one) => one.survivor)).toEqual([survivor]);
    expect(unexplained).toEqual([other]);
    expect(unused).toEqual([]);
  });

  it('is unused when one of its patterns fits no survivor', () => {
    const two: Explanation = {
      ...explanation({ replacement: 'true' }),
      mutants: [{ replacement: 'true' }, { replacement: '[]' }],
    };
    const { file } = survivor;
    expect(explainSurvivors([survivor], [two]).unused).toEqual([
      { file, pattern: { replacement: '[]' } },
    ]);
  });
});
