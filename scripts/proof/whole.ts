/**
 * `npm run proof`: runs all parts of the proof one after the other, and writes the table.
 *
 * Exit codes: 0 all of it holds, 1 something got away or was accused without reason, 2 usage, 4 a
 * part broke down.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { newCommand, parseOrExit } from '../command.ts';
import { parts, type Part } from './record.ts';
import { publish } from './table/publish.ts';

const command = newCommand(
  'proof',
  'Prove that the suite catches faulty servers, and clears others.',
)
  .option(
    '--only <parts>',
    `the parts to run, of ${parts.join(', ')}; the table takes the others as they were last run`,
    (text) => text.split(',').filter((one) => one !== ''),
  )
  .option('--table', 'run nothing, and write the table of what was run before', false);
parseOrExit(command);
const { only, table } = command.opts<{ only?: string[]; table: boolean }>();
const unknown = only?.find((one) => !parts.some((part) => part === one));
if (unknown !== undefined) {
  console.error(`proof: There is no part "${unknown}". The parts are ${parts.join(', ')}.`);
  process.exit(2);
}

/** Whether the part found nothing wrong; it says on the terminal what it found. */
const run = (part: Part): boolean => {
  console.log(`\n${part}`);
  const entry = join(import.meta.dirname, `${part}.ts`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', entry], { stdio: 'inherit' });
  return status === 0;
};

const chosen = table ? [] : parts.filter((part) => only?.includes(part) ?? true);
const failed = chosen.filter((part) => !run(part));
try {
  const { headline, sound } = publish();
  console.log(`\n${headline}.`);
  if (failed.length > 0) console.error(`proof: What failed: ${failed.join(', ')}.`);
  process.exitCode = failed.length === 0 && sound ? 0 : 1;
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`proof: ${reason}`);
  process.exitCode = 4;
}
