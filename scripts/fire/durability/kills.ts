import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repeatCommand, type Part } from '../part.ts';
import { proveKills } from './prove.ts';

/** How many clients write at the same time. */
const clients = 4;

/** Kills of one file; with more, reading all that is in it takes most of the time. */
const killsOfFile = 25;

/** Kills a server under load, and compares what was acknowledged with what it has afterwards. */
export const attackByKills: Part = async (attack, ledger) => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-fire-'));
  const sum = { acknowledged: 0, whole: 0, absent: 0 };
  try {
    for (let done = 0; done < attack.kills; done += killsOfFile) {
      const result = await proveKills({
        kills: Math.min(killsOfFile, attack.kills - done),
        ...{ clients, seed: attack.seed + done, start: attack.start, log: attack.log },
        ...{ file: join(folder, `${done}.db`), scopes: attack.contract.scopes },
        count: ledger.count,
      });
      for (const name of ['acknowledged', 'whole', 'absent'] as const) sum[name] += result[name];
      const repeat = `${repeatCommand(attack, ledger.part)} --kills ${attack.kills}`;
      for (const what of result.differences) ledger.find(what, { what, repeat });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  ledger.note(
    `${attack.kills} kills, ${sum.acknowledged} acknowledged writes, ` +
      `${sum.whole + sum.absent} without an answer (${sum.whole} whole, ${sum.absent} absent)`,
  );
};
