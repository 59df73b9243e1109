import { setTimeout as sleep } from 'node:timers/promises';
import { compareMemory, findGone, megabytes, stopInTime } from '../health.ts';
import { createConnection } from '../http/connection.ts';
import { bytesOf } from '../http/request.ts';
import { repeatCommand, type Attack, type Part } from '../part.ts';
import type { Ledger } from '../ledger.ts';
import { settingsAt } from '../organizations.ts';
import type { ServerProcess } from '../server-process.ts';
import { openBad, openHealthy, type Receiver } from './receivers.ts';

/** How long the healthy endpoint may wait for the last event, in milliseconds. */
const patience = 10_000;

/** How much larger bad receivers may make a server, in bytes. */
const mostMore = 200 * 2 ** 20;

/** Descriptors for each endpoint: one attempt at a time. */
const descriptorsOfEndpoint = 2;

/** Receivers that are dead, slow, endless or lead elsewhere: others still get their events. */
export const attackByReceivers: Part = async (attack, ledger) => {
  const [healthy, trap] = [await openHealthy('healthy'), await openHealthy('trap')];
  const bad = await openBad(trap);
  try {
    const server = await attack.start({});
    const before = await server.measure();
    const target = { attack, ledger, server, healthy, trap, bad };
    const remove = await deliver(target);
    if (server.isGone()) {
      await findGone(attack, ledger, server, 'while events were delivered');
      return;
    }
    await requireBounds(target, before.rss, before.descriptors);
    // Its endpoints fall silent with it.
    await remove();
    if (!attack.short) {
      await sleep(11_000);
      await compareMemory(attack, ledger, server, before);
    }
    await deliver(target);
    await stopInTime(attack, ledger, server, 'while events are delivered');
  } finally {
    for (const receiver of [healthy, trap, ...bad]) receiver.close();
  }
};

interface Target {
  readonly attack: Attack;
  readonly ledger: Ledger;
  readonly server: ServerProcess;
  readonly healthy: Receiver;
  readonly trap: Receiver;
  readonly bad: readonly Receiver[];
}

/** Creates dossiers in an organisation with all endpoints; gives what deletes it again. */
const deliver = async (target: Target): Promise<() => Promise<void>> => {
  const { attack, ledger, server, healthy, trap, bad } = target;
  const settings = settingsAt(server.controlUrl);
  const { id, key } = await settings.create({ name: 'Receivers' }, attack.contract.scopes);
  for (const { name, url } of [...bad, healthy]) {
    // An address that can't be reached may be refused.
    await settings
      .call('POST', `/organizations/${id}/webhook-endpoints`, { url })
      .catch((error: unknown) => {
        if (name === healthy.name) throw error;
      });
  }
  const known = healthy.events.length;
  const events = attack.short ? 30 : 300;
  const connection = createConnection(server.url);
  const headers = [
    ['Host', 'localhost'],
    ['Authorization', `Bearer ${key}`],
    ['Content-Type', 'application/json'],
  ] as const;
  const path = `${new URL(server.url).pathname}/dossiers`;
  for (let number = 1; number <= events; number++) {
    const fields = { type: 'candidate', name: `Event ${number}`, intake_notes: 'x'.repeat(2000) };
    const body = Buffer.from(JSON.stringify(fields));
    const answer = await connection.send(
      bytesOf({ method: 'POST', path, query: [], headers, body }),
    );
    ledger.count(answer.status);
  }
  connection.close();
  const end = performance.now() + patience;
  const arrived = () => new Set(healthy.events.slice(known)).size;
  while (arrived() < events && performance.now() < end) await sleep(20);
  const find = (what: string): void => {
    ledger.find(what, { what, repeat: repeatCommand(attack, ledger.part) });
  };
  if (arrived() < events) find(`the healthy endpoint got ${arrived()} of ${events} events`);
  if (trap.events.length > 0) find('a redirection was followed');
  return () => settings.remove(id);
};

const requireBounds = async (
  { attack, ledger, server, bad }: Target,
  rss: number,
  descriptors: number,
): Promise<void> => {
  // Time for what is endless to fill up what it can.
  await sleep(attack.short ? 500 : 4000);
  const now = await server.measure();
  const peak = (server.peak() ?? now.rss) - rss;
  const open = now.descriptors - descriptors;
  ledger.note(
    `with ${bad.length} bad receivers: ${megabytes(peak)} more at most, ${open} descriptors more`,
  );
  const find = (what: string): void => {
    ledger.find(what, { what, repeat: repeatCommand(attack, ledger.part) });
  };
  if (peak > mostMore) find(`bad receivers made the server ${megabytes(peak)} larger`);
  if (open > (bad.length + 1) * descriptorsOfEndpoint + 4) {
    find(`bad receivers hold ${open} descriptors`);
  }
};
