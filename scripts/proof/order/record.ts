import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProfileName } from '../../../conformance/runner/selection.ts';

/** What a rule sends at the unmodified server. */
export interface CostLine {
  readonly rule: string;
  readonly requests: readonly [fixed: number, perCase: number];
  readonly organizations: readonly [fixed: number, perCase: number];
  readonly milliseconds: number;
}

/** Which of the rules that were executed on a faulty server failed. */
export interface CatchLine {
  readonly fault: string;
  readonly judged: readonly string[];
  readonly failed: readonly string[];
}

/** How a profile did on a faulty server: it ends with the first failure. */
export interface ProfileLine {
  readonly profile: ProfileName;
  readonly fault: string;
  /** The rule that failed; null when the server was not caught. */
  readonly caughtBy: string | null;
  readonly requests: number;
  readonly milliseconds: number;
}

/** All lines of the record; a later line replaces an earlier one about the same. */
export interface OrderRecord {
  readonly costs: Map<string, CostLine>;
  readonly catches: Map<string, CatchLine>;
  readonly profiles: Map<string, ProfileLine>;
}

/** Git ignores it. A line is added for each measurement, so an interrupted run can go on. */
const recordPath = join(import.meta.dirname, '../records/order.ndjson');

export const readOrderRecord = (path = recordPath): OrderRecord => {
  const record: OrderRecord = { costs: new Map(), catches: new Map(), profiles: new Map() };
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // An interrupted run may have left half a line.
  for (const line of text.split('\n').filter((one) => one.endsWith('}'))) {
    addLine(record, JSON.parse(line) as CostLine | CatchLine | ProfileLine);
  }
  return record;
};

const addLine = (record: OrderRecord, line: CostLine | CatchLine | ProfileLine): void => {
  if ('rule' in line) record.costs.set(line.rule, line);
  else if ('profile' in line) record.profiles.set(profileKey(line), line);
  else record.catches.set(line.fault, mergeCatches(record.catches.get(line.fault), line));
};

export const profileKey = ({ profile, fault }: Pick<ProfileLine, 'profile' | 'fault'>): string =>
  `${profile} ${fault}`;

/** Rules that were executed later add to those before; a rule that ran again has its last result. */
const mergeCatches = (earlier: CatchLine | undefined, later: CatchLine): CatchLine => {
  if (!earlier) return later;
  const again = new Set(later.judged);
  const kept = (ids: readonly string[]) => ids.filter((id) => !again.has(id));
  return {
    fault: later.fault,
    judged: [...kept(earlier.judged), ...later.judged],
    failed: [...kept(earlier.failed), ...later.failed],
  };
};

/** Adds a line to the record, and to the file. */
export const keepLine = (
  record: OrderRecord,
  line: CostLine | CatchLine | ProfileLine,
  path = recordPath,
): void => {
  addLine(record, line);
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${JSON.stringify(line)}\n`);
};
