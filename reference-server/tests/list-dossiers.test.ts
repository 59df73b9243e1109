import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, useLab, type Dossier, type TestOrganization } from './lab.ts';

const lab = useLab();
let own: TestOrganization;
/** In the order of their creation. */
const made: Dossier[] = [];

beforeAll(async () => {
  own = await lab.organization();
  for (let index = 0; index < 30; index += 1) {
    const json = {
      type: index % 3 === 0 ? 'sales' : 'candidate',
      name: `Dossier ${String(index)}`,
    };
    made.push((await lab.call('POST', '/dossiers', { key: own.key, json })).body.data);
    if (index % 10 === 9) await lab.control('PUT', '/clock', { advance_seconds: 1 });
  }
  // Nothing changes a status over HTTP yet.
  const { dossiers } = lab.state.organizations.get(own.id) ?? {};
  lab.state.transact(() => {
    for (const dossier of made.filter((_, index) => index % 5 === 0)) {
      dossiers?.replace({ ...dossier, status: 'archived' });
    }
  });
});

const list = async (query = '') =>
  (await lab.call<Dossier[]>('GET', `/dossiers${query}`, own)).body;
const ids = (dossiers: readonly Dossier[]) => dossiers.map(({ id }) => id);
const newestFirst = (keep: (dossier: Dossier, index: number) => boolean = () => true) =>
  ids(made.filter(keep)).toReversed();

