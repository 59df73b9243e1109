import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../cli/command.ts';
import type { Sample } from './measure.ts';
import type { Row } from './table.ts';

const command = join(repositoryRoot, 'conformance', 'leadgrid-conformance.js');
const sources = ['--import', 'tsx', join(repositoryRoot, 'conformance', 'cli.ts')];
const rule = ['--only', 'flows/fields'];

/** What Node executes, by its name in the table. */
const runs: Readonly<Record<string, readonly string[]>> = {
  'node alone': ['--eval', ''],
  '--help': [command, '--help'],
  '--help, from the sources': [...sources, '--help'],
  list: [command, 'list'],
  'one rule, with its server': [command, ...rule],
  'one rule, from the sources': [...sources, ...rule],
};

/** Prints the most memory that the process had, in KB, when it ends. */
const meter = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write(`\\n${process.resourceUsage().maxRSS} KB\\n`))",
)}`;

/**
 * Measures how long commands of the suite take, from start to end, and their memory. They aren't
 * pinned to a core: the suite and the server that it starts work side by side.
 */
export const measureSuite = async (plan: {
  readonly rounds: number;
  readonly log: (line: string) => void;
}): Promise<Row[]> => {
  const measured = Object.entries(runs).map(([what, words]) => ({
    ...{ what, words, times: [] as Sample[], memory: [] as Sample[] },
  }));
  for (let round = 0; round < 2 * plan.rounds + 1; round += 1) {
    for (const { words, times, memory } of measured) {
      const { milliseconds, megabytes } = await runOnce(words);
      times.push({ perSecond: milliseconds, time: undefined });
      memory.push({ perSecond: megabytes, time: undefined });
    }
  }
  plan.log('suite: done');
  return [
    ...measured.map(({ what, times: samples }) => ({
      ...{ part: 'suite', what, samples, unit: 'ms', comparedWith: 'node alone' },
    })),
    ...measured.map(({ what, memory: samples }) => ({
      ...{ part: 'suite, memory', what, samples, unit: 'MB at most', comparedWith: 'node alone' },
    })),
  ];
};

/** @throws Error when the command fails */
const runOnce = async (words: readonly string[]) => {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', meter, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'exit');
  const milliseconds = performance.now() - begun;
  if (!child.stderr.readableEnded) await once(child.stderr, 'end');
  const [, kilobytes] = /\n(\d+) KB\n$/.exec(said) ?? [];
  if (child.exitCode === 0 && kilobytes !== undefined) {
    return { milliseconds, megabytes: Number(kilobytes) / 1024 };
  }
  throw new Error(`${words.join(' ')} failed: ${said.trim().slice(-300)}`);
};
