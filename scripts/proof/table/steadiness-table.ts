import { row, table } from './rows.ts';
import type { SteadinessFigures } from './steadiness-figures.ts';

/** What the suite said of the honest server, run after run. */
export const tellSteadiness = (figures: SteadinessFigures): string[] => {
  const { commits, profile, beside, burden, plain, burdened, unsteady } = figures;
  const { threads, latency, jitter } = burden;
  const kinds = [
    ['without busy threads, answers on time', plain],
    [`beside ${threads} busy threads, answers ${latency} ± ${jitter} ms late`, burdened],
  ] as const;
  return [
    `The honest reference server, judged by all rules (profile \`${profile}\`), each time with another seed; ${beside} runs at a time, of either kind, at commit ${commits.join(' and ')}.`,
    table(
      ['runs', 'number', 'without any finding', 'exchanges', 'median seconds'],
      kinds.map(([kind, { runs, steady, exchanges, seconds = '' }]) =>
        row(kind, runs, steady, exchanges, seconds),
      ),
    ),
    ...unsteady.map(tellUnsteady),
  ];
};

/** A run may break down, or be incomplete, without a rule to blame. */
const tellUnsteady = ({
  seed,
  exitCode,
  unsteady,
}: SteadinessFigures['unsteady'][number]): string => {
  const ended = exitCode === null ? 'ended without an exit code' : `exit code ${exitCode}`;
  const rules = unsteady.length === 0 ? 'every rule that is told of passed' : unsteady.join(', ');
  return `Seed ${seed}: ${ended}; ${rules}.`;
};
