import { describe, expect, it } from 'vitest';
import { useLab } from './lab.ts';
import { ask, furnish, operations } from './operations.ts';
import { portrait } from './portrait.ts';
import { stillTime } from './still-time.ts';

const lab = useLab({}, stillTime());
const anyUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const newUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The values of all members with such a name, at whatever depth. */
const valuesOf = (value: unknown, name: RegExp): unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, part]) =>
    name.test(key) && !Array.isArray(value) ? [part] : valuesOf(part, name),
  );
};

describe('A moment', () => {
  it.each(operations)(
    'in the answer of $id is UTC to the second, with a Z (LG-GEN-008, LG-GEN-009)',
    async ({ id }) => {
      const own = await furnish(lab);
      const replies = [await ask(lab, id, own, own), await ask(lab, 'getDossier', own, own)];
      const moments = valuesOf(
        replies.map(({ body }) => body),
        /_at$/,
      );
      expect(moments.length).toBeGreaterThan(0);
      for (const moment of moments) {
        expect(moment).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(new Date(String(moment)).toISOString()).toBe(String(moment).replace('Z', '.000Z'));
      }
    },
  );

  it('of creation is the server’s own, and stays (LG-GEN-010)', async () => {
    type Dated = { readonly created_at: string };
    const now = async () => (await lab.control<{ now: string }>('GET', '/clock')).body.data.now;
    const born = await now();
    const own = await furnish(lab);
    for (const id of ['createDossier', 'createContact', 'createDossierNote'] as const) {
      expect((await ask<Dated>(lab, id, own, own)).body.data.created_at).toBe(born);
    }
    await lab.control('PUT', '/clock', { advance_seconds: 86_400.75 });
    expect(await now()).not.toBe(born);
    const json = { name: 'B', full_name: 'B', created_at: '2001-01-01T00:00:00Z' };
    for (const id of ['updateDossier', 'updateContact'] as const) {
      const { body } = await ask<Dated>(lab, id, own, { key: own.key, json });
      expect(body.data.created_at).toBe(born);
    }
    await ask(lab, 'archiveDossier', own, own);
    const seen = valuesOf(await portrait(lab, own.key), /^created_at$/);
    expect(seen).toEqual(Array.from({ length: 2 + 4 + 2 }, () => born));
    const later = await ask<Dated>(lab, 'createDossier', own, own);
    expect(later.body.data.created_at).toBe(await now());
  });
});

describe('The clock', () => {
  it('is one for dossiers, contacts, notes and the Date header, wherever it is moved (LG-GEN-056, LG-GEN-057)', async () => {
    const own = await furnish(lab);
    for (const advance_seconds of [0, 19_800]) {
      await lab.control('PUT', '/clock', { advance_seconds });
      const { now } = (await lab.control<{ now: string }>('GET', '/clock')).body.data;
      for (const id of ['createDossier', 'createContact', 'createDossierNote'] as const) {
        const { body, headers } = await ask<{ created_at: string }>(lab, id, own, own);
        expect(body.data.created_at).toBe(now);
        expect(headers.get('date')).toBe(new Date(now).toUTCString());
      }
    }
  });
});

describe('An id', () => {
  it('of a contact, a flow, a stage or a member is a UUID (LG-GEN-044)', async () => {
    const own = await furnish(lab);
    const assigned_to = own.members[0]?.id;
    await ask(lab, 'updateDossier', own, { key: own.key, json: { assigned_to } });
    const { contacts, flows, dossiers, details } = await portrait(lab, own.key);
    const names = /^(id|assigned_to|flow_id|current_stage_id|contact_id)$/;
    const ids = valuesOf([contacts, flows, dossiers, details], names);
    expect(ids).toHaveLength(2 + 2 + 11 + 4 + 2);
    for (const id of [...ids, assigned_to]) expect(id).toMatch(anyUuid);
  });

  it('of a dossier or a note is a UUID (LG-GEN-045)', async () => {
    const { dossiers, details } = await portrait(lab, (await furnish(lab)).key);
    const ids = valuesOf([dossiers, details.map(({ notes }) => notes)], /^(id|dossier_id)$/);
    expect(ids).toHaveLength(3);
    for (const id of ids) expect(id).toMatch(anyUuid);
  });

  it('that is new is of version 4, in small letters (LG-GEN-046)', async () => {
    const own = await furnish(lab);
    for (const id of ['createDossier', 'createContact', 'createDossierNote'] as const) {
      const { body } = await ask<{ id: string }>(lab, id, own, own);
      expect(body.data.id).toMatch(newUuid);
    }
  });

  it('is one thing’s only, and the same wherever it is answered (LG-GEN-047)', async () => {
    const own = await furnish(lab);
    const make = (id: 'createDossier' | 'createContact' | 'createDossierNote') =>
      Array.from({ length: 20 }, () => ask<{ id: string }>(lab, id, own, own));
    const replies = [
      ...make('createDossier'),
      ...make('createContact'),
      ...make('createDossierNote'),
    ];
    const made = (await Promise.all(replies)).map(({ body }) => body.data.id);
    expect(new Set(made).size).toBe(60);
    const { dossiers, contacts, details } = await portrait(lab, own.key);
    const notes = details.flatMap((detail) => detail.notes.data);
    const seen = [...dossiers.data, ...contacts.data, ...notes].map(({ id }) => id);
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of made) expect(seen).toContain(id);
  });
});
