import { beforeAll, describe, expect, it } from 'vitest';
import type { OperationId } from '../../openapi/contract.ts';
import { expectRefusal, form, useLab, type Reply } from './lab.ts';
import { ask, furnish, nowhere, operations, type Furnished } from './operations.ts';
import { provocations } from './provocations.ts';

const lab = useLab();

describe('The code', () => {
  /** The codes and statuses of every error that there is a way to. */
  const seen: [string, number][] = [];
  beforeAll(async () => {
    const own = await furnish(lab);
    for (const { provoke } of provocations) {
      const { body, status } = await provoke(lab, own);
      seen.push([body.error.code, status]);
    }
  });
  const comesWith = (code: string, status: number) => () => {
    const statuses = seen.filter(([one]) => one === code).map(([, its]) => its);
    expect(new Set(statuses)).toEqual(new Set([status]));
    const codes = seen.filter(([, its]) => its === status).map(([one]) => one);
    expect(new Set(codes)).toEqual(new Set([code]));
  };

  it('unauthorized comes with 401 (LG-ERR-005)', comesWith('unauthorized', 401));
  it('plan_required comes with 402 (LG-ERR-006)', comesWith('plan_required', 402));
  it('forbidden comes with 403 (LG-ERR-007)', comesWith('forbidden', 403));
  it('not_found comes with 404 (LG-ERR-008)', comesWith('not_found', 404));
  it('invalid_body comes with 400 (LG-ERR-009)', comesWith('invalid_body', 400));
  it('rate_limited comes with 429 (LG-ERR-010)', comesWith('rate_limited', 429));
  it('internal comes with 500 (LG-ERR-011)', comesWith('internal', 500));
  it('duplicate_contact comes with 409 (LG-ERR-012)', comesWith('duplicate_contact', 409));
});

describe('An error', () => {
  it.each(provocations)(
    'for $title has a code, and a message for people (LG-ERR-001, LG-ERR-002)',
    async ({ provoke, code }) => {
      const { body } = await provoke(lab, await furnish(lab));
      expect(body).toEqual({
        error: { code, message: expect.stringMatching(/\w.*\.$/) as string },
      });
    },
  );

  it.each(provocations)('for $title keeps its code (LG-ERR-003)', async ({ provoke, code }) => {
    const own = await furnish(lab);
    for (let time = 0; time < 3; time += 1) {
      expect((await provoke(lab, own)).body.error.code).toBe(code);
      await lab.control('PUT', '/clock', { advance_seconds: 86_400 });
    }
    expect((await provoke(lab, await furnish(lab))).body.error.code).toBe(code);
  });

  it.each(provocations)('for $title is told by the status (LG-ERR-004)', async (provocation) => {
    const reply = await provocation.provoke(lab, await furnish(lab));
    expect(reply.status).toBe(provocation.status);
    expect(Object.keys(reply.body)).toEqual(['error']);
  });

  it.each(operations)('is no part of a success of $id (LG-ERR-004)', async ({ id }) => {
    const own = await furnish(lab);
    const reply = await ask(lab, id, own, own);
    expect(reply.status).toBeLessThan(300);
    expect(reply.body).not.toHaveProperty('error');
  });
});

describe('What the documentation doesn’t foresee', () => {
  const text = { 'Content-Type': 'text/plain' };
  const strange: [string, OperationId, (own: Furnished) => object][] = [
    ['another media type', 'createContact', () => ({ body: '{}', headers: text })],
    ['a wrong JSON type', 'createContact', () => ({ json: { full_name: 1 } })],
    ['a blank name', 'createContact', () => ({ json: { full_name: ' ' } })],
    ['a body that is no object', 'createDossierNote', () => ({ json: ['x'] })],
    ['an e-mail address that is none', 'updateContact', () => ({ json: { email: 'x' } })],
    ['a negative amount', 'updateDossier', () => ({ json: { deal_size: -1 } })],
    ['an unknown member', 'updateDossier', () => ({ json: { assigned_to: nowhere.flow } })],
    [
      'a flow of another type',
      'createDossier',
      ({ flow }) => ({ json: { type: 'candidate', name: 'A', flow_id: flow } }),
    ],
    ['a file that is no PDF', 'uploadDossierCv', () => ({ body: form({}, new Blob(['PK'])) })],
  ];

  it.each(strange)('such as %s is a 400 invalid_body (LG-ERR-023)', async (_, id, sending) => {
    const own = await furnish(lab);
    expectRefusal(await ask(lab, id, own, { key: own.key, ...sending(own) }), 400, 'invalid_body');
  });

  it.each(['per_page=101', 'page=0', 'kind=friend', 'pool=', 'page=1&page=2'])(
    'such as ?%s is a 400 invalid_body (LG-ERR-023)',
    async (query) => {
      const own = await lab.organization();
      expectRefusal(await lab.call('GET', `/contacts?${query}`, own), 400, 'invalid_body');
    },
  );
});

