/**
 * `npm run proof`: runs all parts of the proof one after the other, and publishes the results.
 *
 * Exit codes: 0 all of it holds, 1 a fault was not caught, a variant was accused, or something is
 * missing, 2 usage, 4 a part broke down, and nothing was published. With `--age` always 0, or 4.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { main, newCommand, parseOrExit } from '../cli/command.ts';
import { type Part, parts } from './harness/record.ts';
import { formatAge, readCurrentIds } from './table/age.ts';
import { publish, readSummary } from './table/publish.ts';
import { findLacks } from './table/summary.ts';

/** @throws InvalidArgumentError for an unknown part */
const parseParts = (text: string): Part[] => {
  const names = text.split(',').map((name) => name.trim());
  return names.map((name) => {
    const part = parts.find((one) => one === name);
    if (part === undefined)
      throw new InvalidArgumentError(`There is no part "${name}"; there are ${parts.join(', ')}.`);
    return part;
  });
};

const command = newCommand(
  'proof',
  'Prove that the suite catches faulty servers, and clears lawful variants.',
)
  .option(
    '--only <parts>',
    `the parts to run, of ${parts.join(', ')}; the others stay as they were last measured`,
    parseParts,
    [...parts],
  )
  .option('--table', 'run nothing, and write table and summary from the records', false)
  .option('--age', 'run nothing, and say what has changed since each part was measured', false);
parseOrExit(command);
const { only, table, age } = command.opts<{
  only: readonly Part[];
  table: boolean;
  age: boolean;
}>();

/** Runs the command of a part, which prints its results; returns its exit code, null for none. */
const run = async (part: Part): Promise<number | null> => {
  console.log(`\n${part}`);
  const script = join(import.meta.dirname, `${part}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: 'inherit' });
  const [status] = (await once(child, 'close')) as [number | null];
  return status;
};

const prove = async (): Promise<void> => {
  const ended = new Map<Part, number | null>();
  for (const part of parts.filter((one) => !table && only.includes(one))) {
    ended.set(part, await run(part));
  }
  const which = (is: (status: number | null) => boolean): string =>
    [...ended].flatMap(([part, status]) => (is(status) ? [part] : [])).join(', ');
  const [failed, broken] = [which((one) => one === 1), which((one) => one !== 0 && one !== 1)];
  if (broken !== '') {
    throw new Error(`Nothing was published, as these parts did not finish: ${broken}`);
  }
  const summary = publish();
  const lacks = findLacks(summary);
  console.log(`\n${summary.headline}.`);
  for (const sentence of lacks) console.error(`proof: ${sentence}`);
  if (failed !== '') console.error(`proof: These parts failed: ${failed}.`);
  process.exitCode = failed === '' && lacks.length === 0 ? 0 : 1;
};

await main('proof', async () => {
  if (age) console.log(formatAge(readSummary(), readCurrentIds()));
  else await prove();
});
