import type { Report, ReportedRule } from '../report/report.ts';
import { describeCaveat, type Kind, rulesOf, verdictOf } from './summary.ts';
import { plain, shorten } from './text.ts';

/**
 * The report as workflow commands, which GitHub Actions shows as annotations: the verdict, failures
 * and errors, and deviations as warnings. GitHub shows ten errors and ten warnings of a step, so the
 * tenth lists the rules that are left.
 */
export const reportGithub = (report: Report): string => {
  const annotationsOf = (...kinds: readonly Kind[]) =>
    rulesOf(report, ...kinds).map((rule) => formatFailure(rule, report));
  const annotations = {
    error: annotationsOf('failure', 'error', 'mended'),
    warning: annotationsOf('deviation'),
    notice: [],
  };
  const commandOfVerdict = {
    conformant: 'notice',
    'non-conformant': 'error',
    incomplete: 'warning',
  } as const;
  const verdictCommand = report.verdict === null ? 'error' : commandOfVerdict[report.verdict];
  const lines = Object.entries(annotations).flatMap(([command, all]) =>
    annotate(command, command === verdictCommand ? [conclude(report), ...all] : all),
  );
  return `${lines.join('\n')}\n`;
};

const most = 10;

interface Annotation {
  readonly title: string;
  readonly message: string;
}

const annotate = (command: string, all: readonly Annotation[]): string[] => {
  const shown = all.length > most ? all.slice(0, most - 1) : all;
  const left = all.slice(shown.length).map(({ title }) => title);
  const rest = {
    title: `${String(left.length)} more`,
    message: `See another report for these: ${left.join(', ')}`,
  };
  return [...shown, ...(left.length > 0 ? [rest] : [])].map((one) => line(command, one));
};

const formatFailure = (rule: ReportedRule, { strict }: Report): Annotation => {
  const { id, level, sentence, counterexample, reason, outcome } = rule;
  if (outcome === 'passed') {
    return { title: id, message: 'It passes: remove it from the baseline of known failures.' };
  }
  if (!counterexample)
    return { title: id, message: `${sentence}\n${plain(reason ?? 'It ended in an error.')}` };
  const { requirements, expected, actual, repeat } = counterexample;
  return {
    title: strict ? id : `${level} ${id}`,
    message: [
      ...requirements.map(({ id: requirement, statement, source }) =>
        plain(`${requirement} ${statement} [${source}]`),
      ),
      `expected: ${plain(expected)}`,
      `actual: ${plain(actual)}`,
      `repeat: ${plain(repeat)}`,
    ].join('\n'),
  };
};

const conclude = (report: Report): Annotation => ({
  title: `LeadGrid conformance: ${verdictOf(report)}`,
  message: describeCaveat(report) || 'Everything was verified.',
});

const line = (command: string, { title, message }: Annotation): string =>
  `::${command} title=${escapeProperty(shorten(title, 200))}::${escapeData(shorten(message, longest))}`;

/** In characters. GitHub cuts messages at 64 KiB without a notice. */
const longest = 8_000;

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
