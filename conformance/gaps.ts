import type { RequirementResult } from './coverage.ts';
import type { ReportedGap } from './report.ts';

const gapStates = ['error', 'not-verified', 'omitted', 'unobservable'] as const;

/** What was not verified, by reason. */
export const gapsOf = (requirements: readonly RequirementResult[]): ReportedGap[] =>
  gapStates.flatMap((state) => {
    const open = requirements.filter((one) => one.state === state);
    const reasons = [...new Set(open.map(({ reason }) => reason ?? ''))];
    // Each unobservable requirement has a reason of its own, told in the register.
    if (state === 'unobservable') return open.length > 0 ? [gap(state, toldInRegister, open)] : [];
    return reasons.map((reason) =>
      gap(
        state,
        reason,
        open.filter((one) => (one.reason ?? '') === reason),
      ),
    );
  });

const toldInRegister = 'No client can see it; the register says why.';

const gap = (
  state: ReportedGap['state'],
  reason: string,
  requirements: readonly RequirementResult[],
): ReportedGap => ({ state, reason, requirements: requirements.map(({ id }) => id) });
