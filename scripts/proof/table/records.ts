import type { FleetResult } from '../fleet/result.ts';
import type { MutationReport } from '../mutation/report.ts';
import type { PeersResult } from '../peers/result.ts';
import { readRecord, type Recorded } from '../record.ts';
import type { SteadinessResult } from '../steadiness/result.ts';
import type { VariantsResult } from '../variants/result.ts';

/** What all parts of the proof came to when they were last run. */
export interface Records {
  readonly fleet: Recorded<FleetResult>;
  readonly mutation: Recorded<MutationReport>;
  readonly variants: Recorded<VariantsResult>;
  readonly steadiness: Recorded<SteadinessResult>;
  readonly peers: Recorded<PeersResult>;
}

/** @throws Error when a part has never been run */
export const readRecords = (): Records => ({
  fleet: readRecord('fleet'),
  mutation: readRecord('mutation'),
  variants: readRecord('variants'),
  steadiness: readRecord('steadiness'),
  peers: readRecord('peers'),
});
