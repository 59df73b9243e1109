import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, useLab, type Reply } from './lab.ts';
import { ask, furnish, operations, type Furnished } from './operations.ts';
import { likeness } from './portrait.ts';

const lab = useLab();
type Row = { readonly id: string };
let own: Furnished;
let stage: string;
beforeAll(async () => {
  own = await furnish(lab, { rate_limit: { requests: 100_000, window_seconds: 60 } });
  const { body } = await ask<Row[]>(lab, 'listFlowStages', own, own);
  stage = body.data[0]?.id ?? '';
});

const get = (query: string): Promise<Reply<Row[]>> => lab.call<Row[]>('GET', `/${query}`, own);

describe('Filters', () => {
  const sale = { type: 'sales', name: 'A' };
  const client = { full_name: 'Zoë Brontë', kind: ['client', 'partner'], role: 'Champion' };

  it('of dossiers narrow each other down, and the total with them (LG-GEN-015, LG-GEN-023)', async () => {
    const office = await furnish(lab);
    const { key } = office;
    const stages = (await ask<Row[]>(lab, 'listFlowStages', office, office)).body.data;
    const [first, last] = [stages.at(0)?.id ?? '', stages.at(-1)?.id ?? ''];
    const make = async (json: object, change: object): Promise<string> => {
      const { id } = (await lab.call('POST', '/dossiers', { key, json })).body.data;
      await lab.call('PATCH', `/dossiers/${id}`, { key, json: change });
      return id;
    };
    const won = await make(sale, { status: 'won' });
    const moved = await make(sale, { current_stage_id: last });
    const both = await make(sale, { status: 'won', current_stage_id: last });
    const other = await make({ ...sale, type: 'candidate' }, { status: 'won' });
    const expected: [string, string[]][] = [
      ['status=won', [other, both, won]],
      ['type=sales&status=won', [both, won]],
      [`stage_id=${last}`, [both, moved]],
      [`status=won&stage_id=${last}`, [both]],
      [`type=sales&status=won&stage_id=${first}`, [won]],
      [`type=candidate&stage_id=${last}`, []],
      ['type=candidate&status=lost', []],
    ];
    for (const [query, ids] of expected) {
      const { body } = await lab.call<Row[]>('GET', `/dossiers?${query}&per_page=1`, { key });
      expect([body.data.map(({ id }) => id), body.meta.total]).toEqual([
        ids.slice(0, 1),
        ids.length,
      ]);
      const whole = await lab.call<Row[]>('GET', `/dossiers?${query}`, { key });
      expect(whole.body.data.map(({ id }) => id)).toEqual(ids);
    }
  });

  it('of contacts narrow each other down, and the total with them (LG-GEN-015, LG-GEN-023)', async () => {
    const { id: organization, key } = await lab.organization();
    const make = async (json: object, pool?: string): Promise<string> => {
      const { id } = (await lab.call<Row>('POST', '/contacts', { key, json })).body.data;
      const path = `/organizations/${organization}/contacts/${id}/pool`;
      if (pool !== undefined) await lab.control('PUT', path, { until: pool });
      return id;
    };
    const [past, future] = ['2001-01-01T00:00:00Z', '2101-01-01T00:00:00Z'];
    const inPool = await make(client, future);
    const expired = await make(client, past);
    const never = await make({ ...client, kind: [] });
    const stranger = await make({ ...client, full_name: 'Mark', role: null }, future);
    const expected: [string, string[]][] = [
      ['search=bront%C3%AB', [never, expired, inPool]],
      ['kind=client&search=bront%C3%AB', [expired, inPool]],
      ['kind=client&pool=in_pool', [stranger, inPool]],
      ['kind=client&pool=in_pool&search=CHAMP', [inPool]],
      ['kind=supplier&pool=in_pool', []],
      ['kind=partner&kind=supplier&pool=expired', [expired]],
    ];
    for (const [query, ids] of expected) {
      const { body } = await lab.call<Row[]>('GET', `/contacts?${query}`, { key });
      expect([body.data.map(({ id }) => id), body.meta.total]).toEqual([ids, ids.length]);
    }
  });
});

