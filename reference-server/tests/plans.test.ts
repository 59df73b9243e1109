import { describe, expect, it } from 'vitest';
import { contract, expectRefusal, useLab } from './lab.ts';
import { ask, furnish, operations, writes } from './operations.ts';
import { portrait } from './portrait.ts';

const lab = useLab();

const setPlan = (id: string, plan: string) =>
  lab.control('PUT', `/organizations/${id}/plan`, { plan });

describe('An organisation', () => {
  it('on the Free plan has no access to the API (LG-PLN-001)', async () => {
    const { key } = await lab.organization({ plan: 'free' });
    expectRefusal(
      await lab.call('GET', '/dossiers', { key }),
      402,
      'plan_required',
      /free.+growth/,
    );
  });

  it('on the Pro plan has no access to the API (LG-PLN-002)', async () => {
    const { key } = await lab.organization({ plan: 'pro' });
    expectRefusal(await lab.call('GET', '/dossiers', { key }), 402, 'plan_required', /pro.+growth/);
  });

  it('without access is refused whatever it asks for', async () => {
    for (const plan of ['free', 'pro']) {
      const own = await lab.organization({ plan });
      const powerless = await lab.newKey(own.id, { scopes: [] });
      const replies = [
        await lab.call('POST', '/dossiers', { key: own.key, body: '{' }),
        await lab.call('GET', '/nowhere', own),
        await lab.call('GET', '/dossiers?page=0', own),
        await lab.call('GET', '/dossiers', { key: powerless }),
      ];
      for (const reply of replies) expectRefusal(reply, 402, 'plan_required');
    }
  });

  it('loses access with its plan, and finds all as it was when it is back', async () => {
    const { id, key } = await lab.organization();
    const json = { type: 'sales', name: 'Rabobank' };
    const { data } = (await lab.call('POST', '/dossiers', { key, json })).body;
    const look = () => lab.call('GET', `/dossiers/${data.id}`, { key });
    for (const plan of ['free', 'pro']) {
      await setPlan(id, plan);
      expectRefusal(await look(), 402, 'plan_required');
    }
    await setPlan(id, 'growth');
    expect((await look()).body.data).toEqual(data);
  });

  it.each(operations)('may use $id on the Growth plan (LG-PLN-003)', async ({ id, success }) => {
    const own = await furnish(lab, { plan: 'growth' });
    expect((await ask(lab, id, own, own)).status).toBe(success);
  });

  it('on the Growth plan is refused for other reasons only (LG-PLN-003)', async () => {
    const own = await lab.organization({ plan: 'growth' });
    const powerless = await lab.newKey(own.id, { scopes: [] });
    const replies = [
      await lab.call('GET', '/nowhere', own),
      await lab.call('POST', '/dossiers', { key: own.key, json: {} }),
      await lab.call('GET', '/dossiers', { key: powerless }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 400, 403]);
  });
});

describe('A refusal for the plan', () => {
  it.each(operations)(
    'meets $id on every plan without access (LG-PLN-001, LG-PLN-002)',
    async ({ id }) => {
      for (const plan of ['free', 'pro']) {
        const own = await furnish(lab);
        await setPlan(own.id, plan);
        expectRefusal(await ask(lab, id, own, own), 402, 'plan_required');
        await setPlan(own.id, 'growth');
      }
    },
  );

  it.each(writes)('keeps $id from having an effect (LG-PLN-004)', async ({ id, success }) => {
    for (const plan of ['free', 'pro']) {
      const own = await furnish(lab);
      const before = await portrait(lab, own.key);
      await setPlan(own.id, plan);
      expectRefusal(await ask(lab, id, own, own), 402, 'plan_required');
      await setPlan(own.id, 'growth');
      expect(await portrait(lab, own.key)).toEqual(before);
      expect((await ask(lab, id, own, own)).status).toBe(success);
    }
  });

  it('counts towards no rate limit, and never becomes one for the rate (LG-PLN-005)', async () => {
    const rate_limit = { requests: 2, window_seconds: 60 };
    const own = await lab.organization({ rate_limit });
    await setPlan(own.id, 'free');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expectRefusal(await lab.call('GET', '/dossiers', own), 402, 'plan_required');
    }
    await setPlan(own.id, 'growth');
    const reply = await lab.call('GET', '/dossiers', own);
    expect([reply.status, reply.headers.get('x-ratelimit-remaining')]).toEqual([200, '1']);
  });

  it('is all that plans without access know, and growth the only one with it', () => {
    const withAccess = Object.entries(contract.plans).filter(([, { api }]) => api);
    expect(Object.keys(contract.plans)).toEqual(['free', 'pro', 'growth']);
    expect(withAccess.map(([name]) => name)).toEqual(['growth']);
  });
});
