import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repeatCommand, type Part } from '../part.ts';
import { corrupt } from './corrupt.ts';
import { fillDisk, fillFile } from './full.ts';
import { lock } from './locked.ts';
import { takeAway } from './taken.ts';

/** A disk that is full, a file that is locked, deleted or damaged. */
export const attackDisk: Part = async (attack, ledger) => {
  const quick = { fillFile, lock, takeAway, corrupt };
  const steps = attack.short ? quick : { ...quick, fillDisk };
  for (const [name, step] of Object.entries(steps)) {
    attack.log(name);
    const folder = await mkdtemp(join(tmpdir(), 'leadgrid-fire-'));
    try {
      await step({
        ...{ attack, ledger, folder },
        find: (what) => {
          const kind = what.split(':', 1).join().replaceAll(/\d+/g, '#');
          ledger.find(kind, { what, repeat: repeatCommand(attack, ledger.part) });
        },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
};
