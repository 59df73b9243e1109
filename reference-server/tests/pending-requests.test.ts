import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { form, pdf, useTestServer } from './test-server.ts';
import { createSampleData, type SampleOrganization } from './operations.ts';

const api = useTestServer();
const json = JSON.stringify({ type: 'candidate', name: 'Sophie' });

/** Opens a connection, sends the head of a creation and a part of its body. */
const begin = (key: string, type: string, part: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { port, hostname, pathname } = new URL(api.server.url);
    const head = [
      `POST ${pathname}/dossiers HTTP/1.1`,
      `Host: ${hostname}`,
      `Authorization: Bearer ${key}`,
      `Content-Type: ${type}`,
      `Content-Length: ${String(json.length)}`,
      'Connection: close',
    ].join('\r\n');
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${head}\r\n\r\n${part}`, () => {
        resolve(socket);
      });
    });
    socket.on('error', reject);
  });

const rest = async (socket: Socket): Promise<string> => {
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += String(chunk);
  return text;
};

/** Waits until the server has counted a request of this organisation. */
const untilReceived = (id: string): Promise<void> =>
  expect.poll(() => api.state.organizations.get(id)?.window.spent, { interval: 5 }).toBe(1);

describe('While a body is being sent', () => {
  it('the creation waits for its end', async () => {
    const { id, key } = await api.organization();
    const socket = await begin(key, 'application/json', json.slice(0, 10));
    await untilReceived(id);
    socket.write(json.slice(10));
    expect(await rest(socket)).toMatch(/^HTTP\/1\.1 201 /);
  });

  it('its organisation may be deleted, and the API key is refused', async () => {
    const { id, key } = await api.organization();
    const socket = await begin(key, 'application/json', json.slice(0, 10));
    await untilReceived(id);
    await api.control('DELETE', `/organizations/${id}`);
    socket.write(json.slice(10));
    expect(await rest(socket)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('its client may disconnect, and the server handles the next request', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x']) {
      const { id, key } = await api.organization();
      const socket = await begin(key, type, '--x\r\n');
      await untilReceived(id);
      socket.destroy();
      const next = await api.call('POST', '/dossiers', {
        key,
        body: form({ type: 'candidate', name: 'Next' }, pdf()),
      });
      expect(next.status).toBe(201);
      expect((await api.call('GET', '/dossiers', { key })).body.meta.total).toBe(1);
    }
  });
});

describe('Simultaneous requests', () => {
  const times = (count: number) => Array.from({ length: count }, (_, index) => index);

  it('for dossiers with one e-mail address, as JSON and as forms, share one contact', async () => {
    const { key } = await api.organization();
    const create = (index: number) =>
      api.call('POST', '/dossiers', {
        key,
        ...(index % 2 === 0
          ? { json: { type: 'sales', name: 'A', email: 'One@x.example' } }
          : { body: form({ type: 'candidate', name: 'B', email: 'one@X.example' }, pdf()) }),
      });
    const made = await Promise.all(times(20).map(create));
    expect(made.map((reply) => reply.status)).toEqual(made.map(() => 201));
    const { body } = await api.call<{ dossier_count: number }[]>('GET', '/contacts', { key });
    expect(body.data.map(({ dossier_count }) => dossier_count)).toEqual([20]);
  });

  it.each([
    ['delete a contact', (own: SampleOrganization) => `/contacts/${own.linked}`],
    [
      'unlink a contact',
      (own: SampleOrganization) => `/dossiers/${own.dossier}/contacts/${own.linked}`,
    ],
  ])('that %s succeed once', async (_, pathIn) => {
    const own = await createSampleData(api);
    const replies = await Promise.all(times(10).map(() => api.call('DELETE', pathIn(own), own)));
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(9).fill(404)]);
  });

  it('for default flows leave one default flow', async () => {
    const own = await api.organization();
    const flow = { name: 'Extra', type: 'sales', stages: [{ name: 'A' }], is_default: true };
    const path = `/organizations/${own.id}/flows`;
    await Promise.all(times(10).map(() => api.control('POST', path, flow)));
    const { body } = await api.call<{ is_default: boolean }[]>('GET', '/flows?type=sales', own);
    expect(body.data.map(({ is_default }) => is_default)).toEqual([
      true,
      ...Array<boolean>(10).fill(false),
    ]);
  });
});
