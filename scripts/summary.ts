/**
 * `tsx scripts/summary.ts <results> <exit code>`: the ten slowest test files of a run, and its last
 * line, "N passed, N failed".
 *
 * `results` is what vitest's JSON reporter wrote. A check that failed although no test did (or
 * before any ran) counts as one failure. Exit codes: 0 printed, 2 usage.
 */
import { readFileSync } from 'node:fs';
import { repositoryRoot } from './cli/command.ts';
import { slowestFiles, textLine } from './cli/test-summary.ts';

const [results, exitCode, ...rest] = process.argv.slice(2);
if (results === undefined || exitCode === undefined || rest.length > 0) {
  console.error('summary: needs the file of the results and the exit code of the check.');
  process.exit(2);
}

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

const text = read(results);
if (text !== undefined) {
  console.log('\nThe slowest test files:');
  for (const line of slowestFiles(text, repositoryRoot, 10)) console.log(line);
}
console.log(textLine(text, Number(exitCode)));
