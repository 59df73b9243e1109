import { expect, it } from 'vitest';
import { keepCleared } from '../variants/result.ts';
import type { Variant } from '../variants/variant.ts';
import { cleared, soundRecords } from './sample-records.ts';

const { variants: found } = soundRecords;
const { id, kind, varies, legal, combines } = cleared;
const planned: Variant = {
  ...{ id, kind, varies, legal, combines, decisions: [] },
  make: { server: 'plain', variations: {} },
};
const keep = (record: Partial<typeof found>, variant: Partial<Variant> = {}) => {
  const plan = [{ ...planned, ...variant }];
  return [...keepCleared({ ...found, ...record }, plan, { seed: 1, runs: 2 }).results.keys()];
};

it('a cleared variant that has not changed is kept', () => {
  expect(keep({})).toEqual([id]);
});

it('all other variants are judged again', () => {
  expect(keep({ variants: [{ ...cleared, cleared: false }] })).toEqual([]);
  expect(keep({ variants: [] })).toEqual([]);
  const unnoticed = [{ decision: 'LG-CON-014', by: ['contacts/search'] }] as const;
  const overlooked = { ...cleared, kind: 'alternative', unnoticed } as const;
  expect(keep({ variants: [overlooked] }, { kind: 'alternative' })).toEqual([]);
  expect(keep({}, { combines: ['freedom/gzip'] })).toEqual([]);
  expect(keep({}, { varies: 'Something else.' })).toEqual([]);
  expect(keep({ seed: 2 })).toEqual([]);
  expect(keep({ runs: 3 })).toEqual([]);
});
