import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url));

/** Calls the command as a user would, with no more of an environment than is given. */
export const call = async (
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) => {
  const { PATH } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...flags], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: child.exitCode, out, err };
};
