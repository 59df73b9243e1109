import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listFlows } from '../flows/list-flows.ts';
import { handlers } from '../handlers.ts';
import type { Handler } from '../http/handler.ts';
import { expectRefusal, useLab, type Dossier } from './lab.ts';
import { openDesk, type Flow, type Desk, type Stage } from './desk.ts';
import { unknownId } from './office.ts';

/** Lists flows, and leaves no default one, which no request can. */
const listAndTakeDefaults: Handler<'listFlows'> = (request) => {
  const { flows } = request.organization;
  for (const flow of [...flows.rows]) flows.replace({ ...flow, is_default: false });
  return listFlows(request);
};

const candidate = { type: 'candidate', name: 'Sophie van Dijk' };
const sales = { type: 'sales', name: 'KLM, Cabin crew hiring' };
/** A dozen stages, the later ones first. */
const dozen = Array.from({ length: 12 }, (_, index) => ({
  name: `Stage ${index}`,
  position: 5 - index,
}));

describe('A new dossier', () => {
  const lab = useLab();
  let own: Desk;
  beforeEach(async () => {
    own = await openDesk(lab);
  });
  const refuse = async (json: object, status: number, code: string, message: string) => {
    const before = await own.census();
    const refused = await own.send('POST', '/dossiers', { json });
    expectRefusal(refused, status, code, message);
    expect(await own.census()).toEqual(before);
    return refused.text;
  };

  it.each(['candidate', 'sales'] as const)(
    'of type %s goes to the lowest position of the default flow of its type (LG-DOS-022, LG-DOS-023)',
    async (type) => {
      const { id, stages } = await own.defaultFlow(type);
      const place = { flow_id: id, current_stage_id: stages[0]?.id };
      expect(await own.create({ type, name: 'Somebody' })).toMatchObject(place);
    },
  );

  it('goes to a new default flow as soon as there is one (LG-DOS-022, LG-DOS-023)', async () => {
    const flow = await own.addFlow({ is_default: true, stages: dozen });
    const lowest = flow.stages.find(({ position }) => position === -6);
    expect(await own.create(sales)).toMatchObject({
      flow_id: flow.id,
      current_stage_id: lowest?.id,
    });
  });

  it('goes to the lowest position of the flow that is given (LG-DOS-024, LG-DOS-025)', async () => {
    const flow = await own.addFlow({ type: 'candidate', stages: dozen });
    const lowest = flow.stages.find(({ position }) => position === -6);
    const made = await own.create({ ...candidate, flow_id: flow.id });
    expect(made).toMatchObject({ flow_id: flow.id, current_stage_id: lowest?.id });
    expect((await own.create(candidate)).flow_id).not.toBe(flow.id);
  });

  it('is refused in a flow of the other type (LG-DOS-005)', async () => {
    const flow = await own.defaultFlow('sales');
    const draft = { ...candidate, flow_id: flow.id };
    await refuse(draft, 400, 'invalid_body', 'flow_id must name a flow of type candidate');
    expect((await own.create({ ...sales, flow_id: flow.id })).flow_id).toBe(flow.id);
  });

  it('is refused in a flow that is unknown or another organisation’s, which look alike (LG-DOS-026, LG-DOS-027)', async () => {
    const other = await openDesk(lab);
    const foreign = await other.defaultFlow('candidate');
    const texts = [
      await refuse({ ...candidate, flow_id: foreign.id }, 404, 'not_found', 'Flow not found.'),
      await refuse({ ...candidate, flow_id: unknownId }, 404, 'not_found', 'Flow not found.'),
    ];
    expect(texts[0]).toBe(texts[1]);
    expect((await other.create({ ...candidate, flow_id: foreign.id })).flow_id).toBe(foreign.id);
  });

  it('is in one flow, to which its stage belongs, and in no other (LG-DOS-003)', async () => {
    const given = await own.addFlow();
    for (const flow_id of [undefined, given.id]) {
      const { id, current_stage_id } = await own.create({ ...sales, flow_id });
      const holding = (await own.flows()).data.filter(({ stages }) =>
        stages.some((stage) => stage.id === current_stage_id),
      );
      expect(holding.map((flow) => flow.id)).toEqual([(await own.read(id)).flow_id]);
    }
  });
});

