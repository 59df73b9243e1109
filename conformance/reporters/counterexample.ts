import type { ReportedCounterexample, ReportedExchange } from '../report/report.ts';
import { hang, type Layout, plain, shorten } from './text.ts';

/** A counterexample as lines: requirements, expected and actual values, exchanges, how to repeat it. */
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

/** The most characters of a value. */
const longestValue = 1_200;

/** The most exchanges that are shown. */
const mostExchanges = 20;

/** Commands aren't wrapped, so that they can be pasted. */
const formatExchanges = (
  { exchanges, earlier }: ReportedCounterexample,
  { paint }: Layout,
): string[] => {
  const shown = exchanges.slice(-mostExchanges);
  const all = exchanges.length + earlier;
  const concurrent = sentMeanwhile(shown);
  const notes = [
    ...(shown.length < all
      ? [`(the last ${String(shown.length)} of ${String(all)} exchanges; a JSON report has more)`]
      : []),
    ...(concurrent.includes(true) ? ['(& was sent before the previous response arrived)'] : []),
  ];
  return [
    ...notes.map((note) => paint('dim', note)),
    ...shown.flatMap(({ received, request, curl, answer }, index) => [
      plain(
        received
          ? `< ${request.method} ${request.url}`
          : `${concurrent[index] ? '&' : '$'} ${curl}`,
      ),
      paint('dim', `  ${plain(answer)}`),
    ]),
  ];
};

/** For each exchange whether it was sent before the response to the previous one arrived. */
export const sentMeanwhile = (exchanges: readonly ReportedExchange[]): readonly boolean[] =>
  exchanges.map(({ startedAt, received }, index) => {
    const before = exchanges[index - 1];
    if (!before || received || before.received) return false;
    return Date.parse(startedAt) < Date.parse(before.startedAt) + before.milliseconds;
  });
