import { InvalidArgumentError, type Command } from 'commander';
import { profiles, type ProfileName } from '../selection/profiles.ts';

/** `--profile`, in words for what `--runs` says in numbers. */
export const addProfileOption = (command: Command): Command => {
  const told = Object.entries(profiles).map(([name, { runs }]) => `${name} (${String(runs)})`);
  const help = `cases for each property: ${told.join(', ')}`;
  return command.option('--profile <name>', help, readProfile, 'standard');
};

const readProfile = (text: string): ProfileName => {
  const name = Object.keys(profiles).find((one) => one === text);
  if (name !== undefined) return name as ProfileName;
  throw new InvalidArgumentError(`Use one of ${Object.keys(profiles).join(', ')}.`);
};
