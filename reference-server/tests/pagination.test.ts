import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, useLab, type TestOrganization } from './lab.ts';

const lab = useLab();
type Row = Readonly<Record<string, unknown>>;
interface List {
  readonly title: string;
  readonly path: string;
  /** By which member its items are told apart. */
  readonly id: string;
  /** How many items there are. */
  readonly total: number;
}

let own: TestOrganization;
const lists: (List & { path: string })[] = [
  { title: 'listDossiers', path: '/dossiers', id: 'id', total: 12 },
  { title: 'listContacts', path: '/contacts', id: 'id', total: 12 },
  { title: 'listFlows', path: '/flows', id: 'id', total: 12 },
  { title: 'listDossierContacts', path: '/contacts', id: 'contact_id', total: 12 },
  { title: 'listDossierNotes', path: '/notes', id: 'id', total: 12 },
];
const filtered: List[] = [
  {
    title: 'dossiers by type and status',
    path: '/dossiers?type=sales&status=active',
    id: 'id',
    total: 11,
  },
  {
    title: 'contacts by kind and text',
    path: '/contacts?kind=client&search=1',
    id: 'id',
    total: 4,
  },
  { title: 'flows by type', path: '/flows?type=sales', id: 'id', total: 11 },
];
let stages: string;

/** Makes twelve of everything that can be listed. */
beforeAll(async () => {
  own = await lab.organization({ rate_limit: { requests: 100_000, window_seconds: 60 } });
  const post = async (path: string, json: object) =>
    (await lab.call<{ id: string }>('POST', path, { key: own.key, json })).body.data.id;
  const contacts: string[] = [];
  for (let number = 1; number <= 12; number += 1) {
    contacts.push(
      await post('/contacts', { full_name: `Contact ${String(number)}`, kind: ['client'] }),
    );
  }
  const [first] = contacts;
  const dossier = await post('/dossiers', { type: 'candidate', name: 'A', contact_id: first });
  for (const contact_id of contacts.slice(1)) {
    const link = { contact_id, role_on_dossier: 'other' };
    await post(`/dossiers/${dossier}/contacts`, link);
    await post('/dossiers', { type: 'sales', name: 'B', contact_id });
  }
  for (const content of contacts) await post(`/dossiers/${dossier}/notes`, { content });
  for (let number = 1; number <= 10; number += 1) {
    const flow = { name: `Flow ${String(number)}`, type: 'sales', stages: [{ name: 'A' }] };
    await lab.control('POST', `/organizations/${own.id}/flows`, flow);
  }
  const flows = await lab.call<{ id: string }[]>('GET', '/flows?type=candidate', own);
  stages = `/flows/${flows.body.data[0]?.id ?? ''}/stages`;
  for (const list of lists.slice(3)) list.path = `/dossiers/${dossier}${list.path}`;
});

const get = (path: string, parameters: Record<string, string | number> = {}) => {
  const given = Object.entries(parameters).map(([name, value]) => [name, String(value)] as const);
  const query = new URLSearchParams(Object.fromEntries(given)).toString();
  return lab.call<Row[]>('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`, own);
};
const everyList = [...lists, ...filtered];
const sizes = [1, 2, 3, 4, 5, 6, 11, 12, 13, 100];

describe('A page', () => {
  it.each(everyList)(
    'of $title tells the whole number, its own and its size (LG-GEN-014, LG-GEN-015, LG-GEN-018, LG-GEN-019)',
    async ({ path, total }) => {
      expect((await get(path)).body.meta).toEqual({ total, page: 1, per_page: 25 });
      for (const per_page of sizes) {
        const { meta } = (await get(path, { per_page, page: 2 })).body;
        expect(meta).toEqual({ total, page: 2, per_page });
      }
    },
  );

  it.each(everyList)(
    'of $title holds the items at its place (LG-GEN-016)',
    async ({ path, id, total }) => {
      const whole = (await get(path, { per_page: 100 })).body.data;
      expect(whole).toHaveLength(total);
      for (const per_page of sizes) {
        for (let page = 1; page <= Math.ceil(total / per_page); page += 1) {
          const { data } = (await get(path, { page, per_page })).body;
          expect(data).toEqual(whole.slice((page - 1) * per_page, page * per_page));
        }
      }
      expect(new Set(whole.map((row) => row[id])).size).toBe(total);
    },
  );

  it.each(everyList)(
    'after page leads to each item of $title once (LG-GEN-017)',
    async ({ path, id, total }) => {
      for (const per_page of sizes) {
        const seen: unknown[] = [];
        for (let page = 1; ; page += 1) {
          const { data } = (await get(path, { page, per_page })).body;
          if (data.length === 0) break;
          seen.push(...data.map((row) => row[id]));
        }
        expect([seen.length, new Set(seen).size]).toEqual([total, total]);
      }
    },
  );

  it.each(everyList)(
    'of $title beyond the end is empty, however far (LG-GEN-022)',
    async ({ path, total }) => {
      for (const page of ['2', '3', '4294967297', '9007199254740991']) {
        const { status, body } = await get(path, { page, per_page: total });
        expect([status, body.data]).toEqual([200, []]);
        expect(body.meta).toEqual({ total, page: Number(page), per_page: total });
      }
    },
  );

  it.each(everyList)('of $title holds a hundred items at most (LG-GEN-020)', async ({ path }) => {
    for (const per_page of [101, 1000, '9'.repeat(30)]) {
      const refused = await get(path, { per_page });
      expectRefusal(refused, 400, 'invalid_body', 'per_page must be at most 100.');
    }
    expect((await get(path, { per_page: 100 })).body.meta.per_page).toBe(100);
  });

  const numbers = [
    '0',
    '-1',
    '',
    '1.0',
    '1.5',
    '1e1',
    '0x1',
    ' 1',
    '+1',
    '1 ',
    'one',
    'null',
    '１',
  ];

  it.each(everyList)(
    'of $title is a whole number from 1, and so is its size (LG-GEN-021)',
    async ({ path }) => {
      for (const name of ['page', 'per_page']) {
        for (const text of [...numbers, '9'.repeat(400), '-0', 'NaN', '1\u0000', '1,000', '٣']) {
          expectRefusal(await get(path, { [name]: text }), 400, 'invalid_body', `${name} must be`);
        }
        expect((await get(path, { [name]: '1' })).status).toBe(200);
        expect((await get(path, { [name]: '001' })).status).toBe(200);
      }
    },
  );

  it.each(everyList)('of $title is named once (LG-GEN-026)', async ({ path }) => {
    for (const name of ['page', 'per_page']) {
      const twice = await get(`${path}${path.includes('?') ? '&' : '?'}${name}=1`, { [name]: 1 });
      expectRefusal(twice, 400, 'invalid_body', `${name} must be given once.`);
    }
  });

  it('of stages is all of them, whatever is asked for (LG-GEN-014, LG-GEN-018, LG-GEN-019)', async () => {
    for (const query of ['', '?page=2&per_page=1', '?page=x']) {
      const { data, meta } = (await lab.call<Row[]>('GET', `${stages}${query}`, own)).body;
      expect(data.map((stage) => stage['position'])).toEqual([1, 2, 3, 4, 5]);
      expect(meta).toEqual({ total: 5, page: 1, per_page: 5 });
    }
  });

  it('of an empty list is empty, and true (LG-GEN-014)', async () => {
    const empty = await lab.organization();
    for (const path of ['/dossiers', '/contacts']) {
      const { body } = await lab.call<Row[]>('GET', path, empty);
      expect(body).toEqual({ data: [], meta: { total: 0, page: 1, per_page: 25 } });
    }
  });
});
