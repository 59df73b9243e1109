/**
 * `npm run bench`: measures the speed and memory of the reference server, compared with the
 * frameworks that it uses, and the start of the suite. Prints a table, and saves it after a complete
 * run.
 *
 * Exit codes: 0 measured, 2 usage, 4 a server failed.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { Option } from 'commander';
import { canPin } from './bench/measure.ts';
import { type BenchPlan, type PartName, parts } from './bench/parts.ts';
import { formatTable, type Row } from './bench/table.ts';
import { main, newCommand, parseCount, parseOrExit, repositoryRoot } from './cli/command.ts';

const names = Object.keys(parts) as PartName[];
const resultsFile = join(repositoryRoot, 'scripts', 'bench', 'results.md');

const command = newCommand('bench', 'Measure the reference server, and the start of the suite.')
  .addOption(new Option('--only <parts...>', 'these parts').choices(names))
  .option('--quick', 'few rounds and few dossiers, in under a minute')
  .option('--rounds <number>', 'rounds of each part', parseCount)
  .option('--dossiers <number>', 'dossiers of the big organisation', parseCount)
  .option(
    '--out <file>',
    'save the table in this file (a complete run: in scripts/bench/results.md)',
  );
parseOrExit(command);
const options = command.opts<{
  only?: readonly PartName[];
  quick?: true;
  rounds?: number;
  dossiers?: number;
  out?: string;
}>();

const usual = options.quick
  ? { rounds: 1, seconds: 1, dossiers: 5_000 }
  : { rounds: 3, seconds: 2, dossiers: 100_000 };

/** Whether all parts run with the default numbers. */
const isWhole = !options.only && !options.quick && !options.rounds && !options.dossiers;

const run = async (): Promise<void> => {
  const [load = NaN] = loadavg();
  // Measures what users start: up-to-date builds.
  const build = join(repositoryRoot, 'scripts', 'build', 'build.js');
  await promisify(execFile)(process.execPath, [build]);
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-bench-'));
  const { rounds = usual.rounds, dossiers = usual.dossiers } = options;
  const log = (line: string): void => {
    console.error(line);
  };
  const quick = options.quick ?? false;
  const plan: BenchPlan = { rounds, dossiers, seconds: usual.seconds, quick, folder, log };
  const rows: Row[] = [];
  try {
    for (const name of options.only ?? names) rows.push(...(await parts[name](plan)));
  } finally {
    await rm(folder, { recursive: true });
  }
  const given = process.argv.slice(2).join(' ');
  const table = formatTable(rows, {
    command: given === '' ? 'npm run bench' : `npm run bench -- ${given}`,
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    ...{ cores: cpus().length, load, rounds, dossiers, pinned: canPin },
  });
  console.log(table);
  const file = options.out ?? (isWhole ? resultsFile : undefined);
  if (file === undefined) return;
  await writeFile(file, table);
  console.error(`Saved in ${relative(process.cwd(), file)}.`);
};

await main('bench', run);
