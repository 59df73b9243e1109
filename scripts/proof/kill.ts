/**
 * `npm run proof:kill [-- --kills N --clients N --seed N]`: kills a server that keeps its data in a
 * file, under load, and compares what clients were told with what it holds after each restart.
 *
 * Exit codes: 0 nothing was lost, 1 something was, 2 usage, 4 the proof broke down.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContract } from '../../openapi/contract.ts';
import { main, newCommand, parseCount, parseOrExit } from '../command.ts';
import { parseAmount } from './amounts.ts';
import { proveKills } from './kill/prove.ts';

const command = newCommand('proof:kill', 'Kill a server under load, and look what is left.')
  .option('--kills <number>', 'how often to kill it', parseCount, 20)
  .option('--clients <number>', 'how many clients write at the same time', parseCount, 4)
  .option('--seed <number>', 'what the clients do is drawn from', parseAmount, 1);
parseOrExit(command);
const options = command.opts<{ kills: number; clients: number; seed: number }>();

await main('proof:kill', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-kill-'));
  try {
    const { scopes } = readContract();
    const file = join(folder, 'proof.db');
    const result = await proveKills({ ...options, file, scopes, log: console.log });
    const { acknowledged, whole, absent, differences } = result;
    console.log(
      `${options.kills} kills, ${acknowledged} acknowledged writes, ${whole + absent} without an ` +
        `answer (${whole} whole, ${absent} absent), ${differences.length} differences.`,
    );
    for (const difference of differences) console.error(difference);
    if (differences.length > 0) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true });
  }
});
