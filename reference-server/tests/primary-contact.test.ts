import { beforeEach, describe, expect, it } from 'vitest';
import { useLab, type Dossier } from './lab.ts';
import { openOffice, type Contact, type Office } from './office.ts';

const lab = useLab();
let office: Office;
let dossier: Dossier;
beforeEach(async () => {
  office = await openOffice(lab);
  dossier = await office.bareDossier();
});

const people = (count: number) =>
  Promise.all(Array.from({ length: count }, () => office.contact())) as Promise<
    [Contact, Contact, ...Contact[]]
  >;
const primary = { is_primary: true };
const primariesOf = async (one: Dossier) =>
  (await office.contactsOf(one)).filter((item) => item.is_primary).map((item) => item.contact_id);

describe('The primary contact of a dossier', () => {
  it('is the one that is linked as such (LG-LNK-019)', async () => {
    const [first, second] = await people(2);
    await office.linkTo(dossier, first);
    expect((await office.linkTo(dossier, second, primary)).is_primary).toBe(true);
    expect(await primariesOf(dossier)).toEqual([second.id]);
  });

  it.each(['hiring_manager', 'gatekeeper', 'other', 'primary'])(
    'can have the role %s, or any other (LG-LNK-018)',
    async (role_on_dossier) => {
      const [contact] = await people(1);
      const link = { role_on_dossier, is_primary: true };
      expect(await office.linkTo(dossier, contact, link)).toMatchObject(link);
      expect(await office.contactsOf(dossier)).toMatchObject([link]);
    },
  );

  it.each([{}, { is_primary: false }])(
    'is nobody who is linked with %j, be it first or with the role primary (LG-LNK-017)',
    async (more) => {
      const [first, second] = await people(2);
      const link = { role_on_dossier: 'primary', ...more };
      expect((await office.linkTo(dossier, first, link)).is_primary).toBe(false);
      expect((await office.linkTo(dossier, second, more)).is_primary).toBe(false);
      expect(await primariesOf(dossier)).toEqual([]);
    },
  );

  it('stays when others are linked without taking the place (LG-LNK-016)', async () => {
    const [first, ...others] = await people(4);
    await office.linkTo(dossier, first, primary);
    for (const [index, contact] of others.entries()) {
      const more = [{}, { is_primary: false }, { role_on_dossier: 'primary' }][index];
      await office.linkTo(dossier, contact, more);
      expect(await primariesOf(dossier)).toEqual([first.id]);
    }
  });

  it('gives its place to the next one and keeps its link and its role (LG-LNK-020, LG-LNK-023)', async () => {
    const [first, second] = await people(2);
    await office.linkTo(dossier, first, { role_on_dossier: 'primary', is_primary: true });
    const more = { role_on_dossier: 'champion', is_primary: true };
    await office.linkTo(dossier, second, more);
    const former = { contact_id: first.id, role_on_dossier: 'primary', is_primary: false };
    expect(await office.contactsOf(dossier)).toMatchObject([
      { contact_id: second.id, ...more },
      former,
    ]);
    await office.linkTo(dossier, first, primary);
    expect(await primariesOf(dossier)).toEqual([first.id]);
    expect(await office.contactsOf(dossier)).toHaveLength(2);
  });

  it('gives up its place when it is linked again without it (LG-LNK-025)', async () => {
    const [contact] = await people(1);
    await office.linkTo(dossier, contact, primary);
    expect((await office.linkTo(dossier, contact)).is_primary).toBe(false);
    expect(await primariesOf(dossier)).toEqual([]);
  });

  it('that came with the dossier gives its place up as any other does (LG-LNK-020)', async () => {
    const [given, second] = await people(2);
    for (const own of [await office.dossier(), await office.dossier({ contact_id: given.id })]) {
      const [before] = await office.contactsOf(own);
      await office.linkTo(own, second, primary);
      const demoted = { ...before, is_primary: false };
      expect((await office.contactsOf(own))[1]).toEqual(demoted);
      expect(await primariesOf(own)).toEqual([second.id]);
    }
  });

  it('is one at most, however many ask for the place at the same moment (LG-LNK-021)', async () => {
    const contacts = await people(20);
    await Promise.all(contacts.map((contact) => office.linkTo(dossier, contact, primary)));
    expect(await primariesOf(dossier)).toHaveLength(1);
    expect(await office.contactsOf(dossier)).toHaveLength(20);
    await Promise.all(contacts.map((contact) => office.linkTo(dossier, contact, primary)));
    expect(await primariesOf(dossier)).toHaveLength(1);
  });

  it('has nothing to do with other dossiers (LG-LNK-022)', async () => {
    const [first, second] = await people(2);
    const other = await office.bareDossier();
    await office.linkTo(other, first, primary);
    await office.linkTo(other, second);
    const before = await office.contactsOf(other);
    await office.linkTo(dossier, first, primary);
    await office.linkTo(dossier, second, primary);
    await office.linkTo(dossier, first);
    await office.remove(`/dossiers/${dossier.id}/contacts/${second.id}`);
    expect(await office.contactsOf(other)).toEqual(before);
  });

  it('is nobody once it was unlinked, until another is named (LG-LNK-031)', async () => {
    const [first, second] = await people(2);
    await office.linkTo(dossier, second, { role_on_dossier: 'primary' });
    await office.linkTo(dossier, first, primary);
    await office.remove(`/dossiers/${dossier.id}/contacts/${first.id}`);
    expect(await primariesOf(dossier)).toEqual([]);
    await office.linkTo(dossier, first);
    expect(await primariesOf(dossier)).toEqual([]);
    await office.linkTo(dossier, second, primary);
    expect(await primariesOf(dossier)).toEqual([second.id]);
  });
});
