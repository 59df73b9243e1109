import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { run, started, type Started } from './cli-command.ts';
import { newDatabasePath } from './database.ts';
import { useReceiver } from './receiver.ts';

const post = async (url: string, json: object, headers: Record<string, string> = {}) => {
  const all = { 'Content-Type': 'application/json', ...headers };
  const reply = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(json) });
  return ((await reply.json()) as { data: { id: string; key: string } }).data;
};

/** Lets an event go to a receiver: a new organisation creates a dossier. */
const sendEvent = async ({ url, control }: Started, receiver: string): Promise<void> => {
  const { id } = await post(`${control}/organizations`, {});
  await post(`${control}/organizations/${id}/webhook-endpoints`, { url: receiver });
  const keys = `${control}/organizations/${id}/keys`;
  const { key } = await post(keys, { scopes: ['dossiers:write'] });
  const headers = { Authorization: `Bearer ${key}` };
  await post(`${url}/dossiers`, { type: 'sales', name: 'KLM' }, headers);
};

const waiting = 'Waiting for answers and webhooks';

describe('Ctrl-C', () => {
  const receiver = useReceiver();

  it('lets a delivery end that is on its way, and says so', async () => {
    const server = await started(run(['--port', '0', '--empty']));
    let response: ServerResponse | undefined;
    receiver.react = (held) => (response = held);
    await sendEvent(server, receiver.url);
    await receiver.until(1);
    server.child.kill('SIGINT');
    await server.hear(waiting);
    response?.writeHead(200).end();
    const { code, out, err } = await server.end;
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toContain('Stopped');
  });

  it('says what could not be delivered, and whether it is lost', async () => {
    const db = await newDatabasePath();
    for (const [args, words] of [
      [[], 'Stopped; 1 webhook delivery was lost.\n'],
      [
        ['--db', db],
        `Stopped; 1 webhook delivery was left, to be made when ${db} is opened again.\n`,
      ],
    ] as const) {
      const server = await started(run(['--port', '0', '--empty', ...args]));
      receiver.react = (response) => void response.writeHead(500).end();
      await sendEvent(server, receiver.url);
      await receiver.until(1);
      server.child.kill('SIGINT');
      const { code, out } = await server.end;
      expect([code, out.endsWith(words)]).toEqual([0, true]);
      receiver.received.splice(0);
    }
  });

  it('ends it at once the second time', async () => {
    const server = await started(run(['--port', '0', '--empty']));
    receiver.react = () => undefined;
    await sendEvent(server, receiver.url);
    await receiver.until(1);
    server.child.kill('SIGINT');
    // npm passes the same signal on a moment later; that one isn't a second.
    server.child.kill('SIGINT');
    await server.hear(waiting);
    server.child.kill('SIGINT');
    expect(await server.end).toMatchObject({ signal: 'SIGINT' });
  });
});
