import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const [command, sources] = ['leadgrid-mock.js', 'cli.ts'].map((file) =>
  join(import.meta.dirname, '..', file),
) as [string, string];

/** A server started from the command line. */
export interface Started {
  readonly url: string;
  readonly control: string;
  /** Sends a signal, and waits until the server has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ending>;
}

export interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Options {
  /** Options of node; they start the server from its sources. */
  readonly node?: readonly string[];
  /** A command that runs the rest of the command line. */
  readonly before?: readonly string[];
}

/** Starts a server without demo data, and waits until it listens. */
export const start = async (args: readonly string[], wish?: Options): Promise<Started> => {
  const { child, ending } = launch(args, wish);
  const line = await Promise.race([once(child.stdout, 'data').then(String), ending]);
  if (typeof line !== 'string') throw new Error(`The server did not start: ${line.err}`);
  const [, url = '', control = ''] = /listening at (\S+) \(control: (\S+)\)/.exec(line) ?? [];
  return {
    url,
    control,
    end: (signal) => {
      child.kill(signal);
      return ending;
    },
  };
};

/** Starts a server that can't run, and waits until it has ended. */
export const run = (args: readonly string[], wish?: Options): Promise<Ending> =>
  launch(args, wish).ending;

const launch = (args: readonly string[], { node = [], before = [] }: Options = {}) => {
  // The build ignores the loader's hooks; it is renewed by `fresh-build.js` before the tests.
  const entry = node.length > 0 ? [...node, '--import', 'tsx', sources] : [command];
  const server = [process.execPath, ...entry];
  const options = ['--port', '0', '--empty', '--exit-with-parent'];
  const [program = '', ...rest] = [...before, ...server, ...options, ...args];
  const child = spawn(program, rest);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ending = once(child, 'close').then(([code]): Ending => ({
    code: code as number,
    out,
    err,
  }));
  return { child, ending };
};
