import type { Report, ReportedRule } from '../report.ts';

/** What a rule comes to in the verdict. */
export type Kind =
  | ('failure' | 'mended' | 'error' | 'deviation' | 'known')
  | ('not-verified' | 'omitted' | 'passed');

/**
 * A broken MUST is a failure; a broken SHOULD is one when the run is strict, and a deviation else.
 * A failure that was known is none, and one that was known and is no more is.
 */
export const kindOf = (rule: ReportedRule, { strict, baseline }: Report): Kind => {
  switch (rule.outcome) {
    case 'failed':
      if (rule.known !== null) return 'known';
      return strict || rule.level === 'MUST' ? 'failure' : 'deviation';
    case 'passed':
      return baseline.mended.includes(rule.id) ? 'mended' : 'passed';
    case 'error':
    case 'not-verified':
    case 'omitted':
      return rule.outcome;
  }
};

/** The rules of these kinds. */
export const rulesOf = (report: Report, ...kinds: readonly Kind[]): readonly ReportedRule[] =>
  report.rules.filter((rule) => kinds.includes(kindOf(rule, report)));

/** The areas in the order of their rules. */
export const areasOf = (report: Report): [string, readonly ReportedRule[]][] => {
  const names = [...new Set(report.rules.map(({ id }) => areaOf(id)))];
  return names.map((name) => [name, report.rules.filter(({ id }) => areaOf(id) === name)]);
};

const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));
