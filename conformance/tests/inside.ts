import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../commands/program.ts';
import { createTransport } from '../http/transport.ts';
import { createFilter } from '../report/redaction.ts';

/** Calls the command as `call` does, but in this process, which is there already. */
export const callInside = async (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) => {
  const said = { code: -1, out: '', err: '' };
  const filter = createFilter(environment);
  await runProgram(words, {
    terminal: {
      out: (text) => void (said.out += filter(text)),
      err: (text) => void (said.err += filter(text)),
      ...{ filter, environment, color: false, interactive: false, width: () => 80 },
      interruption: new AbortController().signal,
    },
    surroundings: {
      fetch: createTransport(),
      now: Date.now,
      sleep: (milliseconds) => sleep(milliseconds),
    },
    randomSeed: () => 1,
    end: (code) => {
      said.code = code;
    },
  });
  return said;
};
