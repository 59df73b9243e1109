import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { type JsonObject, objectAt, operationsOf, textAt } from '../contract/description.ts';

export interface Prism {
  /** Resolves when the process is gone; with what it last said, if nobody asked it to end. */
  ended: Promise<string | undefined>;
  /** Asks it to end; `ended` tells when it has. */
  stop: () => void;
}

/** Prism said this, or ended, before it was ready. */
export class PrismFailed extends Error {}

export interface PrismOptions {
  readonly host: string;
  readonly port: number;
  /** What to stand before, as a proxy that holds each answer against the bundle. A mock without. */
  readonly upstream?: string;
}

/**
 * Starts Prism as a child process and waits until it listens.
 * After that, each line of its log goes to `log`.
 */
export const startPrism = async (
  bundle: string,
  { host, port, upstream }: PrismOptions,
  log: (line: string) => void,
): Promise<Prism> => {
  const program = fileURLToPath(import.meta.resolve('@stoplight/prism-cli/dist/index.js'));
  const command = upstream === undefined ? ['mock', bundle] : ['proxy', bundle, upstream];
  // One process without forks of its own, so that ending it leaves nothing behind.
  const options = ['--host', host, '--port', String(port), '--multiprocess', 'false'];
  const child = spawn(process.execPath, [program, ...command, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  let asked = false;
  let last = '';
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('close', (code) => {
      resolve(asked ? undefined : `${last} (exit code ${code ?? 'none'})`);
    });
  });
  const stop = (): void => {
    asked = true;
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

/** A port can't be had; `code` is that of the system, such as EADDRINUSE. */
export class PortRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`port refused: ${code}`);
    this.code = code;
  }
}

/** The port itself if it can be listened on, or any free one for 0. */
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

/** A call to the first operation that needs nothing but a key. */
export const curlExample = (bundle: JsonObject, baseUrl: string): string => {
  const schemes = Object.values(objectAt(objectAt(bundle, 'components'), 'securitySchemes'));
  const prefix = schemes.map((scheme) => textAt(scheme, 'x-key-prefix')).find(Boolean) ?? '';
  const simple = operationsOf(bundle).find(
    ({ method, path }) => method === 'get' && !path.includes('{'),
  );
  return `curl -H 'Authorization: Bearer ${prefix}any' ${baseUrl}${simple?.path ?? '/'}`;
};
