import { describe, expect, it } from 'vitest';
import { exhaustOnlyLimit, exhaustRateLimit, expectServed } from '../assertions/rate-limit.ts';
import type { Organization } from '../context/context.ts';
import { Nonconformity } from '../context/expectations.ts';
import type { Client } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';
import { Unavailable } from '../targets/target.ts';

const exchange = (status: number, startedAt: number): Exchange =>
  ({ response: { status, headers: {} }, startedAt, milliseconds: 10 }) as unknown as Exchange;

/** A client of an organisation with a known limit, at a target that responds by the number of requests. */
const meet = (requests: number, windowSeconds: number, statusOf: (index: number) => number) => {
  let sent = 0;
  const answer = () => Promise.resolve(exchange(statusOf((sent += 1)), sent * 100));
  const client = { send: answer } as unknown as Client;
  const patient = { send: () => Promise.resolve(exchange(200, 0)) } as unknown as Client;
  const organization = { all: patient, rateLimit: { requests, windowSeconds } } as Organization;
  return { organization, run: () => exhaustRateLimit(organization, client, 2) };
};

describe('a known rate limit', () => {
  it('is used up until a request is refused', async () => {
    const { served, refusal } = await meet(5, 60, (index) => (index > 5 ? 429 : 200)).run();
    expect(served).toHaveLength(5);
    expect(refusal.response.status).toBe(429);
  });

  it('may be reached late, as a window may end meanwhile', async () => {
    const { served } = await meet(5, 60, (index) => (index > 10 ? 429 : 200)).run();
    expect(served).toHaveLength(10);
  });

  it('without any refusal is a failure of the target', async () => {
    await expect(meet(5, 60, () => 200).run()).rejects.toBeInstanceOf(Nonconformity);
  });

  it("that can't be reached within a window proves nothing", async () => {
    await expect(meet(600, 2, () => 200).run()).rejects.toThrow(
      'It needs a lower rate limit: 600 requests could not be sent within 2 s.',
    );
    await expect(meet(600, 2, () => 200).run()).rejects.toBeInstanceOf(Unavailable);
  });

  it('that others use up too proves nothing', async () => {
    const { organization, run } = meet(5, 60, () => 429);
    await expect(run()).rejects.toBeInstanceOf(Unavailable);
    expect(() => {
      expectServed(organization, exchange(429, 0));
    }).toThrow(Unavailable);
  });

  it('of one organisation alone must accept requests after the window', () => {
    const alone = { rateLimit: undefined } as Organization;
    expect(() => {
      expectServed(alone, exchange(429, 0));
    }).toThrow(Nonconformity);
  });
});

describe('a limit that was set', () => {
  /** Refuses from these requests on, by attempt. */
  const useUp = async (refusedFrom: readonly number[]) => {
    let [attempt, sent, waits] = [-1, 0, 0];
    const organization = {
      setRateLimit: () => {
        [attempt, sent] = [attempt + 1, 0];
        return Promise.resolve();
      },
    } as unknown as Organization;
    const send = () =>
      Promise.resolve(exchange((sent += 1) >= (refusedFrom[attempt] ?? 0) ? 429 : 200, sent));
    const wait = () => {
      waits += 1;
      return Promise.resolve();
    };
    const { served } = await exhaustOnlyLimit(organization, { send } as unknown as Client, 3, wait);
    return { served: served.length, waits };
  };

  it('is used up completely, even if a limit for bursts refuses earlier', async () => {
    expect(await useUp([4])).toEqual({ served: 3, waits: 0 });
    expect(await useUp([2, 4])).toEqual({ served: 3, waits: 1 });
  });

  it('may be lower when requests cost more than one', async () => {
    expect(await useUp([2, 2, 2])).toEqual({ served: 1, waits: 2 });
  });
});
