/**
 * `npm run fire [-- --requests N --kills N --seed N --only part,part --target URL --report FILE]`:
 * attacks the reference server with random requests, broken connections, crashes, full disks and
 * bad receivers, and checks its responses, its data and its memory.
 *
 * Exit codes: 0 no findings, 1 findings, 2 wrong usage, 4 the attack broke down.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InvalidArgumentError } from 'commander';
import { readContract } from '../openapi/contract.ts';
import { main, newCommand, parseCount, parseOrExit, repositoryRoot } from './cli/command.ts';
import { attack, parseTarget, partNames, partsForTargets, useTarget } from './fire/attack.ts';
import { formatFigures } from './fire/harness/findings.ts';
import { startServerProcess } from './fire/harness/server-process.ts';

const parseParts = (text: string): readonly string[] => {
  const parts = text.split(',');
  const unknown = parts.find((part) => !partNames.includes(part));
  if (unknown === undefined) return parts;
  throw new InvalidArgumentError(
    `"${unknown}" is not a part. The parts are ${partNames.join(', ')}.`,
  );
};

const command = newCommand('fire', 'Attack the reference server, and check that it still works.')
  .option('--requests <number>', 'number of requests of the fuzzer', parseCount, 20_000)
  .option('--kills <number>', 'number of kills under load', parseCount, 8)
  .option('--seed <number>', 'seed of the random requests', parseCount, 1)
  .option('--only <parts>', `parts of the attack to run: ${partNames.join(', ')}`, parseParts)
  .option(
    '--target <url>',
    `attacks a running server on this machine: ${partsForTargets.join(', ')}`,
    parseTarget,
  )
  .option('--report <file>', 'writes figures and findings to this file as JSON');
parseOrExit(command);
const { only, report, target, ...amounts } = command.opts<{
  requests: number;
  kills: number;
  seed: number;
  only?: readonly string[];
  target?: string;
  report?: string;
}>();

const possible = target === undefined ? partNames : partsForTargets;
const parts = only ?? possible;
const impossible = parts.find((part) => !possible.includes(part));
if (impossible !== undefined) {
  console.error(`fire: ${impossible} starts its own server. Remove this part or --target.`);
  process.exit(2);
}

await main('fire', async () => {
  const contract = readContract();
  const progress = process.stderr.isTTY
    ? (line: string) => void process.stderr.write(`\r${line}\u001b[K`)
    : () => undefined;
  // The built server, as users run it; starting from the sources takes seconds each time.
  const build = join(repositoryRoot, 'scripts', 'build', 'build.js');
  if (target === undefined) await promisify(execFile)(process.execPath, [build, 'leadgrid-mock']);
  const results = await attack({
    ...amounts,
    ...{ only: parts, short: false, contract },
    start: target === undefined ? startServerProcess : useTarget(target, contract),
    log: progress,
    done: (figures) => {
      progress('');
      console.log(formatFigures(figures));
    },
  });
  const findings = results.flatMap((figures) => figures.findings);
  const requests = results.reduce((sum, figures) => sum + figures.requests, 0);
  console.log(`${requests} requests, ${findings.length} findings (seed ${amounts.seed}).`);
  if (report !== undefined) await writeFile(report, `${JSON.stringify(results, null, 2)}\n`);
  if (findings.length > 0) process.exitCode = 1;
});
