import type { Requirement } from '../../../openapi/register.ts';
import type { FaultyServerResult } from '../faulty-servers/result.ts';
import type { SuiteRun } from '../flakiness/run.ts';
import { areas, mutationRun } from '../mutation/config.ts';
import { score } from '../mutation/report.ts';
import type { MutantResult } from '../mutation/results.ts';
import { peerIds } from '../peers/peer.ts';
import type { Records } from '../table/summary.ts';
import type { VariantResult } from '../variants/result.ts';

const circumstances = { measuredAt: '2026-01-01T00:00Z', commit: 'a', node: 'v20', cores: 2 };
const byContactsOne = { rule: 'contacts/one', expected: 'this', actual: 'that' };
export const caught: FaultyServerResult = {
  ...{ fault: 'contacts/lost', breaks: 'LG-CON-001', does: 'loses one' },
  ...{ catches: [byContactsOne], requests: 1, milliseconds: 1 },
};
export const cleanRun: SuiteRun = {
  ...{ seed: 1, exitCode: 0, notPassed: [], exchanges: 1, seconds: 1 },
};
export const perfect = score([], 0);
const foundBy = (test: string): Pick<MutantResult, 'status' | 'killedBy'> => ({
  status: 'Killed',
  killedBy: [test],
});
const [byRule, crashed] = [foundBy('contacts/one'), foundBy('server/starts')];
/** Of ten mutants: five caught, two crashed, one timed out, and two survivors, one explained. */
export const imperfect = score(
  [
    ...[byRule, byRule, byRule, byRule, byRule, crashed, crashed],
    ...([{ status: 'Timeout' }, { status: 'NoCoverage' }, { status: 'Survived' }] as const),
  ],
  1,
);
const missed = { fault: 'contacts/lost', requests: 1, milliseconds: 1 };
const detected = { ...missed, finding: 'contacts/one: this | that' };
export const cleared: VariantResult = {
  kind: 'combination',
  ...{ id: 'random/1', varies: 'All.', legal: 'It is.', combines: [] },
  server: 'plain',
  ...{ cleared: true, accusations: [], errors: [], unverified: [] },
  ...{ deviations: [], unexpected: [], unnoticed: [], rules: 1, requests: 1, seconds: 1 },
};
/** Complete records of one faulty server and one variant. */
export const soundRecords: Records = {
  'faulty-servers': {
    ...{ circumstances, commits: ['a'], seeds: [1], runs: 8, unfit: [], faults: [caught] },
  },
  mutation: {
    ...{ circumstances, settings: mutationRun, total: perfect },
    areas: Object.fromEntries(Object.keys(areas).map((area) => [area, perfect])),
    ...{ missing: [], excluded: {}, survivors: [], unused: [] },
  },
  variants: {
    circumstances,
    commits: ['abc1234'],
    seed: 1,
    runs: 2,
    variants: [cleared],
    untested: [],
  },
  flakiness: {
    ...{ circumstances, commits: ['abc1234'], profile: 'standard', concurrency: 2 },
    unloaded: Array.from({ length: 100 }, () => cleanRun),
    loaded: Array.from({ length: 20 }, () => cleanRun),
    load: { threads: 2, latency: 50, jitter: 25 },
  },
  peers: {
    circumstances,
    peers: peerIds.map((id) => ({
      ...{ id, name: id, version: '1', given: 'all', runs: 8, commits: ['abc1234'] },
      shown: [id === 'suite' ? detected : missed],
      baseline: { rounds: 1, findings: [], requests: 1, milliseconds: 1 },
    })),
  },
};
const entry = (id: Requirement['id'], more: Partial<Requirement> = {}): Requirement => ({
  ...{ id, area: 'CON', level: 'MUST', source: 'Contacts', statement: 'This is stated.' },
  since: '0.1.0',
  concerns: ['getContact'],
  ...more,
});
/**
 * Requirements of each kind: two that a client can observe, of which a faulty server breaks the
 * first.
 */
export const register: readonly Requirement[] = [
  entry('LG-CON-001'),
  entry('LG-CON-002'),
  entry('LG-CON-003', { unobservable: 'Nobody sees it.' }),
  entry('LG-CON-004', { level: 'SHOULD' }),
  entry('LG-CON-005', { level: 'SHOULD', unobservable: 'Nobody sees this either.' }),
];
