import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../leadgrid-conformance.js', import.meta.url));

/** Starts the command as a user would, with no more of an environment than is given. */
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

/** Calls the command, and waits for its end. */
export const call = (
  flags: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Awaited<ReturnType<typeof finish>>> => finish(start(flags, environment));

/** Calls the command, and sends it a signal as soon as it says something. */
export const interrupt = async (flags: readonly string[], signal: NodeJS.Signals) => {
  const child = start(flags);
  child.stderr.once('data', () => child.kill(signal));
  return finish(child);
};
