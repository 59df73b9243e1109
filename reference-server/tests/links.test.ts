import { beforeEach, describe, expect, it } from 'vitest';
import { expectRefusal, useLab } from './lab.ts';
import { openOffice, unknownId, type Contact, type Link, type Office } from './office.ts';

const lab = useLab();
let office: Office;
beforeEach(async () => {
  office = await openOffice(lab);
});

const roles = ['primary', 'hiring_manager', 'decision_maker', 'champion', 'gatekeeper'];
roles.push('introducer', 'other');
const countOf = async ({ id }: Contact) =>
  (await office.read<Contact>(`/contacts/${id}`)).data.dossier_count;

describe('Linking a contact to a dossier', () => {
  it('answers the link, and puts the contact on the dossier’s list with its role (LG-LNK-001, LG-LNK-005, LG-LNK-010, LG-LNK-024)', async () => {
    const draft = { full_name: 'Mark', email: 'mark@x.example', company: 'Rabobank' };
    const [dossier, contact] = [await office.bareDossier(), await office.contact(draft)];
    const more = { role_on_dossier: 'decision_maker', is_primary: false };
    const link = { contact_id: contact.id, ...more };
    expect(await office.linkTo(dossier, contact, more)).toEqual({
      dossier_id: dossier.id,
      ...link,
    });
    expect(await office.contactsOf(dossier)).toEqual([{ ...link, ...draft }]);
  });

  it('leaves contact and dossier as they are (LG-LNK-010)', async () => {
    const [dossier, contact] = [await office.bareDossier(), await office.contact()];
    await office.linkTo(dossier, contact, { is_primary: true });
    expect((await office.read(`/dossiers/${dossier.id}`)).data).toEqual(dossier);
    const { data } = await office.read(`/contacts/${contact.id}`);
    expect(data).toEqual({ ...contact, dossier_count: 1 });
  });

  it.each(roles)('accepts the role %s (LG-LNK-015)', async (role_on_dossier) => {
    const [dossier, contact] = [await office.bareDossier(), await office.contact()];
    const link = await office.linkTo(dossier, contact, { role_on_dossier });
    expect(link.role_on_dossier).toBe(role_on_dossier);
    expect(await office.contactsOf(dossier)).toMatchObject([{ role_on_dossier }]);
  });

  it('gives several contacts of a dossier roles of their own (LG-LNK-001, LG-LNK-002)', async () => {
    const dossier = await office.bareDossier();
    for (const role_on_dossier of [...roles, 'champion', 'champion']) {
      await office.linkTo(dossier, await office.contact(), { role_on_dossier });
    }
    const found = (await office.contactsOf(dossier)).map((item) => item.role_on_dossier);
    expect(found).toEqual([...roles, 'champion', 'champion']);
  });

  it('gives a contact another role on each of any number of dossiers (LG-CON-003, LG-LNK-003)', async () => {
    const contact = await office.contact();
    for (const [index, role_on_dossier] of [...roles, ...roles].entries()) {
      const dossier = await office.bareDossier();
      await office.linkTo(dossier, contact, { role_on_dossier });
      const expected = [{ contact_id: contact.id, role_on_dossier }];
      expect(await office.contactsOf(dossier)).toMatchObject(expected);
      expect(await countOf(contact)).toBe(index + 1);
    }
    expect(await countOf(await office.contact())).toBe(0);
  });

  it('again updates the one link that the two have, primary or not as it says now (LG-LNK-025, LG-LNK-026, LG-LNK-032)', async () => {
    const dossier = await office.bareDossier();
    const [contact, other] = [await office.contact(), await office.contact()];
    await office.linkTo(dossier, contact);
    await office.linkTo(dossier, other);
    for (const [more, is_primary] of [
      [{ role_on_dossier: 'champion' }, false],
      [{ role_on_dossier: 'champion' }, false],
      [{ role_on_dossier: 'introducer', is_primary: true }, true],
      [{ role_on_dossier: 'introducer', is_primary: true }, true],
      [{ role_on_dossier: 'gatekeeper' }, false],
    ] as const) {
      const { role_on_dossier } = more;
      const link = { contact_id: contact.id, role_on_dossier, is_primary };
      expect(await office.linkTo(dossier, contact, more)).toEqual({
        dossier_id: dossier.id,
        ...link,
      });
      const { data, meta } = await office.read<Link[]>(`/dossiers/${dossier.id}/contacts`);
      expect(data).toMatchObject([link, { contact_id: other.id, role_on_dossier: 'other' }]);
      expect(meta.total).toBe(2);
      expect(await countOf(contact)).toBe(1);
    }
  });

  it('makes one link of many simultaneous requests for the same two (LG-LNK-026)', async () => {
    const [dossier, contact] = [await office.bareDossier(), await office.contact()];
    const links = roles.map((role_on_dossier) =>
      office.linkTo(dossier, contact, { role_on_dossier }),
    );
    await Promise.all(links);
    expect(await office.contactsOf(dossier)).toHaveLength(1);
    expect(await countOf(contact)).toBe(1);
  });

  it('works on an archived dossier as on any other', async () => {
    const [dossier, contact] = [await office.bareDossier(), await office.contact()];
    await office.remove(`/dossiers/${dossier.id}`);
    await office.linkTo(dossier, contact, { is_primary: true });
    expect(await office.contactsOf(dossier)).toMatchObject([{ contact_id: contact.id }]);
  });
});

