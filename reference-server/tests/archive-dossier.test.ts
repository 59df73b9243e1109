import { beforeEach, describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { openDesk, type Desk } from './desk.ts';
import { form, pdf, useLab, type Dossier } from './lab.ts';

const lab = useLab();
let own: Desk;
let made: Dossier;
beforeEach(async () => {
  own = await openDesk(lab);
  const deal = { contact_person: 'Mark', deal_size: 45000.5, deal_currency: 'EUR' };
  const said = { company: 'Rabobank', assigned_to: own.members[0]?.id, intake_notes: 'ה\u0301 🙂' };
  made = await own.create({ type: 'sales', name: 'Rabobank', ...said, ...deal });
});

const statuses = ['active', 'won', 'lost', 'archived'];
const listedUnder = async () => {
  const found: string[] = [];
  for (const status of statuses) {
    const { data } = await own.list(`?status=${status}`);
    if (data.some(({ id }) => id === made.id)) found.push(status);
  }
  return found;
};
const notesOf = async () =>
  (await own.send<Schemas['Note'][]>('GET', `/dossiers/${made.id}/notes`)).body.data;
const addNote = (content: string) =>
  own.send('POST', `/dossiers/${made.id}/notes`, { json: { content } });

describe('Deleting a dossier', () => {
  it('archives it, and answers its id and that status (LG-DOS-093, LG-DOS-094)', async () => {
    const { status, body } = await own.send('DELETE', `/dossiers/${made.id}`);
    expect([status, body.data]).toMatchObject([200, { id: made.id, status: 'archived' }]);
    expect((await own.read(made.id)).status).toBe('archived');
  });

  it('keeps it to be retrieved, and listed under archived alone (LG-DOS-015, LG-DOS-095, LG-DOS-096)', async () => {
    const [total] = await own.census();
    for (const status of statuses) {
      await own.change(made.id, { status });
      expect(await own.archive(made.id)).toEqual({ ...made, status: 'archived' });
      expect(await own.read(made.id)).toEqual({ ...made, status: 'archived' });
      expect(await listedUnder()).toEqual(['archived']);
    }
    expect((await own.census())[0]).toBe(total);
  });

  it('changes nothing when it is archived already (LG-DOS-099)', async () => {
    const archived = await own.archive(made.id);
    expect(await own.archive(made.id)).toEqual(archived);
    const both = await Promise.all([own.archive(made.id), own.archive(made.id)]);
    expect(both).toEqual([archived, archived]);
    expect(await own.read(made.id)).toEqual(archived);
  });

  it('leaves other dossiers alone (LG-DOS-093)', async () => {
    const other = await own.create({ type: 'sales', name: 'Rabobank' });
    await own.archive(made.id);
    expect(await own.read(other.id)).toEqual(other);
  });
});

describe('Restoring a dossier', () => {
  it.each(['active', 'won', 'lost'] as const)(
    'as %s brings it back with its fields, stage, contacts and notes (LG-DOS-097, LG-DOS-098)',
    async (status) => {
      const { stages } = await own.defaultFlow('sales');
      const before = await own.change(made.id, { current_stage_id: stages[3]?.id });
      const contact = await own.addContact({ full_name: 'Pieter' });
      const json = { contact_id: contact.id, role_on_dossier: 'champion' };
      await own.send('POST', `/dossiers/${made.id}/contacts`, { json });
      await addNote('First');
      await addNote('Second');
      const [links, notes] = [await own.contactsOf(made), await notesOf()];
      await own.archive(made.id);
      expect(await own.change(made.id, { status })).toEqual({ ...before, status });
      expect(await own.read(made.id)).toEqual({ ...before, status });
      expect(await listedUnder()).toEqual([status]);
      expect([await own.contactsOf(made), await notesOf()]).toEqual([links, notes]);
      expect([links.length, notes.length]).toEqual([2, 2]);
    },
  );
});

describe('An archived dossier', () => {
  beforeEach(async () => {
    await own.archive(made.id);
  });

  it('can be changed without being restored (LG-DOS-100)', async () => {
    const { stages } = await own.defaultFlow('sales');
    for (const changes of [
      { name: 'Rabobank, later' },
      { current_stage_id: stages[1]?.id },
      { assigned_to: null, deal_size: 0 },
      { status: 'archived', company: null },
    ]) {
      const changed = await own.change(made.id, changes);
      expect(changed).toMatchObject({ ...changes, status: 'archived' });
      expect(await own.read(made.id)).toEqual(changed);
    }
    expect(await listedUnder()).toEqual(['archived']);
  });

  it('takes a CV and notes, and shows them (LG-DOS-101)', async () => {
    const body = form({}, pdf());
    const stored = await own.send('POST', `/dossiers/${made.id}/cv`, { body });
    expect([stored.status, stored.body.data.status]).toEqual([200, 'archived']);
    expect((await own.read(made.id)).cv_url).toBe(stored.body.data.cv_url);
    expect((await addNote('Too late')).status).toBe(201);
    expect((await notesOf()).map(({ content }) => content)).toEqual(['Too late']);
  });

  it('takes contacts and lets them go (LG-DOS-101)', async () => {
    const [first] = await own.contactsOf(made);
    const { id: contact_id } = await own.addContact({ full_name: 'Pieter' });
    const json = { contact_id, role_on_dossier: 'other', is_primary: true };
    const path = `/dossiers/${made.id}/contacts`;
    expect((await own.send('POST', path, { json })).status).toBe(201);
    const links = await own.contactsOf(made);
    expect(links.map((link) => [link.contact_id, link.is_primary])).toEqual([
      [contact_id, true],
      [first?.contact_id, false],
    ]);
    expect((await own.send('DELETE', `${path}/${contact_id}`)).status).toBe(200);
    expect(await own.contactsOf(made)).toEqual([{ ...first, is_primary: false }]);
  });
});
