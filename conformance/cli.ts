import { randomInt } from 'node:crypto';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { perform } from './commands/program.ts';
import { createTerminal } from './commands/terminal.ts';
import { createTransport } from './world/transport.ts';

const terminal = createTerminal(process);

await perform(process.argv.slice(2), {
  terminal,
  surroundings: {
    fetch: createTransport(),
    now: Date.now,
    // An interruption ends it.
    sleep: (time) => sleep(time, undefined, { signal: terminal.interruption }),
  },
  randomSeed: () => randomInt(2 ** 31),
  end: (exitCode) => {
    process.exitCode = exitCode;
  },
});
