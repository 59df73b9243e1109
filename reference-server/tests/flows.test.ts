import { beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type Desk, type Flow } from './desk.ts';
import { expectRefusal, useLab } from './lab.ts';

const lab = useLab();
let own: Desk;
beforeEach(async () => {
  own = await openDesk(lab);
});

const types = ['candidate', 'sales'] as const;
const ids = (flows: readonly Flow[]) => flows.map(({ id }) => id);
/** Adds flows of both types, the odd ones for candidates. */
const addFlows = async (count: number): Promise<Flow[]> => {
  const added: Flow[] = [];
  for (let index = 0; index < count; index += 1) {
    added.push(await own.addFlow({ name: `Flow ${index}`, type: types[(index + 1) % 2] }));
  }
  return added;
};

describe('Listing flows', () => {
  it('answers every flow of the organisation and no other (LG-FLO-001)', async () => {
    const other = await openDesk(lab);
    const foreign = await other.addFlow();
    const added = [await own.addFlow(), await own.addFlow({ type: 'candidate' })];
    const { data, meta } = await own.flows();
    expect(meta).toEqual({ total: 4, page: 1, per_page: 25 });
    expect(data).toEqual(expect.arrayContaining(added));
    expect(ids(data)).not.toContain(foreign.id);
    const theirs = ids((await other.flows()).data);
    expect(theirs).toHaveLength(3);
    expect(theirs).toContain(foreign.id);
    for (const id of theirs) expect(ids(data)).not.toContain(id);
  });

  it('shows each with its id, name, type, stages, and whether it is the default (LG-FLO-009)', async () => {
    for (const type of types) {
      for (const name of ['Zoë’s "flow" 🙂', ' <b>שלום</b> %_\\ ']) {
        const added = await own.addFlow({ name, type, stages: [{ name: 'A' }, { name: 'B' }] });
        const listed = (await own.flows()).data.find(({ id }) => id === added.id);
        expect(listed).toMatchObject({ name, type, is_default: false, stages: added.stages });
        expect(listed?.stages.map((stage) => stage.name)).toEqual(['A', 'B']);
      }
      expect(await own.defaultFlow(type)).toMatchObject({ type, is_default: true });
    }
  });

  it('puts default flows first, then the others by creation (LG-FLO-008)', async () => {
    await own.addFlow({ name: 'Second' });
    await own.addFlow({ name: 'Third', type: 'candidate' });
    await own.addFlow({ name: 'Fourth', is_default: true });
    const names = (await own.flows()).data.map(({ name }) => name);
    expect(names).toEqual(['Recruitment Flow', 'Fourth', 'Sales Flow', 'Second', 'Third']);
  });

  it('answers the first 25 unless told otherwise (LG-FLO-005, LG-FLO-006)', async () => {
    await addFlows(24);
    const first = await own.flows();
    expect(first.data).toHaveLength(25);
    expect(first.meta).toEqual({ total: 26, page: 1, per_page: 25 });
    expect(await own.flows('?page=1')).toEqual(first);
    const second = await own.flows('?page=2');
    expect(second.data).toHaveLength(1);
    expect(ids(first.data)).not.toContain(second.data[0]?.id);
  });

  it.each([1, 2, 5, 9, 10, 11, 100])(
    'visits each flow once in pages of %i (LG-FLO-001)',
    async (size) => {
      await addFlows(8);
      const seen: string[] = [];
      for (let page = 1; page <= Math.ceil(10 / size); page += 1) {
        const { data, meta } = await own.flows(`?per_page=${size}&page=${page}`);
        expect(meta).toEqual({ total: 10, page, per_page: size });
        seen.push(...ids(data));
      }
      expect(seen).toEqual(ids((await own.flows()).data));
      expect((await own.flows('?page=11&per_page=1')).data).toEqual([]);
    },
  );

  it('puts a hundred on a page, and refuses more (LG-FLO-007)', async () => {
    await addFlows(100);
    expect((await own.flows('?per_page=100')).data).toHaveLength(100);
    expect((await own.flows('?per_page=100&page=2')).data).toHaveLength(2);
    for (const size of [101, 1000]) {
      const refused = await own.send('GET', `/flows?per_page=${size}`);
      expectRefusal(refused, 400, 'invalid_body', 'per_page must be at most 100.');
    }
  });

  it.each(types)(
    'of the type %s answers those alone, over all pages (LG-FLO-004)',
    async (type) => {
      const added = await addFlows(5);
      const first = await own.defaultFlow(type);
      const expected = [first, ...added.filter((flow) => flow.type === type)];
      const { data, meta } = await own.flows(`?type=${type}`);
      expect(data).toEqual(expected);
      expect(meta.total).toBe(expected.length);
      const pages = expected.map((_, index) =>
        own.flows(`?type=${type}&per_page=1&page=${index + 1}`),
      );
      expect((await Promise.all(pages)).flatMap((page) => page.data)).toEqual(expected);
    },
  );
});

describe('The default flow', () => {
  const defaults = async () =>
    (await own.flows()).data.filter(({ is_default }) => is_default).map(({ type }) => type);

  it('of a type is one from the start, and a new one displaces it (LG-FLO-016)', async () => {
    expect((await defaults()).toSorted()).toEqual(types);
    for (const type of [...types, ...types]) {
      const { id } = await own.addFlow({ type, is_default: true });
      await own.addFlow({ type });
      expect((await defaults()).toSorted()).toEqual(types);
      expect((await own.defaultFlow(type)).id).toBe(id);
    }
  });

  it('of a type is one even when several new ones come at once (LG-FLO-016)', async () => {
    await Promise.all(Array.from({ length: 10 }, () => own.addFlow({ is_default: true })));
    expect((await defaults()).toSorted()).toEqual(types);
    expect((await own.flows()).meta.total).toBe(12);
  });
});
