import type { Report, ReportedRule } from '../report/report.ts';
import { describeCaveat, kindOf, rulesOf } from './summary.ts';
import { shorten } from './text.ts';

/**
 * The report as JSON lines, for agents and pipelines: first a line for each rule that failed, with
 * what is needed to understand and repeat it, then the verdict as the last line. `kind` says what a
 * rule counts as; only `failure`, `mended` and `error` keep the run from being conformant. Lines are
 * short: the `json` format has the bodies and the earlier exchanges.
 */
export const reportJsonl = (report: Report): string =>
  [
    ...rulesOf(report, 'failure', 'mended', 'error').map((rule) => failureOf(rule, report)),
    ...rulesOf(report, 'deviation', 'known').map((rule) => failureOf(rule, report)),
    verdictLine(report),
  ]
    .map(line)
    .join('');

/** The most characters of a text. */
const longest = 1_000;
const short = (text: string): string => shorten(text, longest);

const failureOf = (rule: ReportedRule, report: Report) => {
  const { id, level, sentence, reason, known, counterexample } = rule;
  return {
    type: 'rule',
    kind: kindOf(rule, report),
    ...{ rule: id, level, sentence: short(sentence) },
    reason: reason === null ? null : short(reason),
    known: known === null ? null : short(known),
    ...(counterexample ? evidenceOf(counterexample) : {}),
  };
};

const evidenceOf = ({
  requirements,
  expected,
  actual,
  exchanges,
  earlier,
  ...shown
}: NonNullable<ReportedRule['counterexample']>) => {
  const last = exchanges.at(-1);
  return {
    requirements: requirements.map(({ id, statement, source }) => ({
      ...{ id, statement: short(statement), source: short(source) },
    })),
    ...{ expected: short(expected), actual: short(actual) },
    operation: last?.operation ?? null,
    // A command that is cut would do something else, so it says that it is.
    curl: last && !last.received ? short(last.curl) : null,
    answer: last ? short(last.answer) : null,
    exchanges: exchanges.length + earlier,
    repeat: short(shown.repeat),
  };
};

const verdictLine = (report: Report) => {
  const { verdict, breakdown, endedEarly, strict, counts, target, seed, shard, suite } = report;
  return {
    ...{ type: 'verdict', verdict, caveat: short(describeCaveat(report)) },
    breakdown: breakdown && { ...breakdown, message: short(breakdown.message) },
    endedEarly: endedEarly === null ? null : short(endedEarly),
    ...{ strict, counts, target: target.url, seed, shard, suite: suite.version },
  };
};

/** Some readers take these for the end of a line, and terminals for commands. */
const special = /[\u007F-\u009F\u2028\u2029]|(?![\u200C\u200D])\p{Cf}/gu;

const line = (value: object): string =>
  `${JSON.stringify(value).replaceAll(special, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character, index)).join(''),
  )}\n`;

const escaped = (character: string, index: number): string =>
  String.raw`\u` + character.charCodeAt(index).toString(16).padStart(4, '0');
