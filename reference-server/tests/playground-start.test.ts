import { execFile } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { run, started, type Started } from './cli-command.ts';
import { newDatabasePath } from './database.ts';
import { useReceiver } from './receiver.ts';

const execute = promisify(execFile);

/** The output of the call in a shell. */
const paste = async (call: string, environment: Record<string, string> = {}): Promise<string> =>
  (await execute('sh', ['-c', call], { env: { ...process.env, ...environment } })).stdout;

/** Runs a function with a started server, which is stopped afterwards. */
const withServer = async <T>(
  args: readonly string[],
  work: (server: Started) => Promise<T> | T,
  environment: Record<string, string> = {},
): Promise<T> => {
  const server = await started(run(['--port', '0', ...args], environment));
  try {
    return await work(server);
  } finally {
    server.child.kill('SIGTERM');
    await server.end;
  }
};

/** The API keys in a text, in order. */
const keysIn = (text: string): string[] => text.match(/lg_live_[\w-]+/g) ?? [];

/** The lines after the one with these words, up to the next empty one. */
const below = (text: string, words: string): string =>
  (text.slice(text.indexOf(words)).split('\n\n')[0] ?? '').split('\n').slice(1).join('\n');

const ask = async ({ url }: Started, key: string, path = '/dossiers'): Promise<number> =>
  (await fetch(url + path, { headers: { Authorization: `Bearer ${key}` } })).status;

describe('The start message of a server', () => {
  it('lists API keys that work as described, in lines that fit a terminal', async () => {
    await withServer([], async (server) => {
      const { text } = server;
      const statuses = await Promise.all(
        [...text.matchAll(/^ {4}(\S.*?) +(lg_live_\S+)$/gm)].map(async ([, kind, key = '']) => [
          kind,
          await ask(server, key),
        ]),
      );
      expect(statuses).toEqual([
        ['all scopes', 200],
        ['read-only', 200],
        ['expired', 401],
        ['all scopes', 200],
        ['all scopes', 402],
      ]);
      const [, ...lines] = text.split('\n');
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
      // eslint-disable-next-line no-control-regex
      expect(text).not.toMatch(/\u001B/);
    });
  });

  it('has a call that works unchanged', async () => {
    await withServer([], async ({ text }) => {
      expect(JSON.parse(await paste(below(text, 'A first request')))).toMatchObject({
        data: [{}, {}, {}],
        meta: { per_page: 3 },
      });
    });
  });

  it('has the same API keys each time, and others for another seed', async () => {
    const keys = (args: string[]) => withServer(args, ({ text }) => keysIn(text));
    const [one, two, other] = [
      await keys([]),
      await keys(['--seed', '1']),
      await keys(['--seed', '2']),
    ];
    expect(two).toEqual(one);
    expect(other.filter((key) => one.includes(key))).toEqual([]);
  });

  it('explains how to create an organisation and an API key, without demo data', async () => {
    for (const token of [undefined, 'open-sesame']) {
      const environment = token === undefined ? {} : { LEADGRID_CONTROL_TOKEN: token };
      await withServer(
        ['--empty'],
        async (server) => {
          const steps = below(server.text, 'To create an organisation');
          const [first = '', second = ''] = steps.split(/(?<=')\n(?= {2}curl)/);
          const made = JSON.parse(await paste(first, environment)) as { data: { id: string } };
          const out = await paste(second.replace('/ID/', `/${made.data.id}/`), environment);
          expect(await ask(server, keysIn(out)[0] ?? '')).toBe(200);
        },
        environment,
      );
    }
  });

  it('explains how to get API keys without demo data and control API', async () => {
    await withServer(['--empty', '--no-control'], ({ text }) => {
      expect(text).toContain('start the server without --no-control');
      expect(text).not.toContain('curl');
    });
  });

  it('has the same API keys for a file with demo data, and explains how to create one for another', async () => {
    const db = await newDatabasePath();
    const keys = await withServer(['--db', db], ({ text }) => keysIn(text));
    const again = await withServer(['--db', db], ({ text }) => text);
    expect(keysIn(again)).toEqual(keys);
    expect(again).toContain(`your changes are saved in ${db}`);
    await withServer(['--db', db, '--seed', '2'], async (server) => {
      expect(keysIn(server.text)).toEqual([]);
      expect(server.text).toContain(`${db} already has data`);
      expect(await ask(server, keys[0] ?? '')).toBe(200);
      const out = await paste(below(server.text, 'To create a key'));
      expect(await ask(server, keysIn(out)[0] ?? '')).toBe(200);
    });
  });
});

describe('The warning about predictable API keys', () => {
  const warning = /^The API keys of seed (\d+) are public: /m;
  const seedOf = (args: string[]) =>
    withServer(args, ({ text }) => {
      const [line = '', seed] = warning.exec(text) ?? [];
      const lines = (text.slice(text.indexOf(line)).split('\n\n')[0] ?? '').split('\n');
      if (line !== '') expect(lines.filter((one) => one.length > 80)).toEqual([]);
      return seed;
    });

  it('is printed if other machines reach the server, unless its seed is hard to guess', async () => {
    for (const host of ['0.0.0.0', '::']) expect(await seedOf(['--host', host])).toBe('1');
    expect(await seedOf(['--host', '0.0.0.0', '--seed', '7'])).toBe('7');
    const own = ['--seed', '482910374655120'];
    expect(await seedOf(['--host', '0.0.0.0', ...own])).toBeUndefined();
    expect(await seedOf(['--host', '0.0.0.0', '--empty'])).toBeUndefined();
    expect(await seedOf([])).toBeUndefined();
    expect(await seedOf(['--host', 'localhost', '--seed', '7'])).toBeUndefined();
  });

  it('is printed for a file with such keys, whatever the options', async () => {
    const [usual, own, empty] = [
      await newDatabasePath(),
      await newDatabasePath(),
      await newDatabasePath(),
    ];
    expect(await seedOf(['--db', usual])).toBe('1');
    expect(await seedOf(['--db', usual, '--empty'])).toBe('1');
    expect(await seedOf(['--db', usual, '--seed', '7'])).toBe('1');
    expect(await seedOf(['--db', own, '--seed', '482910374655120'])).toBeUndefined();
    expect(await seedOf(['--db', own])).toBeUndefined();
    expect(await seedOf(['--db', empty, '--empty'])).toBeUndefined();
  });
});

describe('The options of a server', () => {
  it('set the rate limit, with the window of the plan or another', async () => {
    for (const [figures, longest] of [
      ['1', 60],
      ['1/5', 5],
    ] as const) {
      await withServer(['--rate-limit', figures], async ({ url, text }) => {
        const headers = { Authorization: `Bearer ${keysIn(text)[0] ?? ''}` };
        expect((await fetch(`${url}/flows`, { headers })).status).toBe(200);
        const refused = await fetch(`${url}/flows`, { headers });
        expect([refused.status, refused.headers.get('x-ratelimit-limit')]).toEqual([429, '1']);
        const wait = Number(refused.headers.get('retry-after'));
        expect([wait > longest - 5, wait <= longest]).toEqual([true, true]);
      });
    }
  });

  it('log each request in a line, without its API key', async () => {
    const key = await withServer(['--log'], async (server) => {
      const [first = ''] = keysIn(server.text);
      await ask(server, first, '/flows?page=1');
      await server.waitForText('GET /api/v1/flows?page=1 200 ');
      return first;
    });
    expect(key).not.toBe('');
  });

  it('delay responses', async () => {
    await withServer(['--delay', '60000'], async ({ url, control }) => {
      const answer = fetch(`${url}/flows`);
      const body = JSON.stringify({ advance_seconds: 60 });
      const headers = { 'Content-Type': 'application/json' };
      const move = async (): Promise<Response | 'moved'> => {
        await fetch(`${control}/clock`, { method: 'PUT', headers, body });
        return Promise.race([
          answer,
          new Promise<'moved'>((resolve) => setImmediate(resolve, 'moved')),
        ]);
      };
      let reply = await move();
      while (reply === 'moved') reply = await move();
      expect(reply.status).toBe(401);
    });
  });
});

const post = async (url: string, json: object, headers: Record<string, string> = {}) => {
  const all = { 'Content-Type': 'application/json', ...headers };
  const reply = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(json) });
  return ((await reply.json()) as { data: { id: string; key: string } }).data;
};

