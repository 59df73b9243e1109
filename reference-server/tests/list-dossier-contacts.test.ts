import { beforeEach, describe, expect, it } from 'vitest';
import { expectRefusal, useLab } from './lab.ts';
import { openOffice, type LinkedContact, type Office } from './office.ts';

const lab = useLab();
let office: Office;
beforeEach(async () => {
  office = await openOffice(lab);
});

const idsOf = (items: readonly LinkedContact[]) => items.map(({ contact_id }) => contact_id);

describe('Listing the contacts of a dossier', () => {
  it('answers all that are linked to it and nobody else (LG-LNK-004)', async () => {
    const [dossier, other] = [await office.bareDossier(), await office.bareDossier()];
    const [first, second, third] = [
      await office.contact(),
      await office.contact(),
      await office.contact(),
    ];
    await office.linkTo(dossier, first);
    await office.linkTo(dossier, second);
    await office.linkTo(other, second);
    await office.linkTo(other, third);
    expect(idsOf(await office.contactsOf(dossier))).toEqual([first.id, second.id]);
    expect(idsOf(await office.contactsOf(other))).toEqual([second.id, third.id]);
    expect(await office.contactsOf(await office.bareDossier())).toEqual([]);
  });

  it('shows who they are, in which role, and whether primary (LG-LNK-005, LG-LNK-006)', async () => {
    const dossier = await office.bareDossier();
    const mark = { full_name: 'Mark “M.” de Vries', email: 'M@x.example', company: 'Rabobank' };
    const nobody = { full_name: '<b>', email: null, company: null };
    const first = await office.contact({ ...mark, phone: '1', city: 'Ede', notes: 'secret' });
    const second = await office.contact(nobody);
    await office.linkTo(dossier, first, { role_on_dossier: 'hiring_manager' });
    await office.linkTo(dossier, second, { role_on_dossier: 'primary', is_primary: true });
    expect(await office.contactsOf(dossier)).toEqual([
      { contact_id: second.id, ...nobody, role_on_dossier: 'primary', is_primary: true },
      { contact_id: first.id, ...mark, role_on_dossier: 'hiring_manager', is_primary: false },
    ]);
  });

  it('shows them as they are now (LG-LNK-007)', async () => {
    const dossier = await office.bareDossier();
    const contact = await office.contact({
      full_name: 'Old',
      email: 'old@x.example',
      company: 'A',
    });
    await office.linkTo(dossier, contact);
    const changes = { full_name: 'New', email: 'new@x.example', company: null };
    await office.change(`/contacts/${contact.id}`, changes);
    expect(await office.contactsOf(dossier)).toMatchObject([
      { contact_id: contact.id, ...changes },
    ]);
  });

  it('begins with the primary contact, then goes by the order of linking (LG-LNK-009)', async () => {
    const dossier = await office.bareDossier();
    const contacts = await Promise.all(Array.from({ length: 5 }, () => office.contact()));
    for (const contact of contacts) await office.linkTo(dossier, contact);
    const expected = contacts.map(({ id }) => id);
    expect(idsOf(await office.contactsOf(dossier))).toEqual(expected);
    for (const contact of contacts.toReversed()) {
      await office.linkTo(dossier, contact, { is_primary: true });
      const others = expected.filter((id) => id !== contact.id);
      expect(idsOf(await office.contactsOf(dossier))).toEqual([contact.id, ...others]);
    }
  });

  it('puts who was unlinked and linked again at the end (LG-LNK-009)', async () => {
    const dossier = await office.bareDossier();
    const contacts = [await office.contact(), await office.contact(), await office.contact()];
    for (const contact of contacts) await office.linkTo(dossier, contact);
    const [first, second, third] = contacts;
    if (!first) throw new Error('Nobody was made.');
    await office.remove(`/dossiers/${dossier.id}/contacts/${first.id}`);
    await office.linkTo(dossier, first);
    expect(idsOf(await office.contactsOf(dossier))).toEqual([second?.id, third?.id, first.id]);
  });
});

describe('The pages of a dossier’s contacts', () => {
  it.each([1, 4, 10, 29, 30, 100])(
    'of %i hold each of them once, in the order of the list (LG-LNK-008)',
    async (size) => {
      const dossier = await office.bareDossier();
      const path = `/dossiers/${dossier.id}/contacts`;
      for (let index = 0; index < 30; index += 1) {
        await office.linkTo(dossier, await office.contact(), { is_primary: index === 17 });
      }
      const { data: all, meta } = await office.read<LinkedContact[]>(`${path}?per_page=100`);
      expect([all.length, all[0]?.is_primary, meta]).toEqual([
        30,
        true,
        { total: 30, page: 1, per_page: 100 },
      ]);
      const seen: LinkedContact[] = [];
      for (let page = 1; page <= Math.ceil(30 / size); page += 1) {
        const one = await office.read<LinkedContact[]>(`${path}?page=${page}&per_page=${size}`);
        expect(one.meta).toEqual({ total: 30, page, per_page: size });
        seen.push(...one.data);
      }
      expect(seen).toEqual(all);
      const standard = await office.read(path);
      expect(standard).toEqual({
        data: all.slice(0, 25),
        meta: { total: 30, page: 1, per_page: 25 },
      });
      const beyond = await office.read(`${path}?page=31`);
      expect(beyond).toEqual({ data: [], meta: { total: 30, page: 31, per_page: 25 } });
    },
  );

  it.each(['page=0', 'page=x', 'page=', 'page=1.5', 'per_page=0', 'per_page=101', 'per_page=-1'])(
    'are none for %s (LG-LNK-008)',
    async (query) => {
      const { id } = await office.bareDossier();
      const refused = await office.ask('GET', `/dossiers/${id}/contacts?${query}`);
      expectRefusal(refused, 400, 'invalid_body', /^(per_)?page must be/);
    },
  );
});
