import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repeatCommand, type Part } from '../part.ts';
import { proveKills } from './prove.ts';

/** How many clients write at the same time. */
const clients = 4;

/** Kills a server under load, and compares what was acknowledged with what it has afterwards. */
export const attackByKills: Part = async (attack, ledger) => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-fire-'));
  const { kills, seed, start, log, contract } = attack;
  try {
    const file = join(folder, 'kills.db');
    const result = await proveKills({
      ...{ kills, clients, seed, start, file, log, scopes: contract.scopes },
      count: ledger.count,
    });
    const { acknowledged, whole, absent } = result;
    ledger.note(
      `${kills} kills, ${acknowledged} acknowledged writes, ${whole + absent} without an answer ` +
        `(${whole} whole, ${absent} absent)`,
    );
    const repeat = `${repeatCommand(attack, ledger.part)} --kills ${kills}`;
    for (const what of result.differences) ledger.find(what, { what, repeat });
  } finally {
    await rm(folder, { recursive: true });
  }
};
