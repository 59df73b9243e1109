import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../config.ts';
import { connect } from '../persistence/driver.ts';
import { createClock, createServices, timestamp } from '../runtime/services.ts';
import { type RunningServer, startServer } from '../server.ts';
import { contract, type Dossier, expectRefusal, send, useTestServer } from './test-server.ts';
import { useFolder } from './persistence-files.ts';
import { frozenClock } from './frozen-clock.ts';

describe('The clock', () => {
  it('advances from its current time, and never runs backwards until it is reset', () => {
    let real = 1000;
    const clock = createClock(() => real);
    clock.advance(500);
    expect(clock.now()).toBe(1500);
    real = 900;
    expect(clock.now()).toBe(1500);
    real = 2000;
    expect(clock.now()).toBe(2500);
    clock.reset();
    expect(clock.now()).toBe(2000);
  });

  it('is formatted to the second, in UTC', () => {
    expect(timestamp(Date.UTC(2026, 3, 15, 12, 3, 40, 999))).toBe('2026-04-15T12:03:40Z');
  });
});

const never = new AbortController().signal;

it('A sleeper wakes at its time, and immediately if that has passed', async () => {
  const clock = createClock(Date.now);
  await clock.sleepUntil(clock.now() + 20, never);
  await clock.sleepUntil(clock.now() - 20, never);
});

it('A sleeper wakes when stop aborts, and does not sleep if it was aborted before', async () => {
  const clock = createClock(() => 0);
  const stop = new AbortController();
  const asleep = clock.sleepUntil(1000, stop.signal);
  stop.abort();
  await asleep;
  await clock.sleepUntil(1000, stop.signal);
});

describe('The clock that the control API moves', () => {
  const api = useTestServer({}, frozenClock());

  it('never reaches a year of five digits', async () => {
    const year = 365.25 * 86_400;
    const beyond = await api.control('PUT', '/clock', { advance_seconds: 7_973 * year });
    expectRefusal(beyond, 400, 'invalid_body', 'advance_seconds leads beyond the year 9998.');
    const moved = await api.control<{ now: string }>('PUT', '/clock', {
      advance_seconds: 7_971 * year,
    });
    expect(moved.body.data.now).toMatch(/^999[78]-/);
    await api.control('POST', '/reset');
  });
});

const path = useFolder();

const monday = Date.parse('2026-05-04T08:30:00Z');
const day = 24 * 60 * 60;

interface Running {
  readonly server: RunningServer;
  readonly loggedErrors: string[];
  readonly control: <Data>(method: string, path: string, json?: object) => Promise<Data>;
}

/** A server with a file, on a machine with a frozen clock. */
const start = async (db: string, machineTime = monday): Promise<Running> => {
  const loggedErrors: string[] = [];
  const logError = (line: string): void => void loggedErrors.push(line);
  const clock = createClock(() => machineTime);
  const services = { ...createServices(), clock, logError };
  const server = await startServer(
    { ...defaultConfig, port: 0, selfCheck: true, db },
    { services },
  );
  return {
    ...{ server, loggedErrors },
    control: async <Data>(method: string, below: string, json?: object) => {
      const url = `${server.controlUrl ?? ''}${below}`;
      const reply = await send<Data>(method, url, json === undefined ? {} : { json });
      expect(reply.status).toBeLessThan(300);
      return (reply.body as { data: Data } | undefined)?.data as Data;
    },
  };
};

const now = async ({ control }: Running): Promise<string> =>
  (await control<{ now: string }>('GET', '/clock')).now;

const move = ({ control }: Running, advance_seconds: number): Promise<object> =>
  control('PUT', '/clock', { advance_seconds });

const newKey = async ({ control }: Running, more: object = {}): Promise<string> => {
  const { id } = await control<{ id: string }>('POST', '/organizations', {});
  const scopes = { scopes: contract.scopes };
  return (
    await control<{ key: string }>('POST', `/organizations/${id}/keys`, { ...scopes, ...more })
  ).key;
};

const post = async <Data>({ server }: Running, key: string, below: string, json: object) =>
  (await send<Data>('POST', server.url + below, { key, json })).body.data;

const list = async <Data>({ server }: Running, key: string, below: string) =>
  (await send<Data[]>('GET', server.url + below, { key })).body.data;

interface Note {
  readonly content: string;
  readonly created_at: string;
}

/** Creates a dossier, and a note on the first dossier. */
const write = async (running: Running, key: string, name: string): Promise<void> => {
  await post(running, key, '/dossiers', { type: 'sales', name });
  const first = (await list<Dossier>(running, key, '/dossiers?per_page=100')).at(-1);
  await post(running, key, `/dossiers/${first?.id ?? ''}/notes`, { content: name });
};

