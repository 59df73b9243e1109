import { describe, expect, it } from 'vitest';
import { findLacks, makeSummary, type Records } from '../table/summary.ts';
import { caught, cleanRun, cleared, perfect, register, soundRecords } from './sample-records.ts';

/** One statement, which the faulty server of the records breaks. */
const [statement, other] = register;
const broken = statement ? [statement] : [];

const lacksWith = (flaw: Partial<Records> = {}, statements = broken): string[] =>
  findLacks(makeSummary(statements, { ...soundRecords, ...flaw }));

const { 'faulty-servers': faultyServers, mutation, variants, flakiness, peers } = soundRecords;
const [unloaded, loaded] = [flakiness.unloaded.slice(1), flakiness.loaded.slice(1)];

describe('The proof', () => {
  it('holds when everything was caught, nothing was accused, and all was judged', () => {
    expect(lacksWith()).toEqual([]);
  });

  it.each<[string, Partial<Records>]>([
    [
      'a faulty server that was not caught',
      { 'faulty-servers': { ...faultyServers, faults: [{ ...caught, catches: [null] }] } },
    ],
    [
      'a rule that failed on the unmodified server',
      {
        'faulty-servers': {
          ...faultyServers,
          unfit: [{ rule: 'contacts/one', seed: 1, reason: 'It failed.' }],
        },
      },
    ],
    ['an unexplained mutant', { mutation: { ...mutation, total: { ...perfect, unexplained: 1 } } }],
    [
      'a mutant that was not judged',
      { mutation: { ...mutation, total: { ...perfect, notJudged: 1 } } },
    ],
    [
      'a mutant that was judged by some of the rules',
      { mutation: { ...mutation, total: { ...perfect, partial: 1 } } },
    ],
    ['an area that was never mutated', { mutation: { ...mutation, missing: ['flows'] } }],
    [
      'a lawful variant that was not cleared',
      { variants: { ...variants, variants: [{ ...cleared, cleared: false }] } },
    ],
    [
      'an alternative that no rule noticed, for an unknown reason',
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
      'a fault that this suite missed among the peers',
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
      'a run in which a rule did not pass',
      {
        flakiness: {
          ...flakiness,
          unloaded: [...unloaded, { ...cleanRun, notPassed: ['x failed'] }],
        },
      },
    ],
    ['too few runs', { flakiness: { ...flakiness, unloaded } }],
    ['too few runs under load', { flakiness: { ...flakiness, loaded } }],
    ['a peer that was never run', { peers: { ...peers, peers: peers.peers.slice(1) } }],
  ])('does not hold with %s', (_, flaw) => {
    expect(lacksWith(flaw)).toHaveLength(1);
  });

  it('does not hold with a statement that no server breaks', () => {
    expect(lacksWith({}, other && [...broken, other])).toHaveLength(1);
  });

  it('holds with a peer that is not available', () => {
    const unavailable = peers.peers.map(({ id }) => ({ id, unavailable: 'No network.' }));
    expect(lacksWith({ peers: { ...peers, peers: unavailable } })).toEqual([]);
  });

  it('says what kept a variant from being cleared', () => {
    const unverified = (['SHOULD', 'MUST'] as const).map((level) => ({
      ...{ rule: `rule/${level.toLowerCase()}`, level, reason: 'It had no way.' },
    }));
    const flaws = {
      accusations: [{ rule: 'rule/a', verifies: [], expected: 'this', actual: 'that' }],
      errors: [{ rule: 'rule/e', reason: 'It broke.' }],
    };
    const one = { ...cleared, cleared: false, ...flaws, unverified };
    const idle = { ...cleared, id: 'random/2', cleared: false };
    const [sentence] = lacksWith({ variants: { ...variants, variants: [one, idle] } });
    const reasons = 'rule/a failed; rule/e broke down; rule/must verified nothing';
    expect(sentence).toContain(`random/1 (${reasons}); random/2 (no rule passed).`);
  });

  it('names the runs in which not every rule passed, with exit code and rules', () => {
    const broken = { ...cleanRun, seed: 5, exitCode: 4 };
    const ended = { ...cleanRun, seed: 6, exitCode: null };
    const accusing = { ...cleanRun, seed: 7, exitCode: 1, notPassed: ['a failed', 'b failed'] };
    const runs = [broken, ended, accusing, ...flakiness.unloaded];
    const [sentence] = lacksWith({ flakiness: { ...flakiness, unloaded: runs } });
    expect(sentence).toContain('seed 5 (exit code 4); seed 6 (no exit code); ');
    expect(sentence).toContain('seed 7 (exit code 1, a failed, b failed).');
  });

  it('names only the first of many', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({
      ...{ ...cleared, id: `random/${index}`, cleared: false },
    }));
    const [sentence] = lacksWith({ variants: { ...variants, variants: many } });
    expect(sentence).toMatch(/random\/4 \(no rule passed\); and 2 more\.$/);
  });
});