describe('A link that can’t be made', () => {
  /** Refused; nothing is linked, not even to the contact that it names. */
  const expectNoLink = async (
    draft: Record<string, unknown>,
    [status, code, message]: [number, string, string],
  ) => {
    const [dossier, contact] = [await office.bareDossier(), await office.contact()];
    await office.linkTo(dossier, contact, { is_primary: true });
    const linked = await office.contactsOf(dossier);
    const other = await office.contact();
    const whole = { contact_id: other.id, role_on_dossier: 'other', is_primary: true };
    const path = `/dossiers/${dossier.id}/contacts`;
    expectRefusal(await office.ask('POST', path, { ...whole, ...draft }), status, code, message);
    expect([await office.contactsOf(dossier), await countOf(other)]).toEqual([linked, 0]);
    expect((await office.ask('POST', path, whole)).status).toBe(201);
  };

  it('has no contact (LG-LNK-011)', async () => {
    await expectNoLink({ contact_id: undefined }, [400, 'invalid_body', 'contact_id is required']);
  });

  it('has no role (LG-LNK-014)', async () => {
    const refusal: [number, string, string] = [400, 'invalid_body', 'role_on_dossier is required'];
    await expectNoLink({ role_on_dossier: undefined }, refusal);
  });

  it.each([
    'boss',
    'Primary',
    'hiring manager',
    'HIRING_MANAGER',
    '',
    ' other',
    null,
    ['other'],
    0,
  ])('has the role %j, which is none (LG-LNK-015)', async (role_on_dossier) => {
    const message = 'role_on_dossier must be';
    await expectNoLink({ role_on_dossier }, [400, 'invalid_body', message]);
  });

  it.each(['true', 1, 0, null, [], ''])(
    'is primary %j, which is neither true nor false (LG-GEN-034, LG-GEN-036)',
    async (is_primary) => {
      const message = 'is_primary must be true or false';
      await expectNoLink({ is_primary }, [400, 'invalid_body', message]);
    },
  );

  it.each(['x', '', null, 1, {}])(
    'has the contact %j, which is no UUID (LG-GEN-049)',
    async (contact_id) => {
      await expectNoLink({ contact_id }, [400, 'invalid_body', 'contact_id must be a']);
    },
  );

  it('has a contact that is unknown, or another organisation’s, and the two look alike (LG-LNK-012, LG-LNK-013)', async () => {
    const other = await openOffice(lab);
    const theirs = await other.contact();
    for (const contact_id of [unknownId, theirs.id, office.id]) {
      await expectNoLink({ contact_id }, [404, 'not_found', 'Contact not found.']);
    }
    expect((await other.read(`/contacts/${theirs.id}`)).data).toEqual(theirs);
  });

  it('leaves the primary contact in its place when it fails on the way (LG-ERR-022)', async () => {
    const dossier = await office.bareDossier();
    const [first, second] = [await office.contact(), await office.contact()];
    await office.linkTo(dossier, first, { is_primary: true });
    const before = await office.contactsOf(dossier);
    await lab.control('POST', `/organizations/${office.id}/failures`, { next: 'request' });
    const json = { contact_id: second.id, role_on_dossier: 'other', is_primary: true };
    const refused = await office.ask('POST', `/dossiers/${dossier.id}/contacts`, json);
    expectRefusal(refused, 500, 'internal');
    expect(await office.contactsOf(dossier)).toEqual(before);
    await office.linkTo(dossier, second, { is_primary: true });
    expect(await office.contactsOf(dossier)).toHaveLength(2);
  });
});
