import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { Breakdown, messageOf } from './breakdown.ts';
import { createFilter } from './secrets.ts';
import { run, type Terminal } from './commands/run.ts';

const usage = `
Keys come from the environment, never from the command line:
  LEADGRID_KEY            a key with every scope
  LEADGRID_EXPIRED_KEY    one that has expired
  LEADGRID_FREE_PLAN_KEY  one of an organisation on the Free plan
  LEADGRID_PRO_PLAN_KEY   one of an organisation on the Pro plan
  LEADGRID_SECOND_KEY     one of another organisation
  LEADGRID_CONTROL_TOKEN  for a control API that asks for a token

Exit codes: 0 conformant, 1 non-conformant, 2 usage or configuration, 3 incomplete,
4 the harness or the target broke down.`;

const main = async (): Promise<void> => {
  const program = new Command('leadgrid-conformance')
    .description('Judges an implementation of the LeadGrid API by the contract.')
    .option('--target <url>', 'base URL to judge (default: the reference server, started for it)')
    .option('--control <url>', "base URL of the target's control API")
    .option('--seed <number>', 'repeats a run', readWhole)
    .option('--runs <number>', 'generated cases for each property', readCount, 20)
    .option('--timeout <milliseconds>', 'how long one answer may take', readCount, 10_000)
    .option('--report <format[:file]>', 'pretty or json; repeatable', collect)
    .option('--strict', 'deviations from decisions count as failures', false)
    .option('--allow-production', 'judge the production host', false)
    .addHelpText('after', usage)
    .allowExcessArguments(false)
    .configureOutput({
      outputError: (text, write) => {
        // Commander puts what it suggests on a line of its own.
        const what = text.replaceAll(/\s+/g, ' ').replaceAll(/^error: |[. ]+$/g, '');
        write(`leadgrid-conformance: ${what}. See --help.\n`);
      },
    })
    .exitOverride();
  program.parse();
  const options = program.opts<Options>();
  const { target, control, report: reports = ['pretty'], seed = randomInt(2 ** 31) } = options;
  const terminal = createTerminal();
  process.exitCode = await run(
    { ...options, target, control, reports, seed },
    {
      fetch: (request) => fetch(request),
      now: Date.now,
      sleep: (time) => wait(time, terminal),
    },
    terminal,
  );
};

/** Waits, and says so where it takes long; an interruption ends it. */
const wait = async (time: number, { err, interruption }: Terminal): Promise<void> => {
  if (time >= longWait) err(`  waiting ${String(Math.ceil(time / 1000))} s for the rate limit\n`);
  await sleep(time, undefined, { signal: interruption });
};

/** Milliseconds. */
const longWait = 5_000;

interface Options {
  target?: string;
  control?: string;
  seed?: number;
  runs: number;
  timeout: number;
  report?: string[];
  strict: boolean;
  allowProduction: boolean;
}

const readWhole = (text: string): number => {
  if (/^-?\d{1,15}$/.test(text)) return Number(text) | 0;
  throw new InvalidArgumentError('Give a whole number.');
};

const readCount = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number above zero.');
};

const collect = (text: string, earlier: string[] = []): string[] => [...earlier, text];

const createTerminal = (): Terminal => {
  const interruption = new AbortController();
  // A second Ctrl-C ends the process the hard way.
  process.once('SIGINT', () => {
    interruption.abort();
  });
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    filter: createFilter(process.env),
    color: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    interactive: process.stderr.isTTY,
    interruption: interruption.signal,
    environment: process.env,
  };
};

const fail = (thrown: unknown): void => {
  if (thrown instanceof CommanderError) {
    // Commander has said it already; help and version are no failures.
    process.exitCode = thrown.exitCode === 0 ? 0 : 2;
    return;
  }
  const filter = createFilter(process.env);
  if (thrown instanceof Breakdown) {
    process.stderr.write(filter(`${thrown.message}\n`));
    process.exitCode = thrown.exitCode;
    return;
  }
  process.stderr.write(filter(`The suite broke down: ${messageOf(thrown)}. Nothing was judged.\n`));
  process.exitCode = 4;
};

main().catch(fail);