describe('Listing dossiers', () => {
  it('answers 25 at first, the newest first, of one moment the later first, archived ones too', async () => {
    const { data, meta } = await list();
    expect(ids(data)).toEqual(newestFirst().slice(0, 25));
    expect(meta).toEqual({ total: 30, page: 1, per_page: 25 });
    const moments = data.map(({ created_at }) => created_at);
    expect(moments).toEqual(moments.toSorted().toReversed());
  });

  it('visits each dossier once, whatever the size of the pages', async () => {
    for (const size of [1, 7, 10, 15, 29, 30, 31, 100]) {
      const seen: string[] = [];
      const pages = Math.ceil(made.length / size);
      for (let page = 1; page <= pages; page += 1) {
        const { data, meta } = await list(`?per_page=${String(size)}&page=${String(page)}`);
        expect(meta).toEqual({ total: 30, page, per_page: size });
        seen.push(...ids(data));
      }
      expect(seen).toEqual(newestFirst());
    }
  });

  it('answers nothing beyond the end, however far', async () => {
    for (const page of ['2', '3', '9007199254740991', '9'.repeat(30)]) {
      const { data, meta } = await list(`?per_page=30&page=${page}`);
      expect(data).toEqual([]);
      expect(meta).toEqual({ total: 30, page: Number(page), per_page: 30 });
    }
  });

  it('filters by type, status and stage, alone and together', async () => {
    const isSales = (_: Dossier, index: number) => index % 3 === 0;
    const isArchived = (_: Dossier, index: number) => index % 5 === 0;
    const stage = made[0]?.current_stage_id ?? '';
    expect(ids((await list('?type=sales')).data)).toEqual(newestFirst(isSales));
    expect(ids((await list('?status=archived')).data)).toEqual(newestFirst(isArchived));
    expect(ids((await list(`?stage_id=${stage}`)).data)).toEqual(newestFirst(isSales));
    const both = (dossier: Dossier, index: number) =>
      isSales(dossier, index) && !isArchived(dossier, index);
    const expected = newestFirst(both);
    const query = `?type=sales&status=active&stage_id=${stage}&per_page=3`;
    expect(ids((await list(query)).data)).toEqual(expected.slice(0, 3));
    expect(ids((await list(`${query}&page=3`)).data)).toEqual(expected.slice(6));
    expect((await list(query)).meta.total).toBe(expected.length);
    expect((await list(`?type=candidate&stage_id=${stage}`)).data).toEqual([]);
    expect((await list('?status=won')).meta).toEqual({ total: 0, page: 1, per_page: 25 });
  });

  it('finds nothing in a stage that is unknown or another organisation’s', async () => {
    const other = await lab.organization();
    const json = { type: 'sales', name: 'Elsewhere' };
    const foreign = (await lab.call('POST', '/dossiers', { key: other.key, json })).body.data;
    for (const stage of [foreign.current_stage_id, '8e81973e-0bec-47b0-b898-d190f9ebdacc']) {
      expect(await list(`?stage_id=${stage}`)).toEqual({
        data: [],
        meta: { total: 0, page: 1, per_page: 25 },
      });
    }
    expect(ids((await list('?per_page=100')).data)).not.toContain(foreign.id);
  });

  it('ignores parameters that the contract does not name', async () => {
    expect((await list('?q=1&limit=3&__proto__=1&constructor=2&=&&%zz=%')).data).toHaveLength(25);
  });

  const wrong: [string, RegExp][] = [
    ['type=lead', /^type must be one of candidate, sales\./],
    ['type=Sales', /^type /],
    ['type=', /^type /],
    ['type=sales%00', /^type /],
    ['type[]=sales&type=', /^type /],
    ['type=sales&type=sales', /^type must be given once\./],
    ['status=open', /^status must be one of active, won, lost, archived\./],
    ['stage_id=1', /^stage_id must be a UUID\./],
    ['stage_id=', /^stage_id /],
    ['page=0', /^page must be at least 1\./],
    ['page=-1', /^page /],
    ['page=', /^page must be a whole number\./],
    ['page=1.0', /^page /],
    ['page=1e1', /^page /],
    ['page=0x1', /^page /],
    ['page=%201', /^page /],
    ['page=+1', /^page /],
    ['page=one', /^page /],
    ['page=null', /^page /],
    [`page=${'9'.repeat(400)}`, /^page /],
    ['page=1&page=2', /^page must be given once\./],
    ['per_page=0', /^per_page must be at least 1\./],
    ['per_page=101', /^per_page must be at most 100\./],
    ['per_page=true', /^per_page /],
  ];
  for (const [query, message] of wrong) {
    it(`refuses ${query.slice(0, 40)}`, async () => {
      const refused = await lab.call('GET', `/dossiers?${query}`, own);
      expectRefusal(refused, 400, 'invalid_body', message);
    });
  }

  it('accepts the same parameters with values that are allowed', async () => {
    const stage = made[0]?.current_stage_id ?? '';
    for (const query of [
      'type=sales',
      'status=won',
      `stage_id=${stage}`,
      'page=01',
      'per_page=100',
    ]) {
      expect((await lab.call('GET', `/dossiers?${query}`, own)).status).toBe(200);
    }
  });
});

describe('Getting a dossier', () => {
  it('answers it, archived or not', async () => {
    for (const dossier of made.slice(0, 2)) {
      const { status, body } = await lab.call('GET', `/dossiers/${dossier.id}`, own);
      expect(status).toBe(200);
      expect({ ...body.data, status: 'active' }).toEqual(dossier);
    }
  });

  it('finds nothing of another organisation, which looks like nothing at all', async () => {
    const other = await lab.organization();
    const id = made[0]?.id ?? '';
    const malformed = ['x', '%00', '%zz', '..%2f', '__proto__', '💥', `${id}%20`, `${id}x`];
    const refused = [];
    for (const [path, key] of [
      [id, other.key],
      ['8e81973e-0bec-47b0-b898-d190f9ebdacc', own.key],
      [id.toUpperCase(), own.key],
      ...malformed.map((text) => [text, own.key] as const),
    ] as const) {
      const reply = await lab.call('GET', `/dossiers/${path}`, { key });
      expectRefusal(reply, 404, 'not_found', 'Dossier not found.');
      refused.push(reply.text);
    }
    expect(new Set(refused).size).toBe(1);
    expect((await lab.call('GET', `/dossiers/${id}`, own)).status).toBe(200);
  });
});
