import { describe, expect, it } from 'vitest';
import { withRateLimitRetries } from '../http/pacing.ts';
import type { Surroundings } from '../http/message.ts';
import { asFetch, asSend, type Fetch } from '../http/web-classes.ts';
import { Unavailable } from '../targets/target.ts';

const now = () => Date.parse('2026-05-04T08:30:00Z');

/** The same way; it waits for the rate limit. */
const retrying = (fetch: Fetch, clock: Pick<Surroundings, 'now' | 'sleep'>): Fetch => {
  const send = asSend(fetch);
  const retried = withRateLimitRetries(async (plain) => ({ response: await send(plain) }), clock);
  return asFetch(async (plain) => (await retried(plain)).response);
};

/** Returns 429 with these Retry-After values in turn, and then 200. */
const limited = (...waits: (string | undefined)[]) => {
  const slept: number[] = [];
  const asked: string[] = [];
  const fetch: Fetch = async (request) => {
    asked.push(await request.text());
    if (asked.length > waits.length) return new Response('{}');
    const wait = waits[asked.length - 1];
    return new Response('{}', {
      status: 429,
      headers: wait === undefined ? {} : { 'retry-after': wait },
    });
  };
  const sleep = (time: number) => Promise.resolve(void slept.push(time));
  return { slept, asked, fetch: retrying(fetch, { now, sleep }) };
};

const request = () => new Request('http://127.0.0.1/dossiers', { method: 'POST', body: 'hello' });

describe('waiting for a rate limit', () => {
  it('lasts as many seconds as Retry-After says, then the request is sent again', async () => {
    const { slept, asked, fetch } = limited('2');
    expect((await fetch(request())).status).toBe(200);
    expect(slept).toEqual([2000]);
    expect(asked).toEqual(['hello', 'hello']);
  });

  it('works with an HTTP date', async () => {
    const { slept, fetch } = limited('Mon, 04 May 2026 08:30:07 GMT');
    expect((await fetch(request())).status).toBe(200);
    expect(slept).toEqual([8000]);
  });

  it('compares a date with the clock of the server', async () => {
    const answers = [
      new Response('{}', {
        status: 429,
        headers: {
          date: 'Mon, 04 May 2026 07:00:00 GMT',
          'retry-after': 'Mon, 04 May 2026 07:00:02 GMT',
        },
      }),
      new Response('{}'),
    ];
    const slept: number[] = [];
    const sleep = (time: number) => Promise.resolve(void slept.push(time));
    const fetch: Fetch = () => Promise.resolve(answers.shift() ?? new Response('{}'));
    expect((await retrying(fetch, { now, sleep })(request())).status).toBe(200);
    expect(slept).toEqual([3000]);
  });

  it.each([undefined, '', '-5', 'soon', '1.5', 'Mon, 04 May 2026', '86400'])(
    'is given up at once for %j',
    async (value) => {
      const { slept, asked, fetch } = limited(value);
      await expect(fetch(request())).rejects.toBeInstanceOf(Unavailable);
      expect({ slept, asked }).toEqual({ slept: [], asked: ['hello'] });
    },
  );

  it('is refused with the length of a wait that is too long', async () => {
    await expect(limited('86400').fetch(request())).rejects.toThrow('more than 120 seconds');
  });

  it('lasts a second when the date is past', async () => {
    const { slept, fetch } = limited('Mon, 04 May 2026 08:00:00 GMT');
    expect((await fetch(request())).status).toBe(200);
    expect(slept).toEqual([1000]);
  });

  it('lasts a second when less than that is left', async () => {
    const { slept, fetch } = limited('0');
    expect((await fetch(request())).status).toBe(200);
    expect(slept).toEqual([1000]);
  });

  it('is repeated more often when it is short', async () => {
    const { asked, fetch } = limited(...Array.from({ length: 12 }, () => '1'));
    expect((await fetch(request())).status).toBe(200);
    expect(asked).toHaveLength(13);
  });

  it('is given up at a target that always refuses', async () => {
    const { asked, fetch } = limited('4', '4', '4', '4', '4', '4', '4');
    await expect(fetch(request())).rejects.toThrow('Give the organisation a higher rate limit.');
    expect(asked).toHaveLength(5);
  });
});
