import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { createArrivals } from '../runner/ambient-checks.ts';
import type { RawDelivery } from '../webhooks/sink.ts';

const contract = readContract();
const secret = 'whsec_ours';

const signed = (body: string, key = secret): Record<string, string> => {
  const v1 = createHmac('sha256', key).update(`1.${body}`).digest('hex');
  return { 'x-leadgrid-signature': `t=1,v1=${v1}` };
};

const arriving = (path: string, more: Partial<RawDelivery> = {}): RawDelivery => ({
  ...{ method: 'POST', url: `http://sink.test${path}`, headers: {}, arrivedAt: 0 },
  body: new TextEncoder().encode('{}'),
  ...more,
});

const right = (path: string) => arriving(path, { headers: signed('{}') });

/** Passes them through the arrivals, and returns those that are inspected. */
const looked = (standing: boolean, ...deliveries: readonly RawDelivery[]): string[] => {
  const seen: string[] = [];
  const sort = createArrivals(contract, standing).sortedFor(({ delivery }) => {
    const { method, headers } = delivery;
    const kind = headers['x-leadgrid-signature'] === undefined ? 'unsigned' : 'signed';
    seen.push(`${method} ${new URL(delivery.url).pathname} ${kind}`);
  });
  for (const delivery of deliveries) sort(delivery, secret);
  return seen;
};

describe('the arrivals at endpoints that rules created', () => {
  it('are all inspected', () => {
    const visit = arriving('/a', { method: 'GET', body: new Uint8Array() });
    expect(looked(false, arriving('/a'), visit, right('/b'))).toEqual([
      'POST /a unsigned',
      'GET /a unsigned',
      'POST /b signed',
    ]);
  });

  it('are each inspected once, however many receivers there are', () => {
    const one = right('/a');
    expect(looked(false, one, one)).toHaveLength(1);
  });
});

describe('the arrivals at an endpoint that the user created', () => {
  it("are inspected at the path of the target's events, earlier ones too", () => {
    expect(looked(true, arriving('/hook'), right('/hook'), arriving('/hook'))).toEqual([
      'POST /hook unsigned',
      'POST /hook signed',
      'POST /hook unsigned',
    ]);
  });

  it('are ignored at any other path', () => {
    expect(looked(true, arriving('/'), right('/hook'), arriving('/admin'))).toEqual([
      'POST /hook signed',
    ]);
  });

  it("are ignored from browsers and with another secret's signature", () => {
    const visits = ['GET', 'HEAD', 'OPTIONS'].map((method) => arriving('/hook', { method }));
    const theirs = arriving('/hook', { headers: signed('{}', 'whsec_theirs') });
    expect(looked(true, right('/hook'), ...visits, theirs)).toEqual(['POST /hook signed']);
  });

  it('are inspected when the signature is malformed', () => {
    const bad = arriving('/hook', { headers: { 'x-leadgrid-signature': 'sha256=ab' } });
    expect(looked(true, right('/hook'), bad)).toHaveLength(2);
  });
});
