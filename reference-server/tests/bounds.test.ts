import { describe, expect, it } from 'vitest';
import { readControlContract } from '../control/contract.ts';
import { expectRefusal, useTestServer, type Reply } from './test-server.ts';
import { frozenClock } from './frozen-clock.ts';

const api = useTestServer({}, frozenClock());

/** Numbers that a JSON or header parser would read inexactly, or not at all. */
const unreadable = /Infinity|NaN|(?<=[:,[\s])-?(\d[\d.]*[eE][+-]?\d|\d{17})/;

/** Expects that all numbers of a response are finite and exact. */
const expectReadable = ({ text, headers }: Reply<unknown>): void => {
  const shown = [...headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  expect(`${shown}\n${text}`).not.toMatch(unreadable);
};

describe('A number in a query', () => {
  const huge = ['9007199254740992', '9'.repeat(24), '9'.repeat(400), '1'.repeat(8000)];

  it('is returned exactly or refused', async () => {
    const own = await api.organization();
    for (const page of huge) {
      const reply = await api.call('GET', `/dossiers?page=${page}`, own);
      expectRefusal(reply, 400, 'invalid_body', /^page must be at most 9007199254740991\.$/);
      expectReadable(reply);
      const size = await api.call('GET', `/dossiers?per_page=${page}`, own);
      expectRefusal(size, 400, 'invalid_body', /^per_page must be at most 100\.$/);
    }
    const last = '/dossiers?per_page=100&page=9007199254740991';
    const { status, body } = await api.call<unknown[]>('GET', last, own);
    expect([status, body.data, body.meta.page]).toEqual([200, [], 9007199254740991]);
    const below = await api.call('GET', `/dossiers?page=-${'9'.repeat(400)}`, own);
    expectRefusal(below, 400, 'invalid_body', /^page must be at least 1\.$/);
  });
});

describe('A number of the control API', () => {
  const stage = (figures: object) => ({
    ...{ name: 'A', type: 'sales', stages: [{ name: 'B', ...figures }] },
  });
  const rate = (figures: object) => ({ requests: 5, window_seconds: 60, ...figures });
  /** Numeric fields with their maximum, and the request that sends a value. */
  const numbers: [string, string, (value: number) => [string, string, object]][] = [
    ['requests', '1000000000', (value) => ['PUT', '/rate-limit', rate({ requests: value })]],
    ['window_seconds', '31536000', (v) => ['PUT', '/rate-limit', rate({ window_seconds: v })]],
    [
      'rate_limit.requests',
      '1000000000',
      (v) => ['POST', '', { rate_limit: rate({ requests: v }) }],
    ],
    [
      'rate_limit.window_seconds',
      '31536000',
      (v) => ['POST', '', { rate_limit: rate({ window_seconds: v }) }],
    ],
    ['stages.0.position', '1000000', (v) => ['POST', '/flows', stage({ position: v })]],
    ['stages.0.deadline_days', '36500', (v) => ['POST', '/flows', stage({ deadline_days: v })]],
    ['stages.0.win_probability', '100', (v) => ['POST', '/flows', stage({ win_probability: v })]],
    ['advance_seconds', '253370764799', (v) => ['PUT', '/clock', { advance_seconds: v }]],
  ];

  /** Sends the request to a new organisation, or to the path itself where it has none. */
  const send = async ([method, path, json]: [string, string, object]) => {
    const { id } = await api.organization();
    const whole = path === '' ? '/organizations' : `/organizations/${id}${path}`;
    return api.control(method, path === '/clock' ? path : whole, json);
  };

  it.each(numbers)('%s is at most %s', async (name, most, write) => {
    for (const value of [Number(most) + 1, 1e21, 1e300, Number.MAX_VALUE]) {
      const reply = await send(write(value));
      expectRefusal(reply, 400, 'invalid_body', `${name} must be at most ${most}.`);
      expectReadable(reply);
    }
    for (const value of [-1e300, -1_000_001]) {
      const reply = await send(write(value));
      expectRefusal(reply, 400, 'invalid_body', `${name} must be`);
    }
  });

  it('can be as large as its maximum, and is then returned exactly', async () => {
    for (const [name, most, write] of numbers.slice(0, -1)) {
      const reply = await send(write(Number(most)));
      expect([name, [201, 204].includes(reply.status)]).toEqual([name, true]);
      expectReadable(reply);
    }
    const rate_limit = { requests: 1, window_seconds: 31_536_000 };
    const own = await api.organization({ rate_limit });
    expectReadable(await api.call('GET', '/flows', own));
    const refused = await api.call('GET', '/flows', own);
    expectRefusal(refused, 429, 'rate_limited');
    expect(refused.headers.get('retry-after')).toBe('31536000');
  });

  it('has a minimum and a maximum in its description', () => {
    expect(boundless(readControlContract().document)).toEqual([]);
  });
});

/** The locations of numbers in requests that have no bounds in a document. */
const boundless = (document: object): string[] => {
  const found: string[] = [];
  const look = (node: unknown, place: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, maximum, minimum, exclusiveMinimum } = node as Record<string, unknown>;
    const isNumber = [type].flat().some((one) => one === 'integer' || one === 'number');
    if (isNumber && (maximum === undefined || (minimum ?? exclusiveMinimum) === undefined)) {
      found.push(place);
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'responses') look(value, `${place}/${key}`);
    }
  };
  const { paths, components } = document as Record<string, Record<string, unknown>>;
  look(paths, '#/paths');
  const requests = ['NewOrganization', 'NewKey', 'NewFlow', 'RateLimit'];
  const schemas = components?.['schemas'] as Record<string, unknown>;
  for (const name of requests) look(schemas[name], `#/components/schemas/${name}`);
  return found;
};
