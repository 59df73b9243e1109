import { describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { expectRefusal, useLab } from './lab.ts';

type Flow = Schemas['Flow'];
type Stage = Schemas['Stage'];

const lab = useLab();
const unknown = '8e81973e-0bec-47b0-b898-d190f9ebdacc';

const addFlow = async (organizationId: string, draft: object): Promise<Flow> => {
  const json = { name: 'Extra', type: 'sales', stages: [{ name: 'First' }], ...draft };
  return (await lab.control<Flow>('POST', `/organizations/${organizationId}/flows`, json)).body
    .data;
};
const listFlows = async (key: string, query = '') =>
  (await lab.call<Flow[]>('GET', `/flows${query}`, { key })).body;

describe('Listing flows', () => {
  it('answers a default flow of each type for a new organisation, with stages by position', async () => {
    const { key } = await lab.organization();
    const { data, meta } = await listFlows(key);
    expect(data.map(({ type, is_default }) => [type, is_default])).toEqual([
      ['candidate', true],
      ['sales', true],
    ]);
    expect(meta).toEqual({ total: 2, page: 1, per_page: 25 });
    for (const { stages } of data) {
      const positions = stages.map((stage) => stage.position);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    }
  });

  it('answers default flows first, then the others by creation', async () => {
    const { id, key } = await lab.organization();
    const second = await addFlow(id, { name: 'Second' });
    const third = await addFlow(id, { name: 'Third', type: 'candidate' });
    const fourth = await addFlow(id, { name: 'Fourth', is_default: true });
    const { data } = await listFlows(key);
    expect(data.map((flow) => flow.name)).toEqual([
      'Recruitment Flow',
      'Fourth',
      'Sales Flow',
      'Second',
      'Third',
    ]);
    expect(data.find((flow) => flow.name === 'Sales Flow')?.is_default).toBe(false);
    expect(data).toEqual(expect.arrayContaining([second, third, fourth]));
  });

  it('filters by type and pages what is left', async () => {
    const { id, key } = await lab.organization();
    const extra = await addFlow(id, {});
    const sales = await listFlows(key, '?type=sales&per_page=1&page=2');
    expect(sales.data).toEqual([extra]);
    expect(sales.meta).toEqual({ total: 2, page: 2, per_page: 1 });
    expect((await listFlows(key, '?page=9')).data).toEqual([]);
  });

  it('refuses what is no type and no page, beside which it answers', async () => {
    const { key } = await lab.organization();
    for (const query of ['type=Sales', 'type=', 'page=0', 'per_page=101', 'per_page=x']) {
      expectRefusal(await lab.call('GET', `/flows?${query}`, { key }), 400, 'invalid_body');
    }
    expect((await lab.call('GET', '/flows?type=sales&page=1&per_page=100', { key })).status).toBe(
      200,
    );
  });
});

describe('Listing the stages of a flow', () => {
  it('answers all of them by position, as one page', async () => {
    const { id, key } = await lab.organization();
    const stages = Array.from({ length: 30 }, (_, index) => ({
      name: `Stage ${String(index)}`,
      position: 100 - index,
      ...(index === 0 && { deadline_days: 0, win_probability: 0, color: '#0EA5E9' }),
    }));
    const flow = await addFlow(id, { stages });
    const reply = await lab.call<Stage[]>('GET', `/flows/${flow.id}/stages`, { key });
    expect(reply.status).toBe(200);
    expect(reply.body.meta).toEqual({ total: 30, page: 1, per_page: 30 });
    expect(reply.body.data.map((stage) => stage.name)).toEqual(
      stages.map((stage) => stage.name).toReversed(),
    );
    expect(reply.body.data.at(-1)).toMatchObject({
      deadline_days: 0,
      win_probability: 0,
      color: '#0EA5E9',
    });
    expect(reply.body.data[0]).toMatchObject({ deadline_days: null, win_probability: null });
  });

  it('gives stages the positions of their places when none are given', async () => {
    const { id } = await lab.organization();
    const { stages } = await addFlow(id, {
      stages: [{ name: 'A' }, { name: 'B', position: 9 }, { name: 'C' }],
    });
    expect(stages.map(({ name, position }) => [name, position])).toEqual([
      ['A', 1],
      ['C', 3],
      ['B', 9],
    ]);
  });

  it('finds no unknown flow, no malformed id and none of another organisation', async () => {
    const own = await lab.organization();
    const other = await lab.organization();
    const foreign = (await listFlows(other.key)).data[0]?.id ?? '';
    const refusals = [];
    for (const id of [unknown, 'x', '%00', '%zz', '__proto__', foreign, foreign.toUpperCase()]) {
      const reply = await lab.call('GET', `/flows/${id}/stages`, { key: own.key });
      expectRefusal(reply, 404, 'not_found');
      refusals.push(reply.text);
    }
    expect(new Set(refusals).size).toBe(1);
    expect((await lab.call('GET', `/flows/${foreign}/stages`, { key: other.key })).status).toBe(
      200,
    );
  });
});
