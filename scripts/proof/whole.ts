/**
 * `npm run proof`: runs all parts of the proof one after the other, and writes the table.
 *
 * Exit codes: 0 all of it holds, 1 something got away or was accused without reason, or a part is
 * older than what there is to judge, 2 usage, 4 a part broke down, and no table was written.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { main, newCommand, parseOrExit } from '../cli/command.ts';
import { type Part, parts } from './harness/record.ts';
import { publish } from './table/publish.ts';

/** @throws InvalidArgumentError for what is no part */
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
  'Prove that the suite catches faulty servers, and clears others.',
)
  .option(
    '--only <parts>',
    `the parts to run, of ${parts.join(', ')}; the table takes the others as they were last run`,
    parseParts,
    [...parts],
  )
  .option('--table', 'run nothing, and write the table of what was run before', false);
parseOrExit(command);
const { only, table } = command.opts<{ only: readonly Part[]; table: boolean }>();

/** The commands whose parts have other names. */
const entries: Partial<Record<Part, string>> = {
  fleet: 'faulty-servers',
  steadiness: 'flakiness',
};

/** Runs a part, which says on the terminal what it finds; gives its exit code, null for none. */
const run = async (part: Part): Promise<number | null> => {
  console.log(`\n${part}`);
  const entry = join(import.meta.dirname, `${entries[part] ?? part}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', entry], { stdio: 'inherit' });
  const [status] = (await once(child, 'close')) as [number | null];
  return status;
};

await main('proof', async () => {
  const ended = new Map<Part, number | null>();
  for (const part of parts.filter((one) => !table && only.includes(one))) {
    ended.set(part, await run(part));
  }
  const which = (is: (status: number | null) => boolean): string =>
    [...ended].flatMap(([part, status]) => (is(status) ? [part] : [])).join(', ');
  const [failed, broken] = [which((one) => one === 1), which((one) => one !== 0 && one !== 1)];
  if (broken !== '') {
    throw new Error(`No table was written, as these parts came to no end: ${broken}`);
  }
  const { headline, lacks, outdated } = publish();
  console.log(`\n${headline}.`);
  for (const sentence of [...lacks, ...outdated]) console.error(`proof: ${sentence}`);
  if (failed !== '') console.error(`proof: What failed: ${failed}.`);
  const whole = failed === '' && lacks.length + outdated.length === 0;
  process.exitCode = whole ? 0 : 1;
});
