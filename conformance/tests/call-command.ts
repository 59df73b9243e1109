import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../commands/program.ts';
import type { CommandContext, Terminal } from '../commands/terminal.ts';
import { createTransport } from '../http/transport.ts';
import { createFilter } from '../report/redaction.ts';

const cli = fileURLToPath(new URL('../leadgrid-conformance.js', import.meta.url));

/** Starts the command as a user would, with only this environment. */
const start = (flags: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
  const { PATH } = process.env;
  return spawn(process.execPath, [cli, ...flags], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
};

const finish = async (child: ReturnType<typeof start>) => {
  const ended = once(child, 'exit');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: child.exitCode, out, err };
};

/** Executes the command in a child process. */
export const callCommand = (
  flags: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Awaited<ReturnType<typeof finish>>> => finish(start(flags, environment));

/** Calls the command, and sends it a signal at its first output. */
export const interrupt = async (flags: readonly string[], signal: NodeJS.Signals) => {
  const child = start(flags);
  child.stderr.once('data', () => child.kill(signal));
  return finish(child);
};

/** Executes the command in this process, which is faster. */
export const callInProcess = async (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  {
    terminal,
    ...context
  }: Partial<Omit<CommandContext, 'terminal'>> & { readonly terminal?: Partial<Terminal> } = {},
) => {
  const result = { code: -1, out: '', err: '' };
  const filter = createFilter(environment);
  await runProgram(words, {
    terminal: {
      out: (text) => void (result.out += filter(text)),
      err: (text) => void (result.err += filter(text)),
      report: (text) => void (result.out += text),
      ...{ environment, color: false, interactive: false, width: () => 80 },
      interruption: new AbortController().signal,
      ...terminal,
    },
    connect: createTransport,
    surroundings: {
      now: Date.now,
      sleep: (milliseconds) => sleep(milliseconds),
    },
    randomSeed: () => 1,
    end: (code) => {
      result.code = code;
    },
    ...context,
  });
  return result;
};
