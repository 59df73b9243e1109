import { beforeEach, describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { listFlows } from '../flows/handlers.ts';
import { handlers } from '../handlers.ts';
import type { Handler } from '../http/handler.ts';
import { expectRefusal, type TestOrganization, useTestServer } from './test-server.ts';

type Flow = Schemas['Flow'];

describe('A flow', () => {
  const api = useTestServer();
  let own: TestOrganization;
  beforeEach(async () => {
    own = await api.organization();
  });

  const addFlow = (stages: readonly object[]) => {
    const json = { name: 'Extra', type: 'sales', stages };
    return api.control<Flow>('POST', `/organizations/${own.id}/flows`, json);
  };
  const stagesOf = async ({ id }: Flow) =>
    (await api.call<Flow['stages']>('GET', `/flows/${id}/stages`, own)).body.data;

  it('of each type exists in a new organisation', async () => {
    const { data } = (await api.call<Flow[]>('GET', '/flows', own)).body;
    expect(data.map(({ name, type }) => [name, type])).toEqual([
      ['Recruitment Flow', 'candidate'],
      ['Sales Flow', 'sales'],
    ]);
    const stages = data[1]?.stages ?? [];
    expect(stages[0]).toMatchObject({ deadline_days: 3, win_probability: 14, color: '#FF5C35' });
    expect(stages.at(-1)).toMatchObject({ deadline_days: null, win_probability: 100 });
  });

  it('numbers the stages without a position', async () => {
    const { body } = await addFlow([{ name: 'A' }, { name: 'B', position: 9 }, { name: 'C' }]);
    const stages = await stagesOf(body.data);
    expect(stages.map(({ name, position }) => [name, position])).toEqual([
      ['A', 1],
      ['C', 3],
      ['B', 9],
    ]);
  });

  it('keeps the order of stages that have the same position', async () => {
    const names = ['C', 'A', 'B'];
    const { body } = await addFlow(names.map((name) => ({ name, position: 0 })));
    expect((await stagesOf(body.data)).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ...[-1, 1.5, '3'].map((deadline_days) => ({ deadline_days })),
    ...[-1, 100.1, '14'].map((win_probability) => ({ win_probability })),
    ...['red', '#FFF', '#FF5C355', 'FF5C35', ''].map((color) => ({ color })),
  ])('has no stage with %j', async (stage) => {
    const refused = await addFlow([{ name: 'A', ...stage }]);
    expectRefusal(refused, 400, 'invalid_body', /^stages\.0\./);
  });
});

describe('A type without a default flow', () => {
  /** Makes no flow the default, which no request can do. */
  const listAndTakeDefaults: Handler<'listFlows'> = (request) => {
    const { flows } = request.organization;
    for (const flow of [...flows.rows]) flows.replace({ ...flow, is_default: false });
    return listFlows(request);
  };
  const api = useTestServer({}, { handlers: { ...handlers, listFlows: listAndTakeDefaults } });

  it('needs a flow for each new dossier (LG-DOS-028)', async () => {
    const { key } = await api.organization();
    const flows = await api.call<Flow[]>('GET', '/flows?type=candidate', { key });
    const flow_id = flows.body.data[0]?.id;
    const create = (more: object) =>
      api.call('POST', '/dossiers', { key, json: { type: 'candidate', name: 'Sophie', ...more } });
    expectRefusal(await create({}), 400, 'invalid_body', 'flow_id is required');
    expect((await create({ flow_id })).body.data.flow_id).toBe(flow_id);
  });
});
