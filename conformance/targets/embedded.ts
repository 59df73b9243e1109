import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { brokenDown } from '../breakdown.ts';

/** The reference server of this kit, running as a process of its own. */
export interface EmbeddedServer {
  readonly url: string;
  readonly controlUrl: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the reference server on a free port. It is met over HTTP like any other target, and ends
 * with this process whatever happens to it.
 *
 * @throws Breakdown when it ends before it listens
 */
export const startReferenceServer = async (): Promise<EmbeddedServer> => {
  const entry = fileURLToPath(new URL('../../reference-server/cli.ts', import.meta.url));
  const flags = ['--port', '0', '--empty', '--self-check', '--exit-with-parent'];
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C goes to a whole process group; this one is still needed to tell what is known.
    detached: true,
  });
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const urls = await Promise.race([announcement(child.stdout), ended]);
  if (!urls) {
    throw brokenDown(
      'The reference server ended before it listened. Run `npm start` to see what it says.',
    );
  }
  return {
    ...urls,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

const announcement = async (output: NodeJS.ReadableStream) => {
  for await (const line of createInterface({ input: output })) {
    const [, url, controlUrl] = /listening at (\S+) \(control: (\S+)\)/.exec(line) ?? [];
    if (url && controlUrl) {
      output.resume();
      return { url, controlUrl };
    }
  }
  return undefined;
};
