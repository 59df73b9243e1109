import { describe, expect, it } from 'vitest';
import { registerErrors } from './seeded-register-errors.ts';
import { descriptionErrors } from './seeded-errors.ts';
import { withContract } from './temporary-contract.ts';

describe('The gates of the contract', () => {
  it('find nothing in the committed contract.', () =>
    withContract(async ({ check }) => {
      const results = await check();
      expect(results.flatMap(({ problems }) => problems)).toEqual([]);
      expect(results.map(({ gate }) => gate)).toContain('generated files');
    }));

  for (const { title, plant, gate, file, what } of [...descriptionErrors, ...registerErrors]) {
    it(title, () =>
      withContract(async (contract) => {
        await plant(contract);
        const last = (await contract.check()).at(-1);
        expect(last?.gate).toMatch(gate);
        expect(last?.problems).toContainEqual(
          expect.objectContaining({ file, what: expect.stringMatching(what) as string }),
        );
        expect(last?.problems.every(({ next }) => next !== '')).toBe(true);
      }),
    );
  }
});
