import { beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import { expectRefusal, useLab, type Dossier } from './lab.ts';
import { unknownId } from './office.ts';

const lab = useLab();
let own: Desk;
let other: Desk;
/** As they are now, in the order of their creation. */
const made: Dossier[] = [];

const statuses = ['active', 'won', 'lost', 'archived'] as const;
const types = ['candidate', 'sales'] as const;

beforeAll(async () => {
  [own, other] = [await openDesk(lab), await openDesk(lab)];
  for (let index = 0; index < 30; index += 1) {
    const type = index % 3 === 0 ? 'sales' : 'candidate';
    const name = `Dossier ${index}`;
    made.push(await own.create({ type, name }));
    if (index % 10 === 9) await lab.control('PUT', '/clock', { advance_seconds: 1 });
    if (index % 6 === 5) await other.create({ type, name });
  }
  for (const [index, { id }] of made.entries()) {
    const status = statuses[index % 5];
    if (status !== undefined) made[index] = await own.change(id, { status });
  }
});

const ids = (dossiers: readonly Dossier[]) => dossiers.map(({ id }) => id);
const newestFirst = (keep: (dossier: Dossier) => boolean = () => true) =>
  ids(made.filter(keep)).toReversed();
/** The ids on all pages of a list, and makes sure of the meta of each. */
const walk = async (query: string, size: number): Promise<string[]> => {
  const seen: string[] = [];
  for (let page = 1, total = 1; seen.length < total; page += 1) {
    const { data, meta } = await own.list(`?${query}per_page=${size}&page=${page}`);
    expect(meta).toMatchObject({ page, per_page: size });
    expect(data.length).toBe(Math.min(size, meta.total - seen.length));
    total = meta.total;
    seen.push(...ids(data));
  }
  return seen;
};

describe('Listing dossiers', () => {
  it('answers the first 25 of the organisation’s own (LG-DOS-006, LG-DOS-011, LG-DOS-012)', async () => {
    const { data, meta } = await own.list();
    expect(ids(data)).toEqual(newestFirst().slice(0, 25));
    expect(meta).toEqual({ total: 30, page: 1, per_page: 25 });
    expect(await own.list('?page=1')).toEqual({ data, meta });
    expect(ids((await own.list('?page=2')).data)).toEqual(newestFirst().slice(25));
  });

  it('answers none of another organisation’s (LG-DOS-006)', async () => {
    const { data, meta } = await other.list('?per_page=100');
    expect([data.length, meta.total]).toEqual([5, 5]);
    for (const { id } of data) expect(newestFirst()).not.toContain(id);
  });

  it('answers the newest first, of one second the later first, in whatever status (LG-DOS-014, LG-DOS-015, LG-DOS-112)', async () => {
    const { data } = await own.list('?per_page=30');
    expect(data).toEqual(made.toReversed());
    const moments = data.map(({ created_at }) => created_at);
    expect(moments).toEqual(moments.toSorted().toReversed());
    expect(new Set(moments).size).toBeLessThan(30);
    expect(new Set(data.map(({ status }) => status)).size).toBe(4);
  });

  it('shows each dossier as it is by itself (LG-DOS-016)', async () => {
    for (const dossier of (await own.list('?per_page=3')).data) {
      expect(dossier).toEqual(await own.read(dossier.id));
    }
  });

  it.each([1, 7, 10, 15, 29, 30, 31, 100])(
    'visits each dossier once in pages of %i (LG-DOS-013)',
    async (size) => {
      expect(await walk('', size)).toEqual(newestFirst());
    },
  );

  it('puts a hundred on a page and no more (LG-DOS-013)', async () => {
    const busy = await openDesk(lab);
    const drafts = Array.from({ length: 101 }, (_, index) => ({ type: 'sales', name: `${index}` }));
    await Promise.all(drafts.map((draft) => busy.create(draft)));
    expect((await busy.list('?per_page=100')).data).toHaveLength(100);
    const last = await busy.list('?per_page=100&page=2');
    expect([last.data.length, last.meta.total]).toEqual([1, 101]);
    const refused = await busy.send('GET', '/dossiers?per_page=101');
    expectRefusal(refused, 400, 'invalid_body', 'per_page must be at most 100.');
  });

  it('answers nothing beyond the end, however far', async () => {
    for (const page of ['2', '3', '9007199254740991']) {
      const { data, meta } = await own.list(`?per_page=30&page=${page}`);
      expect(data).toEqual([]);
      expect(meta).toEqual({ total: 30, page: Number(page), per_page: 30 });
    }
  });
});

describe('Filtering dossiers', () => {
  it.each(types)('by the type %s finds all of them over the pages (LG-DOS-007)', async (type) => {
    const expected = newestFirst((dossier) => dossier.type === type);
    expect(expected.length).toBeGreaterThan(0);
    expect(await walk(`type=${type}&`, 4)).toEqual(expected);
  });

  it.each(statuses)('by the status %s finds all over the pages (LG-DOS-008)', async (status) => {
    const expected = newestFirst((dossier) => dossier.status === status);
    expect(expected.length).toBeGreaterThan(0);
    expect(await walk(`status=${status}&`, 4)).toEqual(expected);
  });

  it('by a stage finds all that are in it now (LG-DOS-009)', async () => {
    for (const type of types) {
      for (const { id } of (await own.defaultFlow(type)).stages) {
        const expected = newestFirst(({ current_stage_id }) => current_stage_id === id);
        expect(await walk(`stage_id=${id}&`, 4)).toEqual(expected);
      }
    }
  });

  it('by all three finds what meets them all (LG-DOS-007, LG-DOS-008, LG-DOS-009)', async () => {
    const stage = made[0]?.current_stage_id ?? '';
    for (const status of statuses) {
      const meets = (one: Dossier) => one.type === 'sales' && one.status === status;
      const query = `type=sales&status=${status}&stage_id=${stage}&`;
      expect(await walk(query, 3)).toEqual(newestFirst(meets));
    }
    expect((await own.list(`?type=candidate&stage_id=${stage}`)).meta.total).toBe(0);
  });

  it('by a stage that is unknown or another organisation’s finds nothing (LG-DOS-010)', async () => {
    const foreign = (await other.list()).data[0]?.current_stage_id;
    const none = { data: [], meta: { total: 0, page: 1, per_page: 25 } };
    const [first] = (await own.list()).data;
    for (const stage of [foreign, unknownId, first?.id, first?.flow_id]) {
      expect(await own.list(`?stage_id=${stage ?? ''}`)).toEqual(none);
    }
    expect((await other.list(`?stage_id=${foreign ?? ''}`)).meta.total).toBeGreaterThan(0);
  });
});
