import { Command, CommanderError } from 'commander';
import { asBreakdown } from '../errors.ts';
import { addDoctor } from './doctor.ts';
import { addExplain } from './explain.ts';
import { addInit } from './init.ts';
import { addList } from './list.ts';
import { addMerge } from './merge.ts';
import { keysHelp } from './options.ts';
import { addReplay } from './replay.ts';
import { addRun, exitCodesHelp } from './run.ts';
import type { CommandContext } from './terminal.ts';

const name = 'leadgrid-conformance';

const usage = `
Without a command it runs the rules. \`${name} run --help\` lists the options. Examples:
  ${name} --target http://127.0.0.1:8080/api/v1
  ${name} --only contacts --profile smoke
${keysHelp}
${exitCodesHelp}`;

/** The commands in the order of the help. */
const commands: readonly ((program: Command, context: CommandContext) => void)[] = [
  addRun,
  addDoctor,
  addInit,
  addList,
  addExplain,
  addReplay,
  addMerge,
];

/**
 * Executes a command line. Errors are printed in one line.
 *
 * @param words - without the name of the program
 * @returns when it is done; the context has got the exit code then
 */
export const runProgram = async (
  words: readonly string[],
  context: CommandContext,
): Promise<void> => {
  try {
    await createProgram(context).parseAsync(withDefault(words), { from: 'user' });
  } catch (thrown) {
    context.end(reportError(thrown, context));
  }
};

const createProgram = (context: CommandContext): Command => {
  const { out, err } = context.terminal;
  const program = new Command(name)
    .description('Tests an implementation of the LeadGrid API against the contract.')
    .usage('[command] [options]')
    .addHelpText('after', usage)
    .configureOutput({
      writeOut: out,
      writeErr: err,
      outputError: (text) => {
        // Commander puts its suggestion on a second line.
        const what = text.replaceAll(/\s+/g, ' ').replaceAll(/^error: |[. ]+$/g, '');
        err(`${name}: ${what}. See --help.\n`);
      },
    })
    .exitOverride();
  for (const add of commands) add(program, context);
  return program;
};

/** Inserts `run` where no command is named; an unknown command stays an error. */
const withDefault = ([first = '', ...rest]: readonly string[]): string[] =>
  first.startsWith('-') && !['-h', '--help'].includes(first)
    ? ['run', first, ...rest]
    : [first || 'run', ...rest];

/** Prints an error, and returns its exit code. */
const reportError = (thrown: unknown, { terminal }: CommandContext): number => {
  // Commander has printed it already; help is not an error.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  const { message, exitCode } = asBreakdown(thrown);
  terminal.err(`${message}\n`);
  return exitCode;
};
