import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockSize, Sequence, Union } from '../state/sequence.ts';

describe('A sequence', () => {
  it('is in the order of insertion, however its slots come and go', () => {
    const order = fc.integer({ min: 0, max: 5000 });
    const orders = fc.uniqueArray(order, { minLength: 2 * blockSize, maxLength: 4 * blockSize });
    fc.assert(
      fc.property(orders, fc.array(order), order, fc.nat(3), (added, removed, skip, share) => {
        const parts = [new Sequence<number>(), new Sequence<number>(), new Sequence<number>()];
        const slots = new Map(added.map((one) => [one, { order: one, row: one }]));
        const partOf = (one: number) => parts[one % (share === 0 ? 1 : 3)] as Sequence<number>;
        for (const slot of slots.values()) {
          partOf(slot.order).add(slot);
          partOf(slot.order).at(0);
        }
        for (const one of removed) {
          const slot = slots.get(one);
          if (slot && slots.delete(one)) partOf(one).remove(slot);
          partOf(one).at(-1);
        }
        const left = [...slots.keys()].sort((a, b) => a - b);
        for (const [index, part] of parts.entries()) {
          const own = left.filter((one) => partOf(one) === part);
          expect([...part], `part ${index}`).toEqual(own);
          expect(own.map((_, at) => part.at(at))).toEqual(own);
          expect([part.length, part.at(-1), part.at(own.length)]).toEqual([
            ...[own.length, own.at(-1), undefined],
          ]);
          expect(part.newest(skip, 700)).toEqual(own.toReversed().slice(skip, skip + 700));
        }
        const whole = new Union(parts);
        expect(whole.length).toBe(left.length);
        expect(whole.newest(skip, 700)).toEqual(left.toReversed().slice(skip, skip + 700));
      }),
      { numRuns: 40 },
    );
  });
});
