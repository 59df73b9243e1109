import { MutantRunStatus, type MutantRunResult } from '@stryker-mutator/api/test-runner';
import type { Entry, Status } from './ledger.ts';
import type { TrialFinding } from './trials.ts';

/** What Stryker is told of a mutant. */
export const tell = (finding: TrialFinding): MutantRunResult => {
  if (finding.kind === 'passed') return survived(finding.judged);
  const { kind, reason } = finding;
  if (kind === 'failed') return { ...killed([...finding.by], reason), nrOfTests: 1 };
  if (kind === 'endless') return { status: MutantRunStatus.Timeout, reason };
  return { status: MutantRunStatus.Error, errorMessage: reason };
};

const killed = (killedBy: string[], failureMessage: string) => ({
  status: MutantRunStatus.Killed as const,
  killedBy,
  failureMessage,
});

const survived = (nrOfTests: number) => ({ status: MutantRunStatus.Survived as const, nrOfTests });

/** What was found in a run before this one. */
export const recall = ({ status, killedBy = [], reason = '' }: Entry): MutantRunResult => {
  if (status === 'Killed') return { ...killed([...killedBy], reason), nrOfTests: 0 };
  if (status === 'Timeout') return { status: MutantRunStatus.Timeout, reason };
  if (status === 'Survived') return survived(0);
  return { status: MutantRunStatus.Error, errorMessage: reason };
};

/** What is written down of a mutant that was judged together with others. */
export const settle = (
  { id: _id, inPart: _inPart, ...entry }: Entry & { readonly id: string },
  finding: TrialFinding | undefined,
): Entry[] => {
  if (finding?.kind === 'passed') return [{ ...entry, status: 'Survived' }];
  if (finding?.kind !== 'failed') return [];
  return [{ ...entry, status: 'Killed', killedBy: finding.by, reason: finding.reason }];
};

/**
 * What is kept of a status that Stryker tells: a mutant that was met too often never ends, and is
 * found; one whose judging merely took too long was not judged.
 */
export const statusToKeep = (status: Status, reason = ''): Status =>
  status === 'Timeout' && !/hit limit/i.test(reason) ? 'Pending' : status;
