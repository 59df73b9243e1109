import type { ReportedExchange } from '../report.ts';

/** Of each exchange whether it was sent while the one before it was under way. */
export const sentMeanwhile = (exchanges: readonly ReportedExchange[]): readonly boolean[] =>
  exchanges.map(({ startedAt, received }, index) => {
    const before = exchanges[index - 1];
    if (!before || received || before.received) return false;
    return Date.parse(startedAt) < Date.parse(before.startedAt) + before.milliseconds;
  });