describe('A new dossier of a type without a default flow', () => {
  const lab = useLab({}, { handlers: { ...handlers, listFlows: listAndTakeDefaults } });

  it('is refused unless a flow is given (LG-DOS-028)', async () => {
    const own = await openDesk(lab);
    const flow = (await own.flows('?type=candidate')).data[0];
    const refused = await own.send('POST', '/dossiers', { json: candidate });
    expectRefusal(refused, 400, 'invalid_body', 'flow_id is required');
    expect((await own.create({ ...candidate, flow_id: flow?.id })).flow_id).toBe(flow?.id);
  });
});

describe('Moving a dossier', () => {
  const lab = useLab();
  let own: Desk;
  let flow: Flow;
  let made: Dossier;
  beforeAll(async () => {
    own = await openDesk(lab);
    flow = await own.addFlow({ is_default: true, stages: dozen });
  });
  beforeEach(async () => {
    made = await own.create(sales);
  });
  const stageAt = (index: number): Stage => flow.stages.at(index) as Stage;
  const move = (current_stage_id: unknown) =>
    own.send('PATCH', `/dossiers/${made.id}`, { json: { current_stage_id } });
  /** The stages under which the dossier is listed. */
  const stagesThatListIt = async () => {
    const found: string[] = [];
    for (const { id } of flow.stages) {
      const { data } = await own.list(`?stage_id=${id}&per_page=100`);
      if (data.some((dossier) => dossier.id === made.id)) found.push(id);
    }
    return found;
  };

  it('goes to any stage of its flow, forward and back, and is then in that one alone (LG-DOS-002, LG-DOS-003, LG-DOS-009, LG-DOS-083)', async () => {
    for (const index of [1, 11, 6, 0, 0, 10]) {
      const { id } = stageAt(index);
      const moved = await own.change(made.id, { current_stage_id: id });
      expect(moved).toEqual({ ...made, current_stage_id: id });
      expect(await own.read(made.id)).toEqual(moved);
      expect(await stagesThatListIt()).toEqual([id]);
    }
  });

  it('ends in one stage when many moves come at once (LG-DOS-002)', async () => {
    await Promise.all(flow.stages.map(({ id }) => own.change(made.id, { current_stage_id: id })));
    expect(await stagesThatListIt()).toEqual([(await own.read(made.id)).current_stage_id]);
  });

  it('is refused to a stage that is not of its flow, and leaves it where it is (LG-DOS-084, LG-DOS-085)', async () => {
    await own.change(made.id, { current_stage_id: stageAt(3).id });
    const other = await openDesk(lab);
    const elsewhere = [
      (await own.addFlow()).stages[0]?.id,
      (await own.defaultFlow('candidate')).stages[0]?.id,
    ];
    const nowhere = [(await other.defaultFlow('sales')).stages[0]?.id, unknownId, flow.id];
    const texts = new Set<string>();
    for (const stage of [...elsewhere, ...nowhere]) {
      const refused = await move(stage);
      expectRefusal(refused, 400, 'invalid_body', 'current_stage_id must be a stage of');
      texts.add(refused.text);
    }
    expect(texts.size).toBe(1);
    for (const wrong of ['', 'x', stageAt(4).name, 4, [stageAt(4).id], true]) {
      expectRefusal(await move(wrong), 400, 'invalid_body', /^current_stage_id must be/);
    }
    expect((await own.read(made.id)).current_stage_id).toBe(stageAt(3).id);
    expect((await move(stageAt(4).id)).status).toBe(200);
  });

  it('leaves its status alone, whatever that is, as a new status leaves its stage (LG-DOS-068, LG-DOS-086)', async () => {
    for (const [index, status] of ['won', 'lost', 'archived', 'active'].entries()) {
      const stage = (await own.read(made.id)).current_stage_id;
      expect((await own.change(made.id, { status })).current_stage_id).toBe(stage);
      for (const { id } of [stageAt(-1), stageAt(index)]) {
        const moved = await own.change(made.id, { current_stage_id: id });
        expect(moved).toMatchObject({ status, current_stage_id: id });
      }
    }
  });
});
