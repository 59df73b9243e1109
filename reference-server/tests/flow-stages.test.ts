import { beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type Desk, type Flow, type Stage } from './desk.ts';
import { expectRefusal, useLab } from './lab.ts';
import { unknownId } from './office.ts';

const lab = useLab();
let own: Desk;
beforeEach(async () => {
  own = await openDesk(lab);
});

/** Thirty, with gaps and negative positions, from the last to the first. */
const thirty = Array.from({ length: 30 }, (_, index) => ({
  name: `Stage ${index}`,
  position: 40 - 3 * index,
}));
const sortedNames = thirty.map(({ name }) => name).toReversed();
const listed = async ({ id }: Flow): Promise<Stage[]> =>
  (await own.flows()).data.find((flow) => flow.id === id)?.stages ?? [];
const addStages = (stages: readonly object[]) => own.addFlow({ stages });
const refuseStage = async (stage: object) => {
  const json = { name: 'Extra', type: 'sales', stages: [{ name: 'A', ...stage }] };
  const refused = await lab.control('POST', `/organizations/${own.id}/flows`, json);
  expectRefusal(refused, 400, 'invalid_body', /^stages\.0\./);
};

describe('The stages of a flow', () => {
  it('are listed with it, all of them, by position (LG-FLO-002, LG-FLO-003)', async () => {
    const flow = await addStages(thirty);
    expect((await listed(flow)).map(({ name }) => name)).toEqual(sortedNames);
  });

  it('are answered by themselves, all of them and no other, by position (LG-FLO-017, LG-FLO-019)', async () => {
    const flow = await addStages(thirty);
    await addStages([{ name: 'Elsewhere' }]);
    const { data, meta } = await own.stages(flow.id);
    expect(data.map(({ name }) => name)).toEqual(sortedNames);
    expect(meta.total).toBe(30);
  });

  it('have an id, a name and a position, the same in both places (LG-FLO-010, LG-FLO-018)', async () => {
    const name = 'Zoë’s <b>"stage"</b> 🙂 שלום';
    const flow = await addStages([{ name, position: 7 }, { name, position: -3 }, { name }]);
    const { data } = await own.stages(flow.id);
    expect(data).toEqual(await listed(flow));
    expect(data.map((stage) => [stage.name, stage.position])).toEqual([
      [name, -3],
      [name, 3],
      [name, 7],
    ]);
    expect(new Set(data.map(({ id }) => id)).size).toBe(3);
    const long = await addStages(thirty);
    expect((await own.stages(long.id)).data).toEqual(await listed(long));
  });

  it.each([
    ['a new organisation’s', (desk: Desk) => desk.defaultFlow('candidate')],
    ['a single stage’s', (desk: Desk) => desk.addFlow()],
    ['thirty stages’', (desk: Desk) => desk.addFlow({ stages: thirty })],
  ])(
    'of %s flow come at once, on a page of their number (LG-FLO-019, LG-FLO-020)',
    async (_, make) => {
      const flow = await make(own);
      const total = flow.stages.length;
      for (const query of ['', '?page=2', '?per_page=1', '?page=3&per_page=2', '?page=x']) {
        const { data, meta } = await own.stages(flow.id, query);
        expect(data).toEqual(flow.stages);
        expect(meta).toEqual({ total, page: 1, per_page: total });
      }
    },
  );

  it('get the positions of their places when none are given', async () => {
    const { stages } = await addStages([{ name: 'A' }, { name: 'B', position: 9 }, { name: 'C' }]);
    expect(stages.map(({ name, position }) => [name, position])).toEqual([
      ['A', 1],
      ['C', 3],
      ['B', 9],
    ]);
  });

  it('of the same position stay in their order', async () => {
    const names = ['C', 'A', 'B'];
    const flow = await addStages(names.map((name) => ({ name, position: 0 })));
    expect((await listed(flow)).map(({ name }) => name)).toEqual(names);
    expect((await own.stages(flow.id)).data.map(({ name }) => name)).toEqual(names);
  });

  it('of nothing, and of another organisation’s flow, are not found', async () => {
    const other = await openDesk(lab);
    const foreign = await other.addFlow();
    const texts = new Set<string>();
    for (const id of [foreign.id, unknownId, foreign.id.toUpperCase(), foreign.stages[0]?.id]) {
      const refused = await own.send('GET', `/flows/${id ?? ''}/stages`);
      expectRefusal(refused, 404, 'not_found', 'Flow not found.');
      texts.add(refused.text);
    }
    expect(texts.size).toBe(1);
    expect((await other.stages(foreign.id)).data).toEqual(foreign.stages);
  });
});

describe('A stage', () => {
  /** Adds a flow with a stage for each value, and expects to find the values in both places. */
  const expectKept = async (
    field: 'deadline_days' | 'win_probability' | 'color',
    values: unknown[],
  ) => {
    const flow = await addStages(
      values.map((value, index) => ({ name: `${index}`, [field]: value })),
    );
    for (const stages of [await listed(flow), (await own.stages(flow.id)).data]) {
      expect(stages.map((stage) => stage[field])).toEqual(values.map((value) => value ?? null));
    }
  };

  it('can have a deadline, in whole days and not below zero, and need not (LG-FLO-011, LG-FLO-013)', async () => {
    await expectKept('deadline_days', [3, null, 0, undefined, 365]);
    for (const deadline_days of [-1, 1.5, '3']) await refuseStage({ deadline_days });
  });

  it('can have a chance of winning, from 0 to 100 per cent, and need not (LG-FLO-012, LG-FLO-014)', async () => {
    await expectKept('win_probability', [14, null, 0, 100, undefined, 33.3]);
    for (const win_probability of [-1, 100.1, '14']) await refuseStage({ win_probability });
  });

  it('can have a colour, which is shown in both places (LG-FLO-015, LG-FLO-021, LG-FLO-022)', async () => {
    await expectKept('color', ['#FF5C35', null, '#0ea5e9', undefined]);
    for (const color of ['red', '#FFF', '#FF5C355', 'FF5C35', '']) await refuseStage({ color });
  });

  it('of a new organisation has all three, as far as they are set (LG-FLO-011, LG-FLO-012)', async () => {
    const [first, last] = [0, -1].map(async (at) => (await own.defaultFlow('sales')).stages.at(at));
    expect(await first).toMatchObject({ deadline_days: 3, win_probability: 14, color: '#FF5C35' });
    expect(await last).toMatchObject({ deadline_days: null, win_probability: 100 });
  });
});
