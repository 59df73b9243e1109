import { describe, expect, it } from 'vitest';
import { peerIds } from '../peers/peer.ts';
import { countAll, type MatrixRow, type Records } from '../table/figures.ts';
import { type CurrentIds, findLacks, findOutdated } from '../table/summary.ts';
import { cleared, killed, perfect, present, row, soundRecords, steady } from './sound-records.ts';

const lacksWith = (flaw: Partial<Records> = {}, matrix: MatrixRow[] = [row]): string[] => {
  const records = { ...soundRecords, ...flaw };
  return findLacks(countAll(matrix, records), records);
};

const { fleet, mutation, variants, steadiness, peers } = soundRecords;
const [plain, burdened] = [steadiness.plain.slice(1), steadiness.burdened.slice(1)];

describe('The proof', () => {
  it('holds when nothing got away, nothing was accused, and all was looked at', () => {
    expect(lacksWith()).toEqual([]);
  });

  it.each<[string, Partial<Records>]>([
    [
      'a faulty server that got away',
      { fleet: { ...fleet, faults: [{ ...killed, kills: [null] }] } },
    ],
    [
      'a rule that failed the honest server',
      { fleet: { ...fleet, unfit: [{ rule: 'contacts/one', seed: 1, reason: 'It said so.' }] } },
    ],
    [
      'a mutant that nobody explains',
      { mutation: { ...mutation, total: { ...perfect, unexplained: 1 } } },
    ],
    [
      'a mutant that was not judged',
      { mutation: { ...mutation, total: { ...perfect, notJudged: 1 } } },
    ],
    [
      'a mutant that was judged in part',
      { mutation: { ...mutation, total: { ...perfect, inPart: 1 } } },
    ],
    ['an area that was never mutated', { mutation: { ...mutation, areas: {} } }],
    [
      'a lawful variant that was not cleared',
      { variants: { ...variants, variants: [{ ...cleared, cleared: false }] } },
    ],
    [
      'an alternative that no rule noticed, for a reason that nobody knows',
      {
        variants: {
          ...variants,
          variants: [
            { ...cleared, kind: 'alternative', unnoticed: [{ decision: 'LG-CON-001', by: [] }] },
          ],
        },
      },
    ],
    [
      'our own suite, where it missed a fault that it was shown with the peers',
      {
        peers: {
          ...peers,
          peers: peers.peers.map((peer) =>
            peer.id === 'suite'
              ? { ...peer, shown: [{ fault: 'contacts/lost', requests: 1, milliseconds: 1 }] }
              : peer,
          ),
        },
      },
    ],
    [
      'a run that saw a decision taken otherwise',
      { steadiness: { ...steadiness, plain: [...plain, { ...steady, unsteady: ['x failed'] }] } },
    ],
    ['too few runs', { steadiness: { ...steadiness, plain } }],
    ['too few runs under load', { steadiness: { ...steadiness, burdened } }],
    ['a peer that was never run', { peers: { ...peers, peers: peers.peers.slice(1) } }],
  ])('does not hold with %s', (_, flaw) => {
    expect(lacksWith(flaw)).not.toEqual([]);
  });

  it('does not hold with a statement that no server breaks', () => {
    expect(lacksWith({}, [row, { ...row, faults: [] }])).toHaveLength(1);
  });

  it('is outdated where faulty servers or variants have changed since', () => {
    const outdated = (now: CurrentIds) => findOutdated(soundRecords, now);
    expect(outdated(present)).toEqual([]);
    const more = { faults: [...present.faults, 'contacts/new'], variants: present.variants };
    // The peers don't know the new one either.
    expect(outdated(more)).toHaveLength(1 + peerIds.length);
    expect(outdated(more)[0]).toMatch(/^Of the faulty servers, 1 are new and 0 are gone: .*fleet/);
    expect(outdated({ ...present, variants: [] })).toHaveLength(1);
    expect(outdated({ ...present, faults: [] })).toHaveLength(1 + peerIds.length);
  });

  it('holds with a peer that could not be had', () => {
    const unavailable = peers.peers.map(({ id }) => ({ id, unavailable: 'No network.' }));
    expect(lacksWith({ peers: { ...peers, peers: unavailable } })).toEqual([]);
  });
});