describe('A request that is wrong in itself', () => {
  const headers = { 'Content-Type': 'application/json' };
  const bodies = ['null', '42', '"x"', '[]', '[null]', '{', '{"name":{},"full_name":[],"kind":5}'];
  const queries = ['page=none', 'per_page=1e99', 'page[a]=1', 'kind=%00', 'stage_id=none', '=&&'];

  const writes = operations.filter(({ method }) => method !== 'GET');

  it.each(writes)('is no failure of the server at $id (LG-ERR-031)', async ({ id }) => {
    const own = await furnish(lab);
    for (const body of bodies) {
      const { status } = await ask(lab, id, nowhere, { key: own.key, body, headers });
      expect(status).toBeLessThan(500);
    }
    const form = await ask(lab, id, nowhere, {
      ...{ key: own.key, body: 'x' },
      headers: { 'Content-Type': 'multipart/form-data' },
    });
    expect(form.status).toBeLessThan(500);
  });

  it.each(queries)('is no failure of the server with ?%s (LG-ERR-031)', async (query) => {
    const own = await lab.organization();
    for (const path of ['/dossiers', '/contacts', '/flows', '/flows/none/stages']) {
      expect((await lab.call('GET', `${path}?${query}`, own)).status).toBeLessThan(500);
    }
  });
});

describe('Of several refusals that apply', () => {
  const spent = { rate_limit: { requests: 1, window_seconds: 60 } };
  const first: [string, number, () => Promise<Reply<unknown>>][] = [
    ['the key before the path', 401, () => lab.call('GET', '/nowhere')],
    ['the key before the body', 401, () => lab.call('POST', '/dossiers', { json: {} })],
    [
      'the expiry before the plan',
      401,
      async () => {
        const { id } = await lab.organization({ plan: 'free' });
        const expires_at = '2026-01-01T00:00:00Z';
        return lab.call('GET', '/flows', { key: await lab.newKey(id, { scopes: [], expires_at }) });
      },
    ],
    [
      'the plan before the rate',
      402,
      async () => {
        const own = await lab.organization({ plan: 'pro', ...spent });
        await lab.call('GET', '/flows', own);
        return lab.call('GET', '/flows', own);
      },
    ],
    [
      'the rate before the path',
      429,
      async () => {
        const own = await lab.organization(spent);
        await lab.call('GET', '/flows', own);
        return lab.call('GET', '/nowhere', own);
      },
    ],
    ['the path before the scope', 404, async () => lab.call('GET', '/nowhere', await powerless())],
    [
      'the scope before the body',
      403,
      async () => ask(lab, 'createContact', nowhere, { ...(await powerless()), json: {} }),
    ],
    [
      'the scope before the id',
      403,
      async () => ask(lab, 'getContact', nowhere, await powerless()),
    ],
    [
      'the body before the id',
      400,
      () => refusedChange({ full_name: '', email: 'mark@x.example' }),
    ],
    ['the query before the id', 400, () => notesOf(`${nowhere.dossier}/notes?page=0`)],
    ['the id before the address', 404, () => refusedChange({ email: 'mark@x.example' })],
    [
      'the body before the address',
      400,
      async () => {
        const { key } = await furnish(lab);
        return lab.call('POST', '/contacts', { key, json: { email: 'mark@x.example' } });
      },
    ],
  ];
  const powerless = async () => {
    const { id } = await lab.organization();
    return { key: await lab.newKey(id, { scopes: [] }) };
  };
  const refusedChange = async (json: object) => {
    const { key } = await furnish(lab);
    return ask(lab, 'updateContact', nowhere, { key, json });
  };
  const notesOf = async (path: string) =>
    lab.call('GET', `/dossiers/${path}`, await lab.organization());

  it.each(first)('comes %s (LG-ERR-027)', async (_, status, send) => {
    expect((await send()).status).toBe(status);
  });
});
