import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';

/** A command of this folder: its errors are one line, and a usage error exits with code 2. */
export const newCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        // Commander puts suggestions on a separate line.
        const what = text
          .replace(/\s+/g, ' ')
          .trim()
          .replace(/^error: |\.$/g, '');
        write(`${name}: ${what}. See \`npm run ${name} -- --help\`.\n`);
      },
    });

/** Parses the arguments of this process; exits after reporting a usage error. */
export const parseOrExit = (command: Command): void => {
  try {
    command.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exit(error.exitCode === 0 ? 0 : 2);
  }
};

/**
 * Parses a count from the command line.
 *
 * @throws InvalidArgumentError for anything but an integer of 1 or more
 */
export const parseCount = (text: string): number => {
  if (!/^0*[1-9]\d*$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It should be a whole number of 1 or more.');
  }
  return Number(text);
};

/** Runs a command; an error is printed in a sentence, and exits with code 4. */
export const main = async (name: string, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    console.error(`${name}: internal error: ${why}.`);
    process.exitCode = 4;
  }
};

/** The root folder of the repository. */
export const repositoryRoot = join(import.meta.dirname, '..', '..');

/** The contract's folder. */
export const openapiFolder = join(repositoryRoot, 'openapi');

/** The version of the package, without what marks one that isn't released (`-beta.1`). */
export const readPackageVersion = (root: string = repositoryRoot): string => {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version.replace(/[-+].*/, '');
};

/** The bundle of the contract. */
export const bundlePath = join(openapiFolder, 'generated', 'openapi.json');
