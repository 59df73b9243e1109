import { expect, it } from 'vitest';
import { defaultConfig } from '../config.ts';
import { startServer, type ServerParts, type RunningServer } from '../server.ts';
import { newDatabasePath } from './database.ts';
import { contract, send } from './test-server.ts';
import { useReceiver } from './receiver.ts';

const receiver = useReceiver();

/** A server on a file; it retries each delivery after a minute. */
const start = (db: string, more: ServerParts['schedule'] = {}): Promise<RunningServer> =>
  startServer(
    { ...defaultConfig, port: 0, selfCheck: true, db },
    { schedule: { timeout: 2_000, retryDelays: [60_000], ...more } },
  );

const prepare = async ({ url, controlUrl = '' }: RunningServer) => {
  const post = async <Data>(path: string, json: object) =>
    (await send<Data>('POST', controlUrl + path, { json })).body.data;
  const { id } = await post<{ id: string }>('/organizations', {});
  const { key } = await post<{ key: string }>(`/organizations/${id}/keys`, {
    scopes: contract.scopes,
  });
  await post(`/organizations/${id}/webhook-endpoints`, { url: receiver.url });
  const create = (name: string) =>
    send('POST', `${url}/dossiers`, { key, json: { type: 'sales', name } });
  return { id, create };
};

it('sends the deliveries that were pending when the server stopped, in order, after the next start', async () => {
  const db = await newDatabasePath();
  const first = await start(db);
  const { id, create } = await prepare(first);
  receiver.react = (response) => void response.writeHead(503).end();
  await create('One');
  await receiver.until(1);
  await create('Two');
  expect(await first.close()).toBe(2);

  receiver.react = (response) => void response.writeHead(200).end();
  const second = await start(db);
  const names = (await receiver.until(3)).map(({ event }) => event.data['name']);
  expect(names).toEqual(['One', 'One', 'Two']);
  expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(2);
  expect(await second.close()).toBe(0);

  const third = await start(db);
  const path = `${third.controlUrl ?? ''}/organizations/${id}/deliveries`;
  const { data } = (await send<{ delivered: boolean }[]>('GET', path)).body;
  expect(data.map(({ delivered }) => delivered)).toEqual([false, true, true]);
  expect(await third.close()).toBe(0);
});

it('delivers what receivers accept at once before it stops', async () => {
  const server = await start(await newDatabasePath());
  const { create } = await prepare(server);
  await Promise.all(Array.from({ length: 20 }, (_, index) => create(`Dossier ${index}`)));
  expect(await server.close()).toBe(0);
  expect(receiver.received).toHaveLength(20);
});

it('keeps a paused endpoint paused, with its queue and its log', async () => {
  const db = await newDatabasePath();
  const schedule = { pauseAfter: 1, pausedDelays: [600_000] } as const;
  const first = await start(db, schedule);
  const { id, create } = await prepare(first);
  receiver.react = (response) => void response.writeHead(503).end();
  await create('One');
  await create('Two');
  const read = async <Data>({ controlUrl = '' }: RunningServer, path: string) =>
    (await send<Data>('GET', `${controlUrl}/organizations/${id}${path}`)).body.data;
  const stateOf = (server: RunningServer) =>
    read<{ state: string }[]>(server, '/webhook-endpoints');
  await expect.poll(() => stateOf(first)).toMatchObject([{ state: 'paused', waiting_events: 2 }]);
  const [before, logBefore] = [await stateOf(first), await read(first, '/deliveries')];
  expect(await first.close()).toBe(2);

  receiver.react = (response) => void response.writeHead(200).end();
  const second = await start(db, schedule);
  expect([await stateOf(second), await read(second, '/deliveries')]).toEqual([before, logBefore]);
  expect(receiver.received).toHaveLength(1);
  await send('PUT', `${second.controlUrl ?? ''}/clock`, { json: { advance_seconds: 600 } });
  const names = (await receiver.until(3)).map(({ event }) => event.data['name']);
  expect(names).toEqual(['One', 'One', 'Two']);
  expect(await second.close()).toBe(0);
});
