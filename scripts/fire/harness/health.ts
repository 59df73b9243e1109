import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, type Findings, repeatCommand } from './findings.ts';
import type { ProcessMeasures, ServerProcess } from './server-process.ts';

/** How much the memory in use may grow by an attack, in bytes, after all data is deleted. */
const maxHeldGrowth = 64 * 2 ** 20;
/** How much the resident memory may grow, in bytes. */
const maxResidentGrowth = 256 * 2 ** 20;
/** How many more descriptors may be open: the server opens some on first use. */
const maxDescriptorGrowth = 4;
/** How long a server may take to release closed connections, in milliseconds. */
const patience = 8_000;

/** Compares a server's memory and descriptors with those before; notes them and reports growth. */
export const compareMemory = async (
  attack: Attack,
  findings: Findings,
  server: ServerProcess,
  before: ProcessMeasures,
): Promise<void> => {
  const after = await settle(server, before);
  const show = ({ rss, held, descriptors }: ProcessMeasures): string =>
    `${megabytes(rss)} resident, ${megabytes(held)} held, ${descriptors} descriptors`;
  const peak = server.peak();
  const most = peak === undefined ? '' : `; at most ${megabytes(peak)} resident`;
  findings.note(`before: ${show(before)}; after: ${show(after)}${most}`);
  const repeat = repeatCommand(attack, findings.part);
  const report = (what: string): void => {
    findings.add(what.replaceAll(/\d+/g, '#'), { what, repeat });
  };
  if (after.held - before.held > maxHeldGrowth) {
    report(`the server holds ${megabytes(after.held - before.held)} more memory than before`);
  }
  if (after.rss - before.rss > maxResidentGrowth) {
    report(`the server has ${megabytes(after.rss - before.rss)} more resident memory than before`);
  }
  if (after.descriptors - before.descriptors > maxDescriptorGrowth) {
    const more = after.descriptors - before.descriptors;
    report(`${more} descriptors are open ${patience / 1000} s after all connections were closed`);
  }
};

/** Waits until extra descriptors are closed, or the time is over; returns the last measurement. */
const settle = async (server: ServerProcess, before: ProcessMeasures): Promise<ProcessMeasures> => {
  const end = performance.now() + patience;
  for (;;) {
    const now = await server.measure();
    const isBack = now.descriptors - before.descriptors <= maxDescriptorGrowth;
    if (isBack || performance.now() > end) return now;
    await sleep(200);
  }
};

export const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** How long a server may take to stop (responses, then deliveries), in milliseconds. */
const stopPatience = 8_000;

/** Stops a server, and reports if it doesn't stop in time or fails. */
export const stopInTime = async (
  attack: Attack,
  findings: Findings,
  server: ServerProcess,
  circumstances: string,
): Promise<void> => {
  if (server.isGone()) return;
  const late = sleep(stopPatience, 'late' as const, { ref: false });
  const end = await Promise.race([server.stop(), late]);
  if (end === 0) return;
  const what =
    end === 'late'
      ? `the server still runs ${stopPatience / 1000} s after SIGTERM, ${circumstances}`
      : `the server stopped with exit code ${String(end)}, ${circumstances}`;
  findings.add(`stop ${circumstances}`, { what, repeat: repeatCommand(attack, findings.part) });
  if (end === 'late') await server.kill();
};

/** Reports that a server has ended by itself. */
export const findGone = async (
  attack: Attack,
  findings: Findings,
  server: ServerProcess,
  cause: string,
  repeat: string = repeatCommand(attack, findings.part),
): Promise<void> => {
  const code = await server.gone;
  const lines = server.complaints().trim().split('\n');
  const line = lines.find((one) => /\bError\b/.test(one)) ?? lines.at(-1) ?? '';
  findings.add(`gone ${cause}`, {
    what: `the server ended (exit code ${String(code)}) ${cause}, with the message "${line.trim()}"`,
    repeat,
  });
};
