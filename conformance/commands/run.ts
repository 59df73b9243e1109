import { closeSync, openSync, writeFileSync } from 'node:fs';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { messageOf, misuse } from '../breakdown.ts';
import type { Outcome } from '../outcome.ts';
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
  /** What all output goes through, so that it tells no secrets. */
  readonly filter: (text: string) => string;
  /** Whether somebody watches the progress. */
  readonly interactive: boolean;
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
      progress: createProgress(terminal, rules.length),
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
    if (outlets.every(({ file }) => file !== undefined)) terminal.out(`${report.verdict}\n`);
    return exitCodeOf(report.verdict, outcomes);
  } finally {
    await target.close();
  }
};

/** Tells each failure as it is found and, to who watches, how far the run is. */
const createProgress = (terminal: Terminal, total: number): ((outcome: Outcome) => void) => {
  let done = 0;
  // Carriage return, and erase to the end of the line.
  const line = (text: string): void => {
    if (terminal.interactive) terminal.err(`\r\u001B[K${text}`);
  };
  return ({ id, outcome, level }) => {
    done += 1;
    line('');
    if (outcome === 'failed') terminal.err(`  ${level} ${id} failed\n`);
    if (done < total) line(`  ${String(done)} of ${String(total)} rules, last ${id}`);
  };
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
    if (!Object.hasOwn(reporters, format)) {
      const known = Object.keys(reporters).join(', ');
      throw misuse(`There is no report format ${format}. Use one of ${known}.`);
    }
    return { format, file: cut < 0 ? undefined : requireWritable(report.slice(cut + 1)) };
  });

/** Better said before the run than after it. */
const requireWritable = (file: string): string => {
  try {
    closeSync(openSync(file, 'a'));
  } catch (thrown) {
    throw misuse(
      `The report can't be written to ${file || 'a file without a name'}: ${messageOf(thrown)}. ` +
        'Name another file.',
    );
  }
  return file;
};

const deliver = ({ format, file }: Outlet, report: Report, terminal: Terminal): void => {
  const color = terminal.color && file === undefined;
  const text = terminal.filter(reporters[format]?.(report, { color }) ?? '');
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
