import type { ReportedCounterexample, ReportedExchange } from '../report/report.ts';
import { hang, type Layout, plain, shorten } from './text.ts';

/** How a rule was seen to be broken: what was promised and where, what came, how to meet it again. */
export const formatCounterexample = (shown: ReportedCounterexample, layout: Layout): string[] => {
  const { requirements, expected, actual, values, variables, path, seed, repeat } = shown;
  const row = (name: string, text: string) =>
    hang(name.padEnd(10), shorten(plain(text), longestValue), layout.width);
  return [
    ...requirements.flatMap(({ id, statement, source }) =>
      hang(`${id} `, plain(`${statement} [${source}]`), layout.width),
    ),
    ...row('expected', expected),
    ...row('actual', actual),
    ...(values === null ? [] : row('values', values)),
    ...variables.flatMap(({ name, origin }, index) =>
      row(index === 0 ? 'keys' : '', `$${name} ${origin}`),
    ),
    ...formatExchanges(shown, layout),
    `seed      ${String(seed)}${path === null ? '' : `, path ${plain(path)}`}`,
    `repeat    ${plain(repeat)}`,
  ];
};

/** Characters of a value that a person reads. */
const longestValue = 1_200;

/** The exchanges that a person reads. */
const mostExchanges = 20;

/** Lines to paste are never broken. */
const formatExchanges = (
  { exchanges, earlier }: ReportedCounterexample,
  { paint }: Layout,
): string[] => {
  const shown = exchanges.slice(-mostExchanges);
  const all = exchanges.length + earlier;
  const meanwhile = sentMeanwhile(shown);
  const notes = [
    ...(shown.length < all
      ? [`(the last ${String(shown.length)} of ${String(all)} exchanges; a JSON report has more)`]
      : []),
    ...(meanwhile.includes(true) ? ['(& was sent while the one before was under way)'] : []),
  ];
  return [
    ...notes.map((note) => paint('dim', note)),
    ...shown.flatMap(({ received, request, curl, answer }, index) => [
      plain(
        received ? `< ${request.method} ${request.url}` : `${meanwhile[index] ? '&' : '$'} ${curl}`,
      ),
      paint('dim', `  ${plain(answer)}`),
    ]),
  ];
};

/** Of each exchange whether it was sent while the one before it was under way. */
export const sentMeanwhile = (exchanges: readonly ReportedExchange[]): readonly boolean[] =>
  exchanges.map(({ startedAt, received }, index) => {
    const before = exchanges[index - 1];
    if (!before || received || before.received) return false;
    return Date.parse(startedAt) < Date.parse(before.startedAt) + before.milliseconds;
  });
