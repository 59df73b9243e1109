import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../cli/command.ts';

export interface MockProcess {
  /** Resolves with the first line that names a base URL; rejects if the process ends before. */
  baseUrl: Promise<string>;
  ended: Promise<{ exitCode: number | null; output: string }>;
  interrupt: () => void;
}

/** Runs scripts/mock.ts in a child process. */
export const runMock = (...options: string[]): MockProcess => {
  const script = join(repositoryRoot, 'scripts', 'mock.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...options], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<{ exitCode: number | null; output: string }>((resolve) => {
    child.once('close', (exitCode) => {
      resolve({ exitCode, output });
    });
  });
  const baseUrl = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        const [, url] = /Mock at (\S+)/.exec(output) ?? [];
        if (url !== undefined) resolve(url);
      });
    }
    void ended.then(() => {
      reject(new Error(`the mock ended: ${output}`));
    });
  });
  // A test that expects the mock to end doesn't ask for its URL.
  baseUrl.catch(() => undefined);
  return { baseUrl, ended, interrupt: () => child.kill('SIGINT') };
};
