import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../cli/command.ts';
import type { Sample } from './measure.ts';
import type { Row } from './table.ts';
import { openSecureWay, openSlowWay, type Way } from './ways.ts';

const command = join(repositoryRoot, 'conformance', 'leadgrid-conformance.js');
const sources = ['--import', 'tsx', join(repositoryRoot, 'conformance', 'cli.ts')];
const rule = ['--only', 'flows/fields'];

/** What Node executes, by its name in the table. */
const starts: Readonly<Record<string, readonly string[]>> = {
  'node alone': ['--eval', ''],
  '--help': [command, '--help'],
  '--help, from the sources': [...sources, '--help'],
  list: [command, 'list'],
  'one rule, with its server': [command, ...rule],
  'one rule, from the sources': [...sources, ...rule],
};

/** Whole runs, by their name in the table; each on the reference server, started for it or not. */
const runs: readonly {
  readonly what: string;
  readonly flags: readonly string[];
  readonly open?: () => Promise<Way>;
}[] = [
  { what: 'smoke, with its server', flags: ['--profile', 'smoke'] },
  { what: 'quick, with its server', flags: ['--profile', 'quick'] },
  { what: 'standard, with its server', flags: [] },
  { what: 'smoke over TLS', flags: ['--profile', 'smoke'], open: openSecureWay },
  { what: 'standard over TLS', flags: [], open: openSecureWay },
  { what: 'smoke, 100 ms added', flags: ['--profile', 'smoke'], open: openSlowWay },
  { what: 'standard, 100 ms added', flags: [], open: openSlowWay },
];

/** Prints the most memory that the process had, in KB, when it ends. */
const meter = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write(`\\n${process.resourceUsage().maxRSS} KB\\n`))",
)}`;

/**
 * Measures how long commands of the suite take, from start to end, and their memory. They aren't
 * pinned to a core: the suite and the server that it starts work side by side.
 */
export const measureSuite = async (plan: SuitePlan): Promise<Row[]> => {
  const measured = Object.entries(starts).map(([what, words]) => emptyCase(what, words));
  for (let round = 0; round < 2 * plan.rounds + 1; round += 1) {
    for (const one of measured) await measure(one, one.words);
  }
  plan.log('suite: starts done');
  const whole = runs.map(({ what, flags, open }) => ({ ...emptyCase(what, flags), open }));
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const one of whole) await measureRun(one);
    plan.log(`suite: round ${round} of ${plan.rounds}`);
  }
  const all = [...measured, ...whole];
  return [
    ...all.map(({ what, times: samples }) => ({
      ...{ part: 'suite', what, samples, unit: 'ms', comparedWith: 'node alone' },
    })),
    ...all.map(({ what, memory: samples }) => ({
      ...{ part: 'suite, memory', what, samples, unit: 'MB at most', comparedWith: 'node alone' },
    })),
  ];
};

interface SuitePlan {
  readonly rounds: number;
  readonly log: (line: string) => void;
}

interface Case {
  readonly what: string;
  readonly words: readonly string[];
  readonly times: Sample[];
  readonly memory: Sample[];
}

const emptyCase = (what: string, words: readonly string[]): Case => ({
  ...{ what, words, times: [], memory: [] },
});

const measure = async ({ times, memory }: Case, words: readonly string[]): Promise<void> => {
  const { milliseconds, megabytes } = await runOnce(words);
  times.push({ perSecond: milliseconds, time: undefined });
  memory.push({ perSecond: megabytes, time: undefined });
};

/** A run has a seed, so that all rounds send the same. */
const measureRun = async (one: Case & { readonly open?: (() => Promise<Way>) | undefined }) => {
  const way = await one.open?.();
  try {
    await measure(one, [command, ...one.words, ...(way?.flags ?? []), '--seed', '1']);
  } finally {
    await way?.close();
  }
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