/** Expects dossiers and notes in the order of creation, by their times too. */
const expectInOrder = async (running: Running, key: string, names: readonly string[]) => {
  const dossiers = await list<Dossier>(running, key, '/dossiers?per_page=100');
  const oldestFirst = dossiers.toReversed();
  expect(oldestFirst.map(({ name }) => name)).toEqual(names);
  const notes = await list<Note>(running, key, `/dossiers/${oldestFirst[0]?.id ?? ''}/notes`);
  expect(notes.map(({ content }) => content)).toEqual(names);
  for (const rows of [oldestFirst, notes]) {
    const times = rows.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted());
  }
};

describe('A server that opens the file of an earlier one', () => {
  it('lists new items after old ones, even if the clock was moved', async () => {
    const file = path('ahead.db');
    const names: string[] = [];
    let running = await start(file);
    const key = await newKey(running);
    for (const round of [1, 2, 3]) {
      names.push(`before ${round}`);
      await write(running, key, `before ${round}`);
      await move(running, 40 * day);
      names.push(`after ${round}`);
      await write(running, key, `after ${round}`);
      await running.server.close();
      running = await start(file);
    }
    names.push('last');
    await write(running, key, 'last');
    await expectInOrder(running, key, names);
    expect(await now(running)).toBe('2026-09-01T08:30:00Z');
    expect(running.loggedErrors).toEqual([
      `The server's clock is ahead of the machine's, at 2026-09-01T08:30:00Z: ${file} has data up to ` +
        'that time. To return to the real time, start with another file, or reset by the control API.',
    ]);
    await running.server.close();
  });

  it('resumes the moved clock even if nothing was written afterwards, after a crash too', async () => {
    const file = path('crashed.db');
    const first = await start(file);
    const key = await newKey(first, { expires_at: '2026-05-10T00:00:00Z' });
    expect(await list(first, key, '/dossiers')).toEqual([]);
    await move(first, 10 * day);
    expect((await send('GET', `${first.server.url}/dossiers`, { key })).status).toBe(401);
    // The current file is what a crash would leave.
    const crashed = path('copy.db');
    copyTo(file, crashed);
    for (const place of [crashed, file]) {
      if (place === file) await first.server.close();
      const second = await start(place);
      expect(await now(second)).toBe('2026-05-14T08:30:00Z');
      expect((await send('GET', `${second.server.url}/dossiers`, { key })).status).toBe(401);
      await second.server.close();
    }
  });

  it('lists new items after old ones when the machine clock was set back', async () => {
    const file = path('back.db');
    const first = await start(file);
    const key = await newKey(first);
    await write(first, key, 'before');
    await first.server.close();
    const second = await start(file, monday - 400 * day * 1000);
    await write(second, key, 'after');
    await expectInOrder(second, key, ['before', 'after']);
    await second.server.close();
  });

  it('shows the real time again after a reset', async () => {
    const file = path('reset.db');
    const first = await start(file);
    await write(first, await newKey(first), 'gone');
    await move(first, 40 * day);
    await first.control('POST', '/reset');
    expect(await now(first)).toBe('2026-05-04T08:30:00Z');
    await first.server.close();
    const second = await start(file);
    expect(await now(second)).toBe('2026-05-04T08:30:00Z');
    await second.server.close();
  });

  it('does not move or reset the clock if that cannot be saved', async () => {
    const file = path('data.db');
    const running = await start(file);
    const key = await newKey(running);
    const other = await connect(path('other.db'));
    await other.exec('CREATE TABLE t (id)');
    await other.close();
    renameSync(path('other.db'), file);
    const { controlUrl = '' } = running.server;
    const json = { advance_seconds: 60 };
    expect((await send('PUT', `${controlUrl}/clock`, { json })).status).toBe(500);
    expect((await send('POST', `${controlUrl}/reset`)).status).toBe(500);
    expect(await now(running)).toBe('2026-05-04T08:30:00Z');
    expect((await send('GET', `${running.server.url}/dossiers`, { key })).status).toBe(200);
    expect(running.loggedErrors).toEqual([expect.stringContaining('was replaced by another file')]);
    await running.server.close();
  });
});

/** In another process: closing a file releases the locks of the process that has it open. */
const copyTo = (file: string, copy: string): void => {
  for (const end of ['', '-wal']) execFileSync('cp', [file + end, copy + end]);
};
