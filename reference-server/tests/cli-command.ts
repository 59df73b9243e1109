import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The command starts from the build, which `scripts/build/fresh.js` renews before the tests. */
const [command, sources] = ['leadgrid-mock.js', 'cli.ts'].map((file) =>
  join(import.meta.dirname, '..', file),
) as [string, string];

/** Runs the command line in a child process. */
export const run = (
  args: readonly string[],
  environment: Record<string, string> = {},
): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [command, ...args], {
    env: { ...process.env, ...environment },
  });

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export const ending = async (child: ChildProcessWithoutNullStreams): Promise<Ending> => {
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, out, err };
};

/** A server that listens, started from the command line. */
export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly end: Promise<Ending>;
  /** Sends a signal, and waits until the server has ended. */
  readonly stop: (signal: NodeJS.Signals) => Promise<Ending>;
  readonly url: string;
  readonly control: string;
  /** Its output so far. */
  readonly text: string;
  /** Waits for a text in its output. */
  readonly waitForText: (words: string) => Promise<void>;
}

/** Waits until a server has printed its whole banner. */
export const started = async (child: ChildProcessWithoutNullStreams): Promise<Started> => {
  const end = ending(child);
  let text = '';
  child.stdout.on('data', (more: string) => (text += more));
  const waitForText = async (words: string): Promise<void> => {
    while (!text.includes(words)) await once(child.stdout, 'data');
  };
  await Promise.race([
    waitForText('Ctrl-C stops'),
    end.then(({ err }) => {
      throw new Error(`The server did not start: ${err}`);
    }),
  ]);
  const [, url = '', control = ''] = /listening at (\S+) \(control: (\S+)\)\n/.exec(text) ?? [];
  const stop = (signal: NodeJS.Signals): Promise<Ending> => {
    child.kill(signal);
    return end;
  };
  return { child, end, stop, url, control, text, waitForText };
};

export interface LaunchOptions {
  /** Options of node; they start the server from its sources. */
  readonly node?: readonly string[];
  /** A command that runs the rest of the command line. */
  readonly before?: readonly string[];
}

/** Starts a server without demo data, and waits until it listens. */
export const startEmpty = (args: readonly string[], options?: LaunchOptions): Promise<Started> =>
  started(launchEmpty(args, options));

/** Starts a server that can't run, and waits until it has ended. */
export const runEmpty = (args: readonly string[], options?: LaunchOptions): Promise<Ending> =>
  ending(launchEmpty(args, options));

const launchEmpty = (
  args: readonly string[],
  { node = [], before = [] }: LaunchOptions = {},
): ChildProcessWithoutNullStreams => {
  // The build ignores the loader's hooks, which node's options may install.
  const entry = node.length > 0 ? [...node, '--import', 'tsx', sources] : [command];
  const server = [process.execPath, ...entry];
  const options = ['--port', '0', '--empty', '--exit-with-parent'];
  const [program = '', ...rest] = [...before, ...server, ...options, ...args];
  return spawn(program, rest);
};
