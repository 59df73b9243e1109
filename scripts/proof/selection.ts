import type { Command } from 'commander';

/**
 * Those whose name contains this text. Where there are none, that is said, and the process exits
 * with 2: what judged nothing has proved nothing.
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
