import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';

/** A command of this folder: its errors are one line, and a wrong call ends with exit code 2. */
export const newCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        // Commander puts what it suggests on a line of its own.
        const what = text
          .replace(/\s+/g, ' ')
          .trim()
          .replace(/^error: |\.$/g, '');
        write(`${name}: ${what}. See \`npm run ${name} -- --help\`.\n`);
      },
    });

/** Parses the arguments of this process; what is wrong with them has been said when it exits. */
export const parseOrExit = (command: Command): void => {
  try {
    command.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exit(error.exitCode === 0 ? 0 : 2);
  }
};

/**
 * A count, as somebody types it.
 *
 * @throws InvalidArgumentError for what isn't a whole number of 1 or more
 */
export const parseCount = (text: string): number => {
  if (!/^0*[1-9]\d*$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It should be a whole number of 1 or more.');
  }
  return Number(text);
};

/** Runs a command; what it throws is told in a sentence, and ends it with exit code 4. */
export const main = async (name: string, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    console.error(`${name}: It broke down: ${why}.`);
    process.exitCode = 4;
  }
};

/** The top of the repository. */
export const repositoryRoot = join(import.meta.dirname, '..', '..');

/** The contract's folder. */
export const openapiFolder = join(repositoryRoot, 'openapi');

/** The bundle of the contract. */
export const bundlePath = join(openapiFolder, 'generated', 'openapi.json');
