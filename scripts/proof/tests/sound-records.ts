import type { Requirement } from '../../../openapi/register.ts';
import type { FaultyServerResult } from '../faulty-servers/result.ts';
import type { SuiteRun } from '../flakiness/run.ts';
import { areas, mutationRun } from '../mutation/config.ts';
import type { Entry } from '../mutation/ledger.ts';
import { score } from '../mutation/report.ts';
import { peerIds } from '../peers/peer.ts';
import type { MatrixRow, Records } from '../table/figures.ts';
import type { CurrentIds } from '../table/summary.ts';
import type { VariantResult } from '../variants/result.ts';

const circumstances = { measuredAt: '2026-01-01T00:00Z', commit: 'a', node: 'v20', cores: 2 };
const kill = { rule: 'contacts/one', expected: 'this', actual: 'that' };
export const killed: FaultyServerResult = {
  ...{ fault: 'contacts/lost', breaks: 'LG-CON-001', does: 'loses one', kills: [kill] },
  ...{ requests: 1, milliseconds: 1 },
};
export const steady: SuiteRun = { seed: 1, exitCode: 0, unsteady: [], exchanges: 1, seconds: 1 };
export const perfect = score([], 0);
const found = (by: string): Pick<Entry, 'status' | 'killedBy'> => ({
  status: 'Killed',
  killedBy: [by],
});
const [byRule, dead] = [found('contacts/one'), found('server/starts')];
/** Of ten mutants: five killed, two dead, one without an end, and two survivors, one explained. */
export const imperfect = score(
  [
    ...[byRule, byRule, byRule, byRule, byRule, dead, dead],
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
/** Records of a fleet of one server and one variant, in which nothing is wrong. */
export const soundRecords: Records = {
  fleet: { circumstances, commits: ['a'], seeds: [1], runs: 8, unfit: [], faults: [killed] },
  mutation: {
    ...{ circumstances, course: mutationRun, total: perfect },
    areas: Object.fromEntries(Object.keys(areas).map((area) => [area, perfect])),
    ...{ leftOut: {}, survivors: [], idle: [] },
  },
  variants: {
    circumstances,
    commits: ['abc1234'],
    seed: 1,
    runs: 2,
    variants: [cleared],
    untried: [],
  },
  steadiness: {
    ...{ circumstances, commits: ['abc1234'], profile: 'standard', beside: 2 },
    plain: Array.from({ length: 100 }, () => steady),
    burdened: Array.from({ length: 20 }, () => steady),
    burden: { threads: 2, latency: 50, jitter: 25 },
  },
  peers: {
    circumstances,
    peers: peerIds.map((id) => ({
      ...{ id, name: id, version: '1', given: 'all', runs: 8, commits: ['abc1234'] },
      shown: [id === 'suite' ? detected : missed],
      honest: { rounds: 1, findings: [], requests: 1, milliseconds: 1 },
    })),
  },
};
/** What they were measured of. */
export const present: CurrentIds = { faults: ['contacts/lost'], variants: ['random/1'] };
/** The matrix that follows from them. */
export const row: MatrixRow = {
  ...{ requirement: 'LG-CON-001', statement: 'So it is.' },
  faults: [{ fault: 'contacts/lost', does: 'loses one', killed: true, by: [], peers: [] }],
};
const entry = (id: Requirement['id'], more: Partial<Requirement> = {}): Requirement => ({
  ...{ id, area: 'CON', level: 'MUST', source: 'Contacts', statement: 'So it is.' },
  concerns: ['getContact'],
  ...more,
});
/** Entries of each sort: two that a client can see, of which the fleet breaks the first. */
export const register: readonly Requirement[] = [
  entry('LG-CON-001'),
  entry('LG-CON-002'),
  entry('LG-CON-003', { unobservable: 'Nobody sees it.' }),
  entry('LG-CON-004', { level: 'SHOULD' }),
  entry('LG-CON-005', { level: 'SHOULD', unobservable: 'Nobody sees this either.' }),
];
