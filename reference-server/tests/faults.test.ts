import { describe, expect, it } from 'vitest';
import type { Dossier } from '../state/records.ts';
import { createDossier } from '../dossiers/create-dossier.ts';
import { handlers } from '../handlers.ts';
import type { Handler } from '../http/handler.ts';
import { expectRefusal, form, pdf, useLab } from './lab.ts';

const json = { type: 'candidate', name: 'Sophie' };

/** Does all the work, then breaks down if the dossier's name asks for it. */
const breaking: Handler<'createDossier'> = (request) => {
  const reply = createDossier(request);
  if (request.body.name === 'break') throw new Error('the disk is full');
  return reply;
};

describe('A fault of the server', () => {
  const lab = useLab({}, { handlers: { ...handlers, createDossier: breaking } });

  it('is answered 500 internal, told on stderr, and has changed nothing', async () => {
    const { id, key } = await lab.organization();
    const bodies = [
      { json: { ...json, name: 'break', email: 'a@b' } },
      { body: form({ ...json, name: 'break' }, pdf()) },
    ];
    for (const body of bodies) {
      const reply = await lab.call('POST', '/dossiers', { key, ...body });
      expectRefusal(reply, 500, 'internal');
      expect(reply.text).not.toContain('disk');
      expect(reply.headers.get('x-ratelimit-remaining')).not.toBeNull();
      expect(lab.complaints.splice(0)).toEqual([
        expect.stringMatching(/^POST \/api\/v1\/dossiers failed: Error: the disk is full/),
      ]);
    }
    const { dossiers, contacts, links, cvs } = lab.state.organizations.get(id) ?? {};
    expect([dossiers, contacts, links, cvs].map((table) => table?.rows.length)).toEqual([
      0, 0, 0, 0,
    ]);
    expect((await lab.call('POST', '/dossiers', { key, json })).status).toBe(201);
  });
});

describe('The self-check', () => {
  const lying: Handler<'createDossier'> = (request) => {
    const { body } = createDossier(request);
    return { body: { data: { ...body.data, status: 'open' as Dossier['status'] } } };
  };
  const lab = useLab({}, { handlers: { ...handlers, createDossier: lying } });

  it('turns an answer that breaks the contract into a 500, and undoes what was done', async () => {
    const { key } = await lab.organization();
    expectRefusal(await lab.call('POST', '/dossiers', { key, json }), 500, 'internal');
    expect(lab.complaints.splice(0)).toEqual([
      expect.stringContaining('createDossier 201: data.status must be one of active, won'),
    ]);
    expect((await lab.call('GET', '/dossiers', { key })).body.meta.total).toBe(0);
  });
});

describe('A server without the self-check', () => {
  const nothing = { id: '', type: 'sales', name: '', current_stage_id: '' } as const;
  const lying: Handler<'getDossier'> = () => ({ body: { data: nothing } });
  const lab = useLab({ selfCheck: false }, { handlers: { ...handlers, getDossier: lying } });

  it('trusts its handlers', async () => {
    const { key } = await lab.organization();
    expect((await lab.call('GET', '/dossiers/1', { key })).status).toBe(200);
  });
});
