import { Command, CommanderError } from 'commander';

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
