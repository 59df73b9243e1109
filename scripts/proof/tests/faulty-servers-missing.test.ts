import { describe, expect, it } from 'vitest';
import { faultyServer } from '../faulty-servers/faulty-server.ts';
import { type FaultyServersResult, keepCaught, mergeResults } from '../faulty-servers/result.ts';
import { caught } from './sample-records.ts';

const named = (id: string, does = 'loses one') => faultyServer(id, 'LG-CON-001', does, () => ({}));
const faults = ['contacts/first', 'contacts/lost', 'contacts/new'].map((id) => named(id));
const sampling = { seeds: [1], runs: 8 };
const recorded: FaultyServersResult = {
  ...{ commits: ['a'], unfit: [], ...sampling },
  faults: [
    { ...caught, fault: 'contacts/first', catches: [null] },
    caught,
    { ...caught, fault: 'contacts/gone' },
  ],
};

describe('Only the missing faulty servers', () => {
  it('are judged: those that are new, have changed, or were not caught before', () => {
    const kept = (found = recorded, now = faults, by = sampling) =>
      keepCaught(found, now, by).faults.map((one) => one.fault);
    expect(kept()).toEqual(['contacts/lost']);
    expect(kept(recorded, [named('contacts/lost', 'loses two')])).toEqual([]);
    expect(kept(recorded, faults, { seeds: [1, 2], runs: 8 })).toEqual([]);
  });

  it('are added to the record, in the order of the sources and with both states', () => {
    const fresh = { ...recorded, commits: ['b'], faults: [{ ...caught, fault: 'contacts/first' }] };
    const merged = mergeResults(keepCaught(recorded, faults, sampling), fresh, faults);
    expect(merged.commits).toEqual(['a', 'b']);
    expect(merged.faults.map((one) => one.fault)).toEqual(['contacts/first', 'contacts/lost']);
  });
});
