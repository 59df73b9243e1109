import { describe, expect, it, vi } from 'vitest';
import { createDossier } from '../dossiers/handlers.ts';
import { handlers } from '../handlers.ts';
import type { Handler } from '../http/handler.ts';
import { Refusal } from '../http/refusals.ts';
import { createServices } from '../runtime/services.ts';
import type { Dossier } from '../state/records.ts';
import { NotSaved } from '../state/transaction.ts';
import { snapshotState } from './database.ts';
import { expectRefusal, form, pdf, useTestServer } from './test-server.ts';
import { ask, createSampleData, writes } from './operations.ts';

const json = { type: 'candidate', name: 'Sophie' };

describe('A request with an internal failure', () => {
  const api = useTestServer();
  const failNext = (id: string) =>
    api.control('POST', `/organizations/${id}/failures`, { next: 'request' });

  it.each(writes)('has changed no table as $id, and can be sent again', async ({ id, success }) => {
    const own = await createSampleData(api);
    const before = snapshotState(api.state);
    await failNext(own.id);
    expectRefusal(await ask(api, id, own, own), 500, 'internal', 'can be sent again');
    expect(snapshotState(api.state)).toEqual(before);
    expect((await ask(api, id, own, own)).status).toBe(success);
  });

  it('changes nothing in other organisations', async () => {
    const [own, other] = [await createSampleData(api), await createSampleData(api)];
    await failNext(own.id);
    expect((await ask(api, 'listFlows', other, other)).status).toBe(200);
    expectRefusal(await ask(api, 'listFlows', own, own), 500, 'internal');
  });
});

describe('An exception in the server', () => {
  /** Handles the request, then throws if the dossier has a certain name. */
  const breaking: Handler<'createDossier'> = (request) => {
    const reply = createDossier(request);
    if (request.body.name === 'break') throw new Error('the disk is full');
    return reply;
  };
  const api = useTestServer({}, { handlers: { ...handlers, createDossier: breaking } });

  it('returns 500 internal, is logged on stderr only, and has changed nothing', async () => {
    const own = await createSampleData(api);
    const before = snapshotState(api.state);
    const bodies = [
      { json: { ...json, name: 'break', email: 'a@b' } },
      { body: form({ ...json, name: 'break' }, pdf()) },
    ];
    for (const body of bodies) {
      const reply = await api.call('POST', '/dossiers', { key: own.key, ...body });
      expectRefusal(reply, 500, 'internal');
      expect(reply.text).not.toMatch(/disk|Error|\.ts/);
      expect(api.loggedErrors.splice(0)).toEqual([
        expect.stringMatching(/^POST \/api\/v1\/dossiers failed: Error: the disk is full/),
      ]);
    }
    expect(snapshotState(api.state)).toEqual(before);
    expect((await api.call('POST', '/dossiers', { key: own.key, json })).status).toBe(201);
  });
});

describe('A write that could not be stored', () => {
  const losing: Handler<'createDossier'> = (request) => {
    createDossier(request);
    throw new NotSaved('x.db could not be written.');
  };
  const api = useTestServer({}, { handlers: { ...handlers, createDossier: losing } });

  it('returns 500 internal, and is not logged for each request', async () => {
    const { key } = await api.organization();
    expectRefusal(await api.call('POST', '/dossiers', { key, json }), 500, 'internal');
    // The database has logged it already.
    expect(api.loggedErrors).toEqual([]);
  });
});

describe('The self-check', () => {
  const lying: Handler<'createDossier'> = (request) => {
    const { body } = createDossier(request);
    return { body: { data: { ...body.data, status: 'open' as Dossier['status'] } } };
  };
  const refusing: Handler<'getDossier'> = () => {
    throw new Refusal('duplicate_contact', 'No dossier is refused like that.');
  };
  const own = { ...handlers, createDossier: lying, getDossier: refusing };
  const api = useTestServer({}, { handlers: own });

  it('turns a response that breaks the contract into a 500, and undoes the changes', async () => {
    const { key } = await api.organization();
    expectRefusal(await api.call('POST', '/dossiers', { key, json }), 500, 'internal');
    expect(api.loggedErrors.splice(0)).toEqual([
      expect.stringContaining('createDossier 201: data.status must be one of active, won'),
    ]);
    expect((await api.call('GET', '/dossiers', { key })).body.meta.total).toBe(0);
  });

  it('turns an undocumented refusal into a 500', async () => {
    const { key } = await api.organization();
    expectRefusal(await api.call('GET', '/dossiers/1', { key }), 500, 'internal');
    expect(api.loggedErrors.splice(0)).toEqual([
      expect.stringContaining('getDossier 409: the contract has no such response'),
    ]);
  });
});

describe('A server without the self-check', () => {
  const nothing = { id: '', type: 'sales', name: '', current_stage_id: '' } as const;
  const lying: Handler<'getDossier'> = () => ({ body: { data: nothing } });
  const api = useTestServer({ selfCheck: false }, { handlers: { ...handlers, getDossier: lying } });

  it('trusts its handlers', async () => {
    const { key } = await api.organization();
    expect((await api.call('GET', '/dossiers/1', { key })).status).toBe(200);
  });
});

it('The messages of a real server are lines on stderr', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  createServices().logError('Something failed.');
  expect(write.mock.calls).toEqual([['Something failed.\n']]);
  write.mockRestore();
});
