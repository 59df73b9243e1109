import { randomInt } from 'node:crypto';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from './commands/program.ts';
import { createTerminal } from './commands/terminal.ts';
import { createTransport } from './http/transport.ts';

const terminal = createTerminal(process);

await runProgram(process.argv.slice(2), {
  terminal,
  connect: createTransport,
  surroundings: {
    now: Date.now,
    // An interruption ends it.
    sleep: (time) => sleep(time, undefined, { signal: terminal.interruption }),
  },
  randomSeed: () => randomInt(2 ** 31),
  end: (exitCode) => {
    process.exitCode = exitCode;
  },
});
