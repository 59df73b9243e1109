import { beforeEach, describe, expect, it } from 'vitest';
import { expectRefusal, useLab } from './lab.ts';
import { openOffice, type Contact, type Office } from './office.ts';

const lab = useLab();
let office: Office;
beforeEach(async () => {
  office = await openOffice(lab);
});

const everybody = async () => (await office.read<Contact[]>('/contacts')).data;

describe('Deleting a contact', () => {
  it('answers its id and that it is deleted (LG-CON-075)', async () => {
    const { id } = await office.contact();
    expect(await office.remove(`/contacts/${id}`)).toEqual({ id, deleted: true });
  });

  it('leaves nothing to retrieve, change, link or delete, and no list shows it (LG-CON-074)', async () => {
    const dossier = await office.dossier();
    const [gone, stays] = [
      await office.contact({ full_name: 'Gone', kind: ['client'] }),
      await office.contact({ full_name: 'Stays', kind: ['client'] }),
    ];
    const path = `/contacts/${gone.id}`;
    await office.remove(path);
    const link = { contact_id: gone.id, role_on_dossier: 'other' };
    for (const reply of [
      await office.ask('GET', path),
      await office.ask('PATCH', path, { city: 'Ede' }),
      await office.ask('DELETE', path),
      await office.ask('POST', `/dossiers/${dossier.id}/contacts`, link),
      await office.ask('POST', '/dossiers', { type: 'sales', name: 'A', contact_id: gone.id }),
    ]) {
      expectRefusal(reply, 404, 'not_found', 'Contact not found.');
    }
    for (const query of ['', '?kind=client', '?search=Gone']) {
      const { data } = await office.read<Contact[]>(`/contacts${query}`);
      expect(data.map(({ id }) => id)).not.toContain(gone.id);
    }
    expect((await office.read(`/contacts/${stays.id}`)).data).toEqual(stays);
  });

  it('takes it off all of its dossiers, and nobody else (LG-CON-076)', async () => {
    const [gone, stays] = [await office.contact(), await office.contact()];
    const dossiers = [await office.bareDossier(), await office.bareDossier()];
    for (const dossier of dossiers) {
      await office.linkTo(dossier, gone);
      await office.linkTo(dossier, stays, { role_on_dossier: 'champion' });
    }
    await office.remove(`/contacts/${gone.id}`);
    for (const dossier of dossiers) {
      const { data, meta } = await office.read(`/dossiers/${dossier.id}/contacts`);
      expect(data).toMatchObject([{ contact_id: stays.id, role_on_dossier: 'champion' }]);
      expect(meta.total).toBe(1);
    }
  });

  it('leaves its dossiers as they were, with all that is on them (LG-CON-077)', async () => {
    const gone = await office.contact({ email: 'sophie@x.example' });
    const draft = { contact_id: gone.id, email: 'sophie@x.example', contact_person: 'Sophie' };
    const dossiers = [await office.dossier(draft), await office.dossier(draft)];
    const first = dossiers[0]?.id ?? '';
    const note = await office.make(`/dossiers/${first}/notes`, { content: 'Called.' });
    await office.remove(`/contacts/${gone.id}`);
    for (const dossier of dossiers) {
      expect((await office.read(`/dossiers/${dossier.id}`)).data).toEqual(dossier);
    }
    expect((await office.read('/dossiers')).meta.total).toBe(2);
    expect((await office.read(`/dossiers/${first}/notes`)).data).toEqual([note]);
  });

  it('makes its address free for a new contact and for one that exists (LG-CON-078)', async () => {
    const email = 'Sophie@x.example';
    const known = await office.contact();
    const change = () => office.ask('PATCH', `/contacts/${known.id}`, { email });
    const gone = await office.contact({ email });
    expectRefusal(await change(), 409, 'duplicate_contact');
    await office.remove(`/contacts/${gone.id}`);
    const heir = await office.contact({ email: email.toUpperCase() });
    expect(heir.id).not.toBe(gone.id);
    expectRefusal(await change(), 409, 'duplicate_contact');
    await office.remove(`/contacts/${heir.id}`);
    expect((await change()).status).toBe(200);
  });

  it('leaves a dossier whose primary contact it was without one, until another is named (LG-CON-079)', async () => {
    const dossier = await office.bareDossier();
    const [first, second] = [await office.contact(), await office.contact()];
    await office.linkTo(dossier, second, { role_on_dossier: 'primary' });
    await office.linkTo(dossier, first, { is_primary: true });
    await office.remove(`/contacts/${first.id}`);
    const left = { contact_id: second.id, role_on_dossier: 'primary', is_primary: false };
    expect(await office.contactsOf(dossier)).toMatchObject([left]);
    await office.linkTo(dossier, second, { is_primary: true });
    expect(await office.contactsOf(dossier)).toMatchObject([{ is_primary: true }]);
  });

  it('succeeds once, of many requests at the same moment (LG-CON-074)', async () => {
    const { id } = await office.contact();
    const requests = Array.from({ length: 10 }, () => office.ask('DELETE', `/contacts/${id}`));
    const statuses = (await Promise.all(requests)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, ...Array.from({ length: 9 }, () => 404)]);
    expect(await everybody()).toEqual([]);
  });

  it('undoes nothing when it fails on the way (LG-ERR-022)', async () => {
    const [contact, dossier] = [await office.contact(), await office.bareDossier()];
    await office.linkTo(dossier, contact, { is_primary: true });
    const linked = await office.contactsOf(dossier);
    await lab.control('POST', `/organizations/${office.id}/failures`, { next: 'request' });
    expectRefusal(await office.ask('DELETE', `/contacts/${contact.id}`), 500, 'internal');
    expect(await everybody()).toEqual([{ ...contact, dossier_count: 1 }]);
    expect(await office.contactsOf(dossier)).toEqual(linked);
  });
});
