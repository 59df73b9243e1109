import { describe, expect, it } from 'vitest';
import { NoResponse, ProvisionError } from '../errors.ts';
import type { HttpResponse, Send } from '../http/message.ts';
import { createHealth } from '../runner/health.ts';
import { createSilences } from '../runner/silence.ts';

const url = 'http://127.0.0.1:1/api/v1';
const read = { method: 'GET', url: `${url}/dossiers`, headers: {} };

/** A clock that only sleeping moves. */
const createClock = () => {
  let time = 1_000;
  return {
    now: () => time,
    sleep: (milliseconds: number) => Promise.resolve(void (time += milliseconds)),
  };
};

const answer = (status: number): Promise<HttpResponse> =>
  Promise.resolve({ status, headers: {}, body: '' });

/** The health of a target that answers knocks and requests so. */
const healthOf = (send: Send, knocks: Send = send) => {
  const clock = createClock();
  const health = createHealth({ url, timeout: 1_000, surroundings: { ...clock, send: knocks } });
  return { ...clock, health, send: health.watch(send) };
};

const silent: Send = () => Promise.reject(new NoResponse('It got no response.', { late: true }));

describe('the health of a target', () => {
  it('waits out a short outage', async () => {
    let knocks = 0;
    const { health, send, now } = healthOf(silent, () => {
      knocks += 1;
      return knocks < 10 ? silent(read) : answer(401);
    });
    const start = now();
    await expect(send(read)).rejects.toThrow(NoResponse);
    expect(health.troubledSince(start)).toBe(true);
    expect(await health.recover()).toBe(true);
    expect(health.broken.aborted).toBe(false);
    expect(now() - start).toBeGreaterThan(4_000);
  });

  it('ends the run when the target stays away, and says when and after how much', async () => {
    let answered = 0;
    const { health, send } = healthOf(() => ((answered += 1) > 3 ? silent(read) : answer(200)));
    for (let index = 0; index < 3; index += 1) await send(read);
    await expect(send(read)).rejects.toThrow(NoResponse);
    expect(await health.recover()).toBe(false);
    expect(health.broken.reason).toMatch(
      /^The target stopped answering at \d\d:\d\d, after 3 requests\.$/,
    );
  });

  it('takes a gateway without its server for an outage', async () => {
    const { health, send, now } = healthOf(() => answer(503));
    const start = now();
    await send(read);
    expect(health.troubledSince(start)).toBe(true);
    expect(await health.recover()).toBe(false);
  });

  it('sends nothing more to an operation that was silent three times', async () => {
    let sent = 0;
    const { send, sleep } = healthOf((request) => {
      if (request.method === 'GET') return answer(200);
      sent += 1;
      return silent(request);
    });
    for (const id of ['a1', 'b2', 'c3', 'd4', 'e5']) {
      const write = { method: 'PATCH', url: `${url}/dossiers/${id}`, headers: {} };
      await expect(send(write)).rejects.toThrow(NoResponse);
      await send(read);
      await sleep(1);
    }
    expect(sent).toBe(3);
    const write = { method: 'PATCH', url: `${url}/dossiers/f6`, headers: {} };
    await expect(send(write)).rejects.toThrow('PATCH /api/v1/dossiers/… got no response 3 times');
  });

  it.each([
    [true, 'as long as nothing else answers either'],
    [false, 'but not once something else answered'],
  ])('suspects the whole target (%s) at such an operation, %s', async (suspected) => {
    const { health, send, now, sleep } = healthOf((request) =>
      request.method === 'GET' ? answer(200) : silent(request),
    );
    const write = { method: 'PATCH', url: `${url}/dossiers/a1`, headers: {} };
    for (let time = 0; time < 3; time += 1) {
      await expect(send(write)).rejects.toThrow(NoResponse);
      await sleep(1);
    }
    if (!suspected) await send(read);
    await sleep(1);
    const start = now();
    await expect(send(write)).rejects.toThrow("isn't sent again");
    expect(health.troubledSince(start)).toBe(suspected);
  });

  it('ends the run when nothing but errors comes, after a pause', async () => {
    const { health, send, now } = healthOf(() => answer(500));
    const start = now();
    for (let index = 0; index < 80; index += 1) await send(read);
    expect(now() - start).toBeGreaterThan(2_000);
    expect(health.broken.reason).toContain('has answered nothing but errors since');
  });

  it('lets a target go on that also answers otherwise', async () => {
    let sent = 0;
    const { health, send } = healthOf(() => answer((sent += 1) % 30 === 0 ? 200 : 500));
    for (let index = 0; index < 300; index += 1) await send(read);
    expect(health.broken.aborted).toBe(false);
  });

  it('ends the run at a 429 that never ends, unless others get through', async () => {
    const { health, send, now, sleep } = healthOf(({ method }) =>
      answer(method === 'GET' ? 429 : 201),
    );
    const since = now();
    await sleep(20_000);
    await send({ ...read, method: 'POST' });
    health.noteStillLimited({ since, attempts: 5, waited: 20 });
    expect(health.broken.aborted).toBe(false);
    const later = now() + 1;
    await sleep(20_000);
    await send(read);
    health.noteStillLimited({ since: later, attempts: 2, waited: 20 });
    expect(health.broken.aborted).toBe(false);
    health.noteStillLimited({ since: later, attempts: 3, waited: 20 });
    expect(health.broken.reason).toContain('has answered only 429 since');
  });

  it('ends the run with the words of a provisioning that fails while the target answers', async () => {
    const { health } = healthOf(() => answer(200));
    const provide = health.watchProvision(() =>
      Promise.reject(new ProvisionError('provision.createKey failed: no such table.')),
    );
    for (let time = 1; time <= 3; time += 1) {
      await expect(provide()).rejects.toThrow(ProvisionError);
      expect(await health.recover()).toBe(time < 3);
    }
    expect(health.broken.reason).toBe('provision.createKey failed: no such table.');
  });

  it('blames a target that is away, not its provisioning', async () => {
    const { health } = healthOf(silent);
    const provide = health.watchProvision(() =>
      Promise.reject(new ProvisionError('provision.createKey failed: refused.')),
    );
    await expect(provide()).rejects.toThrow(ProvisionError);
    expect(await health.recover()).toBe(false);
    expect(health.broken.reason).toContain('The target stopped answering');
  });
});

describe('the silence of an operation', () => {
  it('counts once for requests that were under way at the same time', () => {
    let now = 0;
    const silences = createSilences(() => now);
    const write = { method: 'POST', url: `${url}/contacts` };
    for (const [sentAt, noted] of [
      [0, 10],
      [1, 11],
      [5, 15],
      [9, 19],
      [20, 30],
    ] as const) {
      now = noted;
      silences.note(write, sentAt);
    }
    expect(silences.refusalOf(write)).toBeUndefined();
    now = 50;
    silences.note(write, 40);
    const refusal = silences.refusalOf(write);
    expect(refusal?.since).toBe(50);
    expect(refusal?.error).toBeInstanceOf(NoResponse);
    silences.reset();
    expect(silences.refusalOf(write)).toBeUndefined();
  });
});