/** Causes an event for a receiver: a new organisation creates a dossier. */
const sendEvent = async ({ url, control }: Started, receiver: string): Promise<void> => {
  const { id } = await post(`${control}/organizations`, {});
  await post(`${control}/organizations/${id}/webhook-endpoints`, { url: receiver });
  const keys = `${control}/organizations/${id}/keys`;
  const { key } = await post(keys, { scopes: ['dossiers:write'] });
  const headers = { Authorization: `Bearer ${key}` };
  await post(`${url}/dossiers`, { type: 'sales', name: 'KLM' }, headers);
};

const waiting = 'Finishing open requests and webhook deliveries';

describe('Ctrl-C', () => {
  const receiver = useReceiver();

  it('waits for a pending delivery, and says so', async () => {
    const server = await started(run(['--port', '0', '--empty']));
    let response: ServerResponse | undefined;
    receiver.react = (held) => (response = held);
    await sendEvent(server, receiver.url);
    await receiver.until(1);
    server.child.kill('SIGINT');
    await server.waitForText(waiting);
    response?.writeHead(200).end();
    const { code, out, err } = await server.end;
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toContain('Stopped');
  });

  it('prints what could not be delivered, and whether it is lost', async () => {
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

  it('stops it at once the second time', async () => {
    const server = await started(run(['--port', '0', '--empty']));
    receiver.react = () => undefined;
    await sendEvent(server, receiver.url);
    await receiver.until(1);
    server.child.kill('SIGINT');
    // npm forwards the same signal a moment later; that doesn't count as a second one.
    server.child.kill('SIGINT');
    await server.waitForText(waiting);
    server.child.kill('SIGINT');
    expect(await server.end).toMatchObject({ signal: 'SIGINT' });
  });
});