describe('A filter', () => {
  const filters: [string, string, string][] = [
    ['dossiers', 'type', 'sales'],
    ['dossiers', 'status', 'active'],
    ['contacts', 'kind', 'client'],
    ['contacts', 'pool', 'in_pool'],
    ['flows', 'type', 'candidate'],
  ];

  it.each(filters)(
    'of %s by %s takes no other value than those of its list (LG-GEN-024)',
    async (list, name, value) => {
      for (const wrong of [
        'other',
        'null',
        '0',
        'won,lost',
        `${value}%00`,
        `${value},${value}`,
        '%F0',
      ]) {
        const reply = await get(`${list}?${name}=${wrong}`);
        expectRefusal(reply, 400, 'invalid_body', new RegExp(`^${name}(\\.0)? must be one of`));
      }
      expect((await get(`${list}?${name}=${value}`)).status).toBe(200);
    },
  );

  it.each(filters)(
    'of %s by %s is asked for in small letters (LG-GEN-028)',
    async (list, name, value) => {
      const capital = value.charAt(0).toUpperCase() + value.slice(1);
      for (const other of [capital, value.toUpperCase(), `%20${value}`, `${value}%20`]) {
        expectRefusal(await get(`${list}?${name}=${other}`), 400, 'invalid_body', 'must be one of');
      }
    },
  );

  it.each([...filters, ['dossiers', 'stage_id', '']])(
    'of %s by %s is not empty (LG-GEN-025)',
    async (list, name) => {
      for (const query of [`${name}=`, name, `${name}=%20`]) {
        expectRefusal(await get(`${list}?${query}`), 400, 'invalid_body', new RegExp(`^${name}`));
      }
    },
  );

  it.each(filters.filter(([, name]) => name !== 'kind'))(
    'of %s by %s is given once (LG-GEN-026)',
    async (list, name, value) => {
      for (const second of [value, 'other', '']) {
        const reply = await get(`${list}?${name}=${value}&${name}=${second}`);
        expectRefusal(reply, 400, 'invalid_body', `${name} must be given once.`);
      }
    },
  );

  it('by stage and by text is given once too, only kind is not (LG-GEN-026)', async () => {
    for (const query of [
      `dossiers?stage_id=${stage}&stage_id=${stage}`,
      'contacts?search=a&search=a',
    ]) {
      expectRefusal(await get(query), 400, 'invalid_body', 'must be given once.');
    }
    expect((await get('contacts?kind=client&kind=partner&kind=client')).status).toBe(200);
  });

  it('by stage takes a UUID (LG-GEN-049)', async () => {
    for (const wrong of [
      '1',
      'x',
      stage.slice(1),
      `${stage}0`,
      `{${stage}}`,
      stage.replaceAll('-', ''),
    ]) {
      const reply = await get(`dossiers?stage_id=${wrong}`);
      expectRefusal(reply, 400, 'invalid_body', 'stage_id must be a UUID.');
    }
    expect((await get(`dossiers?stage_id=${stage}`)).body.data.map(({ id }) => id)).toEqual([
      own.dossier,
    ]);
  });
});

describe('A parameter that the contract doesn’t name', () => {
  const strange =
    'q=1&limit=3&offset=9&sort=name&__proto__=1&constructor=2&=&&%zz=%&type[]=x&Page=0&id=1';

  /** Calls with these parameters behind each path. */
  const strangely: typeof lab.call = (method, path, sending) =>
    lab.call(method, `${path}?${strange}`, sending);

  it.each(operations)('is passed over by $id (LG-GEN-027)', async ({ id, success }) => {
    const [fresh, twin] = [await furnish(lab), await furnish(lab)];
    const reply = await ask(Object.assign({}, lab, { call: strangely }), id, fresh, fresh);
    const usual = await ask(lab, id, twin, twin);
    expect([reply.status, usual.status]).toEqual([success, success]);
    expect(likeness(reply.body)).toEqual(likeness(usual.body));
  });
});
