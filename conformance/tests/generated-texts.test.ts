import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aText, awkwardTexts, oddTexts } from '../generators/values.ts';

/** Characters that a server may remove or refuse (LG-GEN-055). */
const odd = /[<>]|&#?\w+;|\p{C}|\p{So}|\p{Variation_Selector}/u;

const drawn = [1, 2, 3].flatMap((seed) => fc.sample(aText(), { seed, numRuns: 1_000 }));

describe('a generated text that a server must store unchanged', () => {
  it('has no markup, symbols, control characters or invisible characters', () => {
    expect([...awkwardTexts, ...drawn].filter((text) => odd.test(text))).toEqual([]);
  });

  it('is never empty and has no white space at its ends', () => {
    expect(drawn.filter((text) => text === '' || text !== text.trim())).toEqual([]);
  });

  it.each([
    ['letters of four bytes', /[\u{10000}-\u{10ffff}]/u],
    ['letters from right to left', /\p{Script=Arabic}/u],
    ['combining marks', /\p{M}/u],
    ['apostrophes, ampersands and plus signs', /O'Brien.*&.*\+/],
    ['quotes and backslashes', /\\ "/],
  ])('has %s', (_, sign) => {
    expect(drawn.some((text) => sign.test(text))).toBe(true);
  });
});

describe('a text that a server may refuse', () => {
  it.each(Object.entries(oddTexts))(
    'is not generated where a server must store it: %s',
    (_, text) => {
      expect(awkwardTexts).not.toContain(text);
    },
  );
});
