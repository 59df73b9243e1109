import { writeFileSync } from 'node:fs';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { messageOf, misuse } from '../breakdown.ts';
import type { Report } from '../report.ts';
import { compileReport } from '../reporting.ts';
import { reporters } from '../reporters/index.ts';
import { rules } from '../rules/index.ts';
import { runRules } from '../run.ts';
import type { Surroundings } from '../world/fetch.ts';
import { exitCodeOf } from '../verdict.ts';
import { openTarget, type TargetOptions } from './target.ts';

export interface RunCommand extends TargetOptions {
  readonly seed: number;
  readonly runs: number;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
  readonly strict: boolean;
  /** `FORMAT` or `FORMAT:FILE`. */
  readonly reports: readonly string[];
}

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly color: boolean;
  readonly interruption: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Judges a target and reports on it.
 *
 * @returns the exit code: 0 conformant, 1 non-conformant, 3 incomplete, 4 broken down
 * @throws Breakdown before anything was judged (2 usage or configuration, 4 no target)
 */
export const run = async (
  command: RunCommand,
  surroundings: Surroundings,
  terminal: Terminal,
): Promise<number> => {
  const outlets = readOutlets(command.reports);
  const contract = readContract();
  const register = readRegister();
  const target = await openTarget(command, contract, surroundings, terminal.environment);
  try {
    terminal.err(`Judging ${target.url}, seed ${String(command.seed)}. ${target.intention}\n`);
    const { outcomes, scope, remains } = await runRules({
      ...{ contract, register, rules, target, surroundings },
      ...{ seed: command.seed, runs: command.runs, timeout: command.timeout },
      interruption: terminal.interruption,
      progress: ({ id, outcome, level }) => {
        if (outcome === 'failed') terminal.err(`  ${level} ${id} failed\n`);
      },
    });
    const { seed, strict } = command;
    const report = compileReport({
      register,
      outcomes,
      scope,
      url: target.url,
      remains,
      seed,
      strict,
    });
    for (const outlet of outlets) deliver(outlet, report, terminal);
    return exitCodeOf(report.verdict, outcomes);
  } finally {
    await target.close();
  }
};

interface Outlet {
  readonly format: string;
  /** The standard output where there is none. */
  readonly file: string | undefined;
}

const readOutlets = (reports: readonly string[]): Outlet[] =>
  reports.map((report) => {
    const cut = report.indexOf(':');
    const format = cut < 0 ? report : report.slice(0, cut);
    if (!(format in reporters)) {
      const known = Object.keys(reporters).join(', ');
      throw misuse(`There is no report format ${format}. Use one of ${known}.`);
    }
    return { format, file: cut < 0 ? undefined : report.slice(cut + 1) };
  });

const deliver = ({ format, file }: Outlet, report: Report, terminal: Terminal): void => {
  const text = reporters[format]?.(report, { color: terminal.color && file === undefined }) ?? '';
  if (file === undefined) {
    terminal.out(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (thrown) {
    throw misuse(
      `The report can't be written to ${file}: ${messageOf(thrown)}. Name another file.`,
    );
  }
};
