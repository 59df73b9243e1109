import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchProcess } from './commands/lifeline.ts';
import { runProgram } from './commands/program.ts';
import { createTerminal } from './commands/terminal.ts';
import { createTransport } from './http/transport.ts';

const terminal = createTerminal(process);
const { emergency, atSuddenEnd, finish } = watchProcess(process, terminal);
let exitCode = 0;

const headCommit = (): string | undefined => {
  try {
    const options = { encoding: 'utf8', timeout: 2_000, stdio: 'pipe' } as const;
    return execFileSync('git', ['rev-parse', '--verify', 'HEAD'], options).trim();
  } catch {
    return undefined;
  }
};

// Not awaited: a module that never settles would end the process with an exit code of its own.
void runProgram(process.argv.slice(2), {
  terminal,
  connect: createTransport,
  surroundings: {
    now: Date.now,
    // An interruption ends it.
    sleep: (time) => sleep(time, undefined, { signal: terminal.interruption }),
  },
  ...{ emergency, atSuddenEnd, headCommit },
  randomSeed: () => randomInt(2 ** 31),
  end: (code) => {
    exitCode = code;
  },
}).then(() => finish(exitCode));
