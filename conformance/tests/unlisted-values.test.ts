import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anUnlistedValue } from '../generators/values.ts';

const values = ['active', 'won', 'lost'];
const seeds = [1, 2, 3];

const drawn = (required: boolean): string[] =>
  seeds.flatMap((seed) => fc.sample(anUnlistedValue({ values, required }), { seed, numRuns: 500 }));

describe('a generated value outside an enumeration', () => {
  it('is never empty, blank or a tag where the field is optional', () => {
    expect(drawn(false).filter((text) => text.trim() === '' || text.includes('<'))).toEqual([]);
  });

  it('is sometimes empty and sometimes blank where the field is required', () => {
    expect(drawn(true)).toEqual(expect.arrayContaining(['', ' ']));
  });

  it.each([true, false])('is no spelling variant of a value (required: %s)', (required) => {
    const read = drawn(required).map((text) => text.trim().toLowerCase());
    expect(read.filter((text) => values.includes(text))).toEqual([]);
  });
});
