import { beforeEach, describe, expect, it } from 'vitest';
import { expectRefusal, useLab, type Dossier } from './lab.ts';
import { openOffice, unknownId, type Contact, type Office } from './office.ts';

const lab = useLab();
let office: Office;
beforeEach(async () => {
  office = await openOffice(lab);
});

const pathOf = (dossier: Dossier, { id }: Contact) => `/dossiers/${dossier.id}/contacts/${id}`;
const retrieve = async ({ id }: Contact) => (await office.read<Contact>(`/contacts/${id}`)).data;

describe('Unlinking a contact from a dossier', () => {
  it('answers what was unlinked from what (LG-LNK-029)', async () => {
    const [dossier, contact] = [await office.bareDossier(), await office.contact()];
    await office.linkTo(dossier, contact);
    const answer = { dossier_id: dossier.id, contact_id: contact.id, unlinked: true };
    expect(await office.remove(pathOf(dossier, contact))).toEqual(answer);
  });

  it('takes it off that dossier and leaves its links to others, and other links (LG-LNK-027)', async () => {
    const [dossier, other] = [await office.bareDossier(), await office.bareDossier()];
    const [contact, colleague] = [await office.contact(), await office.contact()];
    await office.linkTo(dossier, contact, { is_primary: true });
    await office.linkTo(dossier, colleague);
    await office.linkTo(other, contact, { role_on_dossier: 'champion', is_primary: true });
    const elsewhere = await office.contactsOf(other);
    await office.remove(pathOf(dossier, contact));
    const { data, meta } = await office.read(`/dossiers/${dossier.id}/contacts`);
    expect(data).toMatchObject([{ contact_id: colleague.id, is_primary: false }]);
    expect(meta.total).toBe(1);
    expect(await office.contactsOf(other)).toEqual(elsewhere);
  });

  it('leaves the contact with all of its fields, and the dossier (LG-LNK-028)', async () => {
    const draft = {
      email: 'sophie@x.example',
      phone: '1',
      city: 'Ede',
      kind: ['client'],
      notes: 'n',
    };
    const [dossier, contact] = [await office.bareDossier(), await office.contact(draft)];
    await office.linkTo(dossier, contact);
    await office.remove(pathOf(dossier, contact));
    expect(await retrieve(contact)).toEqual(contact);
    expect((await office.read('/contacts')).data).toEqual([contact]);
    expect((await office.read(`/dossiers/${dossier.id}`)).data).toEqual(dossier);
  });

  it('finds no link that is not there, any more or at all (LG-LNK-030)', async () => {
    const [dossier, other] = [await office.bareDossier(), await office.bareDossier()];
    const [contact, stranger] = [await office.contact(), await office.contact()];
    await office.linkTo(dossier, contact);
    await office.linkTo(other, stranger);
    const before = [await office.contactsOf(dossier), await office.contactsOf(other)];
    const expectNone = async (path: string) => {
      expectRefusal(await office.ask('DELETE', path), 404, 'not_found', 'is not linked');
    };
    await expectNone(pathOf(dossier, stranger));
    await expectNone(pathOf(other, contact));
    for (const id of [unknownId, 'x', '%00', '%2F', '__proto__', dossier.id]) {
      await expectNone(`/dossiers/${dossier.id}/contacts/${id}`);
    }
    expect([await office.contactsOf(dossier), await office.contactsOf(other)]).toEqual(before);
    await office.remove(pathOf(dossier, contact));
    await expectNone(pathOf(dossier, contact));
  });

  it('succeeds once, of many requests at the same moment (LG-LNK-030)', async () => {
    const [dossier, contact] = [await office.bareDossier(), await office.contact()];
    await office.linkTo(dossier, contact);
    const requests = Array.from({ length: 10 }, () =>
      office.ask('DELETE', pathOf(dossier, contact)),
    );
    const statuses = (await Promise.all(requests)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, ...Array.from({ length: 9 }, () => 404)]);
    expect(await retrieve(contact)).toEqual(contact);
  });

  it('can be followed by linking the two again (LG-LNK-010)', async () => {
    const [dossier, contact] = [await office.bareDossier(), await office.contact()];
    for (const role_on_dossier of ['champion', 'gatekeeper']) {
      await office.linkTo(dossier, contact, { role_on_dossier, is_primary: true });
      expect(await office.contactsOf(dossier)).toMatchObject([
        { role_on_dossier, is_primary: true },
      ]);
      await office.remove(pathOf(dossier, contact));
      expect(await office.contactsOf(dossier)).toEqual([]);
    }
  });
});

describe('The number of a contact’s dossiers', () => {
  it('rises with each link and falls with each that is undone, wherever it is shown (LG-CON-053)', async () => {
    const contact = await office.contact();
    const expectCount = async (count: number) => {
      expect((await retrieve(contact)).dossier_count).toBe(count);
      const listed = (await office.read<Contact[]>('/contacts?per_page=100')).data;
      expect(listed.find(({ id }) => id === contact.id)?.dossier_count).toBe(count);
      const changed = await office.change<Contact>(`/contacts/${contact.id}`, {});
      expect(changed.dossier_count).toBe(count);
    };
    const dossiers = [await office.dossier({ contact_id: contact.id }), await office.bareDossier()];
    await expectCount(1);
    for (const dossier of dossiers) await office.linkTo(dossier, contact);
    await expectCount(2);
    await office.linkTo(await office.dossier(), contact, { is_primary: true });
    await expectCount(3);
    for (const [index, dossier] of dossiers.entries()) {
      await office.remove(pathOf(dossier, contact));
      await expectCount(2 - index);
    }
  });

  it('is that of a new dossier’s own contact, one (LG-CON-053)', async () => {
    const draft = { email: 'sophie@x.example' };
    await office.dossier(draft);
    const [made] = (await office.read<Contact[]>('/contacts')).data;
    expect(made?.dossier_count).toBe(1);
    await office.dossier(draft);
    expect((await office.read<Contact[]>('/contacts')).data).toMatchObject([{ dossier_count: 2 }]);
  });

  it('counts archived dossiers too (LG-CON-054)', async () => {
    const contact = await office.contact();
    const dossier = await office.dossier({ contact_id: contact.id });
    await office.remove(`/dossiers/${dossier.id}`);
    expect((await retrieve(contact)).dossier_count).toBe(1);
    await office.change(`/dossiers/${dossier.id}`, { status: 'active' });
    expect((await retrieve(contact)).dossier_count).toBe(1);
  });

  it('stays when a dossier or a link is refused (LG-CON-053)', async () => {
    const contact = await office.contact();
    const draft = { type: 'sales', name: 'A', contact_id: contact.id, assigned_to: unknownId };
    expectRefusal(await office.ask('POST', '/dossiers', draft), 400, 'invalid_body');
    const link = { contact_id: contact.id, role_on_dossier: 'other' };
    const path = `/dossiers/${unknownId}/contacts`;
    expectRefusal(await office.ask('POST', path, link), 404, 'not_found', 'Dossier not found.');
    expect((await retrieve(contact)).dossier_count).toBe(0);
  });
});
