import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A shell command that runs with all that it starts in turn. */
export interface ProcessGroup {
  /** Resolves when the command has ended, by itself or not. */
  readonly end: Promise<unknown>;
  /** How the command ended, as the end of a sentence; undefined as long as it runs. */
  readonly ending: () => string | undefined;
  /** What it said last. */
  readonly lastLines: () => readonly string[];
  /** Asks everything in it to end, and makes it after so many milliseconds. */
  readonly stop: (grace: number) => Promise<void>;
}

/**
 * Starts the command that it is given. Its input ends where the suite does, even if that is killed:
 * then whatever is left in the group is ended, as nobody else would do it any more.
 */
const script = `exec 3<&0
(cat <&3; trap '' TERM; kill -TERM 0; sleep 5; kill -KILL 0) >/dev/null 2>&1 &
exec 3<&-
exec /bin/sh -c "$1" </dev/null`;

/** So much is told of a server that failed. */
const mostLines = 20;

/** Runs a shell command in a process group of its own, its output kept. */
export const runGroup = (command: string): ProcessGroup => {
  const child = spawn('/bin/sh', ['-c', script, 'sh', command], { detached: true, stdio: 'pipe' });
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > mostLines) lines.shift();
    });
  }
  // Not before all of its output was read.
  const end = once(child, 'close');
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // Nobody is left in the group.
    }
  };
  return {
    end,
    ending: () => {
      if (child.signalCode !== null) return `was ended by ${child.signalCode}`;
      return child.exitCode === null ? undefined : `ended with exit code ${String(child.exitCode)}`;
    },
    lastLines: () => lines,
    stop: async (grace) => {
      signal('SIGTERM');
      await Promise.race([end, sleep(grace, undefined, { ref: false })]);
      signal('SIGKILL');
      await end;
    },
  };
};
