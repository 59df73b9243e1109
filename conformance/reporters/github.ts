import type { Report, ReportedRule } from '../report/report.ts';
import { count, describeCaveat, type Kind, rulesOf, verdictOf } from './summary.ts';
import { plain, shorten } from './text.ts';

/**
 * The report as workflow commands, which GitHub Actions shows as annotations: the verdict, failures
 * and errors, and deviations as warnings. GitHub shows ten errors and ten warnings of a step, so a
 * notice at the end, which it counts apart, says how many are left.
 */
export const reportGithub = (report: Report): string => {
  const annotationsOf = (...kinds: readonly Kind[]) =>
    rulesOf(report, ...kinds).map((rule) => formatFailure(rule, report));
  const commandOfVerdict = {
    conformant: 'notice',
    'non-conformant': 'error',
    incomplete: 'warning',
  } as const;
  const command = report.verdict === null ? 'error' : commandOfVerdict[report.verdict];
  const verdict = (wanted: string) => (command === wanted ? [conclude(report)] : []);
  const errors = [...verdict('error'), ...annotationsOf('failure', 'error', 'mended')];
  const warnings = [...verdict('warning'), ...annotationsOf('deviation')];
  const lines = [
    ...errors.slice(0, most).map((one) => line('error', one)),
    ...warnings.slice(0, most).map((one) => line('warning', one)),
    ...verdict('notice').map((one) => line('notice', one)),
    ...describeRest(errors.slice(most), warnings.slice(most)).map((one) => line('notice', one)),
  ];
  return `${lines.join('\n')}\n`;
};

const most = 10;

interface Annotation {
  readonly title: string;
  readonly message: string;
}

const describeRest = (
  errors: readonly Annotation[],
  warnings: readonly Annotation[],
): Annotation[] => {
  const left = [...errors, ...warnings];
  if (left.length === 0) return [];
  const counts = [
    ...(errors.length > 0 ? [count(errors.length, 'error')] : []),
    ...(warnings.length > 0 ? [count(warnings.length, 'warning')] : []),
  ];
  return [
    {
      title: `${counts.join(' and ')} more`,
      message: `See the summary of the job, or another report: ${left.map(({ title }) => title).join(', ')}`,
    },
  ];
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
  message: [
    describeCaveat(report) || 'Everything was verified.',
    ...(report.endedEarly === null ? [] : [plain(report.endedEarly)]),
  ].join('\n'),
});

const line = (command: string, { title, message }: Annotation): string =>
  `::${command} title=${escapeProperty(shorten(title, 200))}::${escapeData(shorten(message, longest))}`;

/** In characters. GitHub cuts messages at 64 KiB without a notice. */
const longest = 8_000;

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
