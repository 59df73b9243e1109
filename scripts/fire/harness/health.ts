import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, type Findings, repeatCommand } from './findings.ts';
import type { ProcessMeasures, ServerProcess } from './server-process.ts';

/** How much more a server may hold after an attack than before, in bytes, when all is deleted. */
const mostKept = 64 * 2 ** 20;
/** The same for memory that the system counts as the server's. */
const mostResident = 256 * 2 ** 20;
/** Descriptors may differ by what the server opens when it first needs it. */
const mostDescriptors = 4;
/** How long a server may take to let go of connections that are gone, in milliseconds. */
const patience = 8_000;

/** Compares what a server holds with what it held before, and puts it into the ledger. */
export const compareMemory = async (
  attack: Attack,
  ledger: Findings,
  server: ServerProcess,
  before: ProcessMeasures,
): Promise<void> => {
  const after = await settle(server, before);
  const show = ({ rss, held, descriptors }: ProcessMeasures): string =>
    `${megabytes(rss)} resident, ${megabytes(held)} held, ${descriptors} descriptors`;
  const peak = server.peak();
  const most = peak === undefined ? '' : `; at most ${megabytes(peak)} resident`;
  ledger.note(`before: ${show(before)}; after: ${show(after)}${most}`);
  const repeat = repeatCommand(attack, ledger.part);
  const find = (what: string): void => {
    ledger.find(what.replaceAll(/\d+/g, '#'), { what, repeat });
  };
  if (after.held - before.held > mostKept) {
    find(`the server holds ${megabytes(after.held - before.held)} more than before`);
  }
  if (after.rss - before.rss > mostResident) {
    find(`the server is ${megabytes(after.rss - before.rss)} larger than before`);
  }
  if (after.descriptors - before.descriptors > mostDescriptors) {
    const more = after.descriptors - before.descriptors;
    find(`${more} descriptors are open ${patience / 1000} s after all connections were closed`);
  }
};

/** Waits until descriptors are back, as long as that may take. */
const settle = async (server: ServerProcess, before: ProcessMeasures): Promise<ProcessMeasures> => {
  const end = performance.now() + patience;
  for (;;) {
    const now = await server.measure();
    const isBack = now.descriptors - before.descriptors <= mostDescriptors;
    if (isBack || performance.now() > end) return now;
    await sleep(200);
  }
};

export const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** How long a server may take to stop, in milliseconds: for answers, then for deliveries. */
const stopPatience = 8_000;

/** Stops a server, and finds whatever keeps it from stopping. */
export const stopInTime = async (
  attack: Attack,
  ledger: Findings,
  server: ServerProcess,
  circumstances: string,
): Promise<void> => {
  if (server.isGone()) return;
  const late = sleep(stopPatience, 'late' as const, { ref: false });
  const end = await Promise.race([server.stop(), late]);
  if (end === 0) return;
  const what =
    end === 'late'
      ? `the server is still there ${stopPatience / 1000} s after SIGTERM, ${circumstances}`
      : `the server stopped with exit code ${String(end)}, ${circumstances}`;
  ledger.find(`stop ${circumstances}`, { what, repeat: repeatCommand(attack, ledger.part) });
  if (end === 'late') await server.kill();
};

/** Finds that a server has ended by itself. */
export const findGone = async (
  attack: Attack,
  ledger: Findings,
  server: ServerProcess,
  cause: string,
  repeat: string = repeatCommand(attack, ledger.part),
): Promise<void> => {
  const code = await server.gone;
  const lines = server.complaints().trim().split('\n');
  const line = lines.find((one) => /\bError\b/.test(one)) ?? lines.at(-1) ?? '';
  ledger.find(`gone ${cause}`, {
    what: `the server ended (exit code ${String(code)}) ${cause}, saying "${line.trim()}"`,
    repeat,
  });
};
