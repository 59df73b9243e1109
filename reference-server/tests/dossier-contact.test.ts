import { beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import { expectRefusal, useLab, type Dossier } from './lab.ts';
import { unknownId } from './office.ts';

const lab = useLab();
let own: Desk;
beforeEach(async () => {
  own = await openDesk(lab);
});

const candidate = { type: 'candidate', name: 'Sophie van Dijk' };
const sales = { type: 'sales', name: 'KLM, Cabin crew hiring' };
const details = { email: 'Sophie@x.example', phone: '06', company: 'Adyen', role: 'Engineer' };

/** The only contact of a dossier, as it is linked and as it is. */
const contactOf = async (dossier: Dossier) => {
  const [link, ...others] = await own.contactsOf(dossier);
  if (!link || others.length > 0) throw new Error('There is not just one contact.');
  return { link, contact: await own.contact(link.contact_id) };
};

describe('The contact that comes with a new dossier', () => {
  it.each([candidate, sales])(
    'is a new one, linked as primary in the role primary: $type (LG-DOS-058, LG-DOS-063)',
    async (draft) => {
      const [, before = 0] = await own.census();
      const { link, contact } = await contactOf(await own.create(draft));
      expect(link).toMatchObject({ role_on_dossier: 'primary', is_primary: true });
      expect(contact.dossier_count).toBe(1);
      expect((await own.census())[1]).toBe(before + 1);
    },
  );

  it('has the name of a candidate, and is one (LG-DOS-059, LG-DOS-062)', async () => {
    const { contact } = await contactOf(await own.create(candidate));
    expect(contact).toMatchObject({ full_name: candidate.name, kind: ['candidate'] });
  });

  it('has the name of a sale’s contact person, and is a prospect (LG-DOS-060, LG-DOS-062)', async () => {
    const { contact } = await contactOf(await own.create({ ...sales, contact_person: 'Pieter' }));
    expect(contact).toMatchObject({ full_name: 'Pieter', kind: ['prospect'] });
  });

  it.each([undefined, null, '', ' \t'])(
    'has the name of the sale when the contact person is %j (LG-DOS-060)',
    async (contact_person) => {
      const { contact } = await contactOf(await own.create({ ...sales, contact_person }));
      expect(contact.full_name).toBe(sales.name);
    },
  );

  it('takes over e-mail, phone, company and role, and nothing else (LG-DOS-061)', async () => {
    const empty = { linkedin_url: null, city: null, notes: null };
    for (const draft of [candidate, { ...sales, intake_notes: 'x' }]) {
      const email = `${draft.type}@x.example`;
      const { contact } = await contactOf(await own.create({ ...draft, ...details, email }));
      expect(contact).toMatchObject({ ...details, email, ...empty });
    }
    const { contact } = await contactOf(await own.create(candidate));
    expect(contact).toMatchObject({ email: null, phone: null, company: null, role: null });
  });

  it('stays as it is when the dossier changes (LG-DOS-087)', async () => {
    const made = await own.create({ ...candidate, ...details });
    const { contact } = await contactOf(made);
    const taken = await own.addContact({ full_name: 'Mark', email: 'mark@x.example' });
    const changes = { email: taken.email, phone: '1', company: 'KLM', role: null, name: 'Zoë' };
    expect(await own.change(made.id, changes)).toEqual({ ...made, ...changes });
    expect((await contactOf(made)).contact).toEqual(contact);
    expect(await own.contact(taken.id)).toEqual(taken);
  });
});

describe('The contact who has the e-mail address of a new dossier already', () => {
  it.each(['mark+1@rabobank.example', 'MARK+1@RABOBANK.EXAMPLE', 'Mark+1@Rabobank.example'])(
    'is linked instead of a new one, and stays unchanged: %s (LG-DOS-064)',
    async (email) => {
      const known = await own.addContact({ full_name: 'Mark', email: 'Mark+1@Rabobank.example' });
      const [, before] = await own.census();
      const made = await own.create({ ...sales, email, phone: '1', contact_person: 'X' });
      expect(made.email).toBe(email);
      const { link, contact } = await contactOf(made);
      expect(link).toMatchObject({ role_on_dossier: 'primary', is_primary: true });
      expect(contact).toEqual({ ...known, dossier_count: 1 });
      expect((await own.census())[1]).toBe(before);
    },
  );

  it('is one and the same for many dossiers that come at once (LG-DOS-064)', async () => {
    const drafts = Array.from({ length: 20 }, (_, index) => ({
      ...candidate,
      email: index % 2 === 0 ? 'sophie@x.example' : 'SOPHIE@X.example',
    }));
    const made = await Promise.all(drafts.map((draft) => own.create(draft)));
    const found = await Promise.all(made.map(contactOf));
    expect(new Set(found.map(({ contact }) => contact.id)).size).toBe(1);
    expect(found[0]?.contact.dossier_count).toBe(20);
    expect((await own.census())[1]).toBe(1);
  });

  it('is not somebody whose address only resembles it, nor of another organisation (LG-DOS-058)', async () => {
    const other = await openDesk(lab);
    await other.addContact({ full_name: 'Elsewhere', email: 'mark@x.example' });
    await own.addContact({ full_name: 'Close', email: 'mark+1@x.example' });
    const { contact } = await contactOf(
      await own.create({ ...candidate, email: 'mark@x.example' }),
    );
    expect(contact).toMatchObject({ full_name: candidate.name, email: 'mark@x.example' });
    expect(await own.census()).toEqual([1, 2]);
  });
});

describe('The contact that a new dossier is given', () => {
  it('is linked, as primary in the role primary, and no other is made (LG-DOS-052, LG-DOS-053, LG-DOS-056)', async () => {
    const given = await own.addContact({ full_name: 'Mark', kind: ['client'] });
    for (const draft of [candidate, sales]) {
      const { link } = await contactOf(await own.create({ ...draft, contact_id: given.id }));
      expect(link).toMatchObject({
        contact_id: given.id,
        role_on_dossier: 'primary',
        is_primary: true,
      });
    }
    expect(await own.census()).toEqual([2, 1]);
  });

  it('stays as it is, whatever else is said, even of another contact (LG-DOS-053, LG-DOS-057)', async () => {
    const given = await own.addContact({ full_name: 'Mark', company: 'Rabobank' });
    const other = await own.addContact({ full_name: 'Sophie', email: details.email });
    const said = { ...details, contact_person: 'Pieter' };
    const made = await own.create({ ...sales, ...said, contact_id: given.id });
    expect(made).toMatchObject(said);
    expect((await contactOf(made)).contact).toEqual({ ...given, dossier_count: 1 });
    expect(await own.contact(other.id)).toEqual(other);
    expect(await own.census()).toEqual([1, 2]);
  });

  it('is refused when it is unknown or another organisation’s, which look alike (LG-DOS-054, LG-DOS-055)', async () => {
    const other = await openDesk(lab);
    const foreign = await other.addContact({ full_name: 'Elsewhere' });
    const deleted = await own.addContact({ full_name: 'Gone' });
    await own.send('DELETE', `/contacts/${deleted.id}`);
    const texts = new Set<string>();
    for (const contact_id of [foreign.id, unknownId, deleted.id]) {
      const json = { ...candidate, contact_id };
      const refused = await own.send('POST', '/dossiers', { json });
      expectRefusal(refused, 404, 'not_found', 'Contact not found.');
      texts.add(refused.text);
    }
    expect(texts.size).toBe(1);
    expect(await own.census()).toEqual([0, 0]);
    expect((await other.contact(foreign.id)).dossier_count).toBe(0);
    await other.create({ ...candidate, contact_id: foreign.id });
  });
});
