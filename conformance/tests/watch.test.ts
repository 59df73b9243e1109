import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Keyboard } from '../commands/terminal.ts';
import { callInProcess } from './call-command.ts';

const mock = fileURLToPath(new URL('../../reference-server/leadgrid-mock.js', import.meta.url));

/** Keys that are pressed one after the other, whenever one is waited for; none after the last. */
const keyboardOf = (...keys: readonly (string | (() => void))[]): Keyboard => {
  const left = [...keys];
  return {
    next: (signal) => {
      const key = left.shift();
      if (typeof key === 'string') return Promise.resolve(key);
      key?.();
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve(undefined);
        });
      });
    },
  };
};

const one = ['--only', 'flows/type-filter', '--runs', '2', '--watch'];
const runsIn = (err: string): number =>
  err.split('\n').filter((line) => /^Testing /.test(line)).length;

describe('a watched run', { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'watch-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('runs again on Enter, not on another key, and ends on q with the exit code of the last run', async () => {
    const keyboard = keyboardOf('x', '\r', '\n', 'q');
    const { code, err } = await callInProcess(one, {}, { terminal: { keyboard } });
    expect(code, err).toBe(0);
    expect(runsIn(err)).toBe(3);
    expect(err.match(/Press Enter to run again, or q to quit\./g)).toHaveLength(3);
    // The same seed each time, so that a failure repeats.
    expect(new Set(err.match(/seed \d+/g)).size).toBe(1);
  });

  it('goes on after a breakdown', async () => {
    const keyboard = keyboardOf('\r', '\u0003');
    const target = ['--target', 'http://127.0.0.1:1/api', '--control', 'http://127.0.0.1:1/c'];
    const { code, err } = await callInProcess([...target, ...one], {}, { terminal: { keyboard } });
    expect(code).toBe(4);
    expect(err.match(/No response from/g), err).toHaveLength(2);
  });

  it('ends when it is interrupted while it waits', async () => {
    const controller = new AbortController();
    const keyboard = keyboardOf(() => {
      controller.abort();
    });
    const terminal = { keyboard, interruption: controller.signal };
    const { code, err } = await callInProcess(one, {}, { terminal });
    expect(code, err).toBe(0);
    expect(runsIn(err)).toBe(1);
  });

  /** A command that starts the reference server, and how to end that server. */
  const prepare = async (wrap: (command: string) => string) => {
    const port = await freePort();
    const pidFile = join(folder, `${port}.pid`);
    const flags = `--port ${port} --empty`;
    const serve = `sh -c 'echo $$ >${pidFile}; exec ${process.execPath} ${mock} ${flags}'`;
    const target = ['--target', `http://127.0.0.1:${port}/api/v1`];
    const control = ['--control', `http://127.0.0.1:${port}/control/v1`];
    const kill = (): void => {
      process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
    };
    return { words: [...target, ...control, '--start', wrap(serve), ...one], kill };
  };

  it.each([
    ['ends', (command: string) => `exec ${command}`],
    ['is restarted', (command: string) => `while true; do ${command}; sleep 0.2; done`],
  ])('runs again when the server of --start %s', async (_, wrap) => {
    const { words, kill } = await prepare(wrap);
    const keyboard = keyboardOf(kill, () => undefined, 'q');
    const controller = new AbortController();
    let err = '';
    const terminal = {
      keyboard,
      interruption: controller.signal,
      err: (text: string) => {
        err += text;
        // The second run has ended.
        if ((err.match(/Press Enter/g) ?? []).length === 2) controller.abort();
      },
    };
    const { code } = await callInProcess(words, {}, { terminal });
    expect(code, err).toBe(0);
    expect(err).toContain('The server of --start ended or restarted. Running again.');
    expect(runsIn(err)).toBe(2);
    await sleep(100);
  });
});

const freePort = async (): Promise<number> => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
};
