import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '../../repository.ts';

/** A server that keeps what it is told in a file, as a user starts it. */
export interface ServerProcess {
  /** The base URL of the API. */
  readonly url: string;
  /** The base URL of the control API. */
  readonly controlUrl: string;
  /** Ends it as a crash would, and resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Ends it as a user would, and resolves when it is gone, with its exit code. */
  readonly stop: () => Promise<number | null>;
}

const announcement = /listening at (\S+) \(control: (\S+)\)/;

/** Starts a server on a database file and waits until it listens. */
export const startServerProcess = async (file: string): Promise<ServerProcess> => {
  const { child, said, gone } = launch(file);
  const announced = new Promise<RegExpExecArray>((resolve) => {
    child.stdout.on('data', () => {
      const found = announcement.exec(said.join(''));
      if (found) resolve(found);
    });
  });
  const found = await Promise.race([announced, gone]);
  if (!Array.isArray(found)) throw new Error(`The server did not start: ${said.join('')}`);
  const [, url = '', controlUrl = ''] = found;
  return {
    url,
    controlUrl,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    stop: () => {
      child.kill('SIGTERM');
      return gone;
    },
  };
};

/** Starts a server and kills it after so many milliseconds, wherever it is then. */
export const killAtStart = async (file: string, milliseconds: number): Promise<void> => {
  const { child, gone } = launch(file);
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await gone;
};

const launch = (file: string) => {
  const command = join(repositoryRoot, 'reference-server', 'cli.ts');
  // Whatever ends this process ends the server too.
  const options = ['--port', '0', '--empty', '--exit-with-parent', '--db', file];
  const child = spawn(process.execPath, ['--import', 'tsx', command, ...options]);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  }
  const gone = once(child, 'close').then(([code]) => code as number | null);
  return { child, said, gone };
};
