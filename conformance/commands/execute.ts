import { usageError } from '../errors.ts';
import type { Surroundings } from '../http/message.ts';
import type { Report } from '../report/report.ts';
import { markKnown } from '../runner/outcome.ts';
import { excuseAmbient } from '../runner/selection.ts';
import type { Target } from '../targets/target.ts';
import { connectBy } from './connection.ts';
import { createProgress, type Progress } from './progress.ts';
import { type CommandOptions, openSession } from './session.ts';
import type { CommandContext } from './terminal.ts';

/**
 * Executes a run, and shows its progress at the terminal.
 *
 * @returns its report
 * @throws Breakdown before the first rule (2 usage or configuration, 4 no target)
 */
export const executeRun = async (
  options: CommandOptions,
  context: CommandContext,
): Promise<Report> => {
  const { terminal } = context;
  const surroundings = connectBy(options, context);
  const { rules, seed, leftOut, baseline = new Map<string, string>() } = options;
  const executed = rules.filter((rule) => rule.kind === 'check' && leftOut?.(rule) === undefined);
  const ids = executed.map(({ id }) => id);
  const progress = createProgress(terminal, ids, surroundings.now);
  try {
    const session = await openSession(options, {
      terminal,
      surroundings: reportingWaits(surroundings, progress),
      began: progress.began,
      ended: (outcome) => {
        progress.ended(markKnown(outcome, baseline));
      },
    });
    const { url, intention } = session.target;
    try {
      if (options.readOnly) requireNothingCreated(session.target);
      progress.say(`Testing ${url}, seed ${String(seed)}. ${intention}`);
      const outcomes = excuseAmbient(await session.runner.runAll(), options, rules);
      return session.compile(outcomes.map((outcome) => markKnown(outcome, baseline)));
    } finally {
      await session.close();
    }
  } finally {
    progress.close();
  }
};

/**
 * Creating organisations for the rules writes too, unless the target is deleted afterwards.
 *
 * @throws Breakdown where the rules would create organisations
 */
const requireNothingCreated = ({
  offers,
  ephemeral,
}: Pick<Target, 'offers' | 'ephemeral'>): void => {
  if (ephemeral || !offers.has('fresh-organizations')) return;
  throw usageError(
    "--read-only can't be used with a control API or provision functions, which create " +
      'organisations. Use a key instead.',
  );
};

/** The same surroundings; the progress shows each wait. */
const reportingWaits = (surroundings: Surroundings, progress: Progress): Surroundings => ({
  ...surroundings,
  sleep: (milliseconds, reason) => {
    progress.waits(milliseconds, reason);
    return surroundings.sleep(milliseconds, reason);
  },
});
