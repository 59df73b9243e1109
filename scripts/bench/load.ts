import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pinned, timeOf, type Measured } from './process.ts';

/** Requests of one kind. */
export interface Requests {
  readonly url: string;
  readonly key?: string;
  /** Sent as JSON by POST; `[<id>]` in it is another one for each request. */
  readonly body?: string;
}

/** One measurement: more requests in a second, and less time for each, is better. */
export interface Sample {
  readonly perSecond: number;
  /** Microseconds of the server's core for each request. */
  readonly time: number | undefined;
}

interface Result {
  readonly duration: number;
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
}

// A load generator of its own process, which comes with all that a client needs: keep-alive, several
// connections, bodies with ids.
const program = fileURLToPath(import.meta.resolve('autocannon'));

/** What ends the load: seconds, or a number of requests. */
export type Extent = { readonly seconds: number } | { readonly requests: number };

/** Puts a server under load from the other core. */
export const load = async (
  server: Measured,
  { url, key, body }: Requests,
  extent: Extent,
  connections = 20,
): Promise<Sample> => {
  const options = [
    ...['--json', '--no-progress', '-c', String(connections)],
    ...('seconds' in extent ? ['-d', String(extent.seconds)] : ['-a', String(extent.requests)]),
    ...(key === undefined ? [] : ['-H', `Authorization=Bearer ${key}`]),
    ...(body === undefined
      ? []
      : ['-m', 'POST', '-I', '-b', body, '-H', 'Content-Type=application/json']),
    url,
  ];
  const before = timeOf(server);
  const [command = '', ...args] = pinned('client', [process.execPath, program, ...options]);
  const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 2 ** 24 });
  const after = timeOf(server);
  const result = JSON.parse(stdout) as Result;
  const count = result['2xx'];
  const wrong = result.non2xx + result.errors;
  if (wrong > 0)
    throw new Error(`${url} answered ${count} requests with success, ${wrong} otherwise`);
  return {
    perSecond: count / result.duration,
    time:
      before === undefined || after === undefined || count === 0
        ? undefined
        : (after - before) / count,
  };
};
