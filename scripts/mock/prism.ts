import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { type JsonObject, objectAt, operationsOf, textAt } from '../contract/description.ts';

export interface Prism {
  /** Resolves when the process has ended; with its last output, unless `stop` was called. */
  ended: Promise<string | undefined>;
  /** Ends the process; `ended` resolves then. */
  stop: () => void;
}

/** Prism failed or ended before it was ready. */
export class PrismFailed extends Error {}

export interface PrismOptions {
  readonly host: string;
  readonly port: number;
  /**
   * The server behind it: Prism is then a proxy that checks each response against the bundle.
   * Without it Prism is a mock.
   */
  readonly upstream?: string;
}

/**
 * Starts Prism as a child process and waits until it listens. From then on each line of its log is
 * passed to `log`.
 */
export const startPrism = async (
  bundle: string,
  { host, port, upstream }: PrismOptions,
  log: (line: string) => void,
): Promise<Prism> => {
  const program = fileURLToPath(import.meta.resolve('@stoplight/prism-cli/dist/index.js'));
  const command = upstream === undefined ? ['mock', bundle] : ['proxy', bundle, upstream];
  // A single process without forks, so that ending it leaves nothing running.
  const options = ['--host', host, '--port', String(port), '--multiprocess', 'false'];
  const child = spawn(process.execPath, [program, ...command, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  let stopped = false;
  let last = '';
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('close', (code) => {
      resolve(stopped ? undefined : `${last} (exit code ${code ?? 'none'})`);
    });
  });
  const stop = (): void => {
    stopped = true;
    child.kill('SIGTERM');
  };
  let ready = false;
  const listening = new Promise<void>((resolve) => {
    eachLine(child, (line) => {
      last = line;
      if (ready) log(line);
      else if (line.includes('Prism is listening')) {
        ready = true;
        resolve();
      }
    });
  });
  const failure = await Promise.race([listening, ended.then((said) => said ?? 'stopped')]);
  if (typeof failure === 'string') throw new PrismFailed(failure);
  return { ended, stop };
};

const eachLine = (child: ChildProcess, take: (line: string) => void): void => {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      lines
        .map((line) => stripVTControlCharacters(line).trim())
        .filter((line) => line !== '')
        .forEach(take);
    });
  }
};

/** A port can't be used; `code` is the system's, such as EADDRINUSE. */
export class PortRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`port refused: ${code}`);
    this.code = code;
  }
}

/** Returns the port if it is free, or any free one for 0. */
export const claimPort = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new PortRefused(error.code ?? error.message));
    });
    server.listen(port, host, () => {
      const address = server.address();
      const claimed = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => {
        resolve(claimed);
      });
    });
  });

/** A curl command for the first operation that needs only an API key. */
export const curlExample = (bundle: JsonObject, baseUrl: string): string => {
  const schemes = Object.values(objectAt(objectAt(bundle, 'components'), 'securitySchemes'));
  const prefix = schemes.map((scheme) => textAt(scheme, 'x-key-prefix')).find(Boolean) ?? '';
  const simple = operationsOf(bundle).find(
    ({ method, path }) => method === 'get' && !path.includes('{'),
  );
  return `curl -H 'Authorization: Bearer ${prefix}any' ${baseUrl}${simple?.path ?? '/'}`;
};
