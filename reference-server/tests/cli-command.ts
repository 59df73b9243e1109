import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Starts from the build, which `fresh-build.js` renews before the tests. */
const command = join(import.meta.dirname, '..', 'leadgrid-mock.js');

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
  return { child, end, url, control, text, waitForText };
};
