import { type Command, InvalidArgumentError } from 'commander';

/**
 * The items whose name contains this text. Without any, the process exits with 2: a run of nothing
 * proves nothing.
 */
export const selectOrExit = <One>(
  command: Command,
  text: string,
  named: readonly (readonly [name: string, one: One])[],
): One[] => {
  const chosen = named.filter(([name]) => name.includes(text)).map(([, one]) => one);
  if (chosen.length > 0) return chosen;
  try {
    return command.error(`None of the ${named.length} has a name with "${text}" in it`);
  } catch {
    return process.exit(2);
  }
};

/**
 * A whole number of 0 or more.
 *
 * @throws InvalidArgumentError for anything else
 */
export const parseAmount = (text: string): number => {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It should be a whole number of 0 or more.');
  }
  return Number(text);
};
