import { describe, expect, it } from 'vitest';
import { expectRefusal, useLab } from './lab.ts';
import { openOffice, type Contact, type Office } from './office.ts';

const lab = useLab();

const retrieve = async (office: Office, { id }: Contact) =>
  (await office.read<Contact>(`/contacts/${id}`)).data;
const list = async (office: Office) =>
  (await office.read<Contact[]>('/contacts?per_page=100')).data;
const mixCase = (text: string, index: number) =>
  Array.from(text, (sign, at) => ((index >> (at % 8)) & 1 ? sign.toUpperCase() : sign)).join('');

describe('The e-mail address of a contact', () => {
  it.each([
    'sophie@example.com',
    'Sophie.VanDijk+Werk@Example.COM',
    "o'brien@x.example",
    '"quoted"@x.example',
    'zoë@bücher.example',
    '用户@例子.example',
    'ΝΊΚΟΣ@example.gr',
    `${'long'.repeat(100)}@x.example`,
    'a@b',
    '👋@x.example',
    'a%_*@x.example',
  ])('is shown as it was sent, letter case and all: %s (LG-CON-030, LG-CON-031)', async (email) => {
    const office = await openOffice(lab);
    const made = await office.contact({ email });
    const other = await office.contact({ email: 'x@y.example' });
    expect([made.email, (await retrieve(office, made)).email]).toEqual([email, email]);
    expect((await list(office))[1]?.email).toBe(email);
    await office.remove(`/contacts/${made.id}`);
    const changed = await office.change<Contact>(`/contacts/${other.id}`, { email });
    expect([changed.email, (await retrieve(office, other)).email]).toEqual([email, email]);
  });

  it.each([
    '',
    'sophie',
    '@',
    'a@',
    '@b',
    'a@b@c',
    'a b@c',
    'a@b c',
    ' a@b',
    'a@b ',
    'a@b\n',
    'a@\u00a0b',
  ])('is refused when it looks like none, %j, in a change too (LG-CON-037)', async (email) => {
    const office = await openOffice(lab);
    const known = await office.contact({ email: 'a@b' });
    const draft = { full_name: 'A', email };
    const message = /^email must be an e-mail address/;
    expectRefusal(await office.ask('POST', '/contacts', draft), 400, 'invalid_body', message);
    const json = { email, city: 'Gent' };
    const refused = await office.ask('PATCH', `/contacts/${known.id}`, json);
    expectRefusal(refused, 400, 'invalid_body', message);
    expect(await list(office)).toEqual([known]);
    await office.change(`/contacts/${known.id}`, { email: 'a@c' });
  });

  it('may be missing from any number of contacts (LG-CON-036)', async () => {
    const office = await openOffice(lab);
    for (const draft of [{}, {}, { email: null }, { email: null }]) await office.contact(draft);
    expect((await list(office)).map(({ email }) => email)).toEqual([null, null, null, null]);
  });
});

describe('An address that another contact has', () => {
  it.each(['Sophie+Werk@Example.com', 'sophie+werk@example.com', 'SOPHIE+WERK@EXAMPLE.COM'])(
    'is refused, in any letter case, as %s, and no contact is created (LG-CON-032, LG-CON-033)',
    async (email) => {
      const office = await openOffice(lab);
      const first = await office.contact({ email: 'Sophie+Werk@Example.com' });
      const refused = await office.ask('POST', '/contacts', { full_name: 'Other', email });
      expectRefusal(refused, 409, 'duplicate_contact', 'exists already');
      expect(await list(office)).toEqual([first]);
      await office.contact({ email: `x${email}` });
    },
  );

  it('is one with the same letters only', async () => {
    const office = await openOffice(lab);
    const addresses = ['sophie@x.example', 'sophie+1@x.example', 'sophi\u00e9@x.example'];
    addresses.push('sophie\u0301@x.example', 's.ophie@x.example', 'sophie@x.example.org');
    addresses.push('sophi_@x.example', '%@x.example', 'sophie@%');
    for (const email of addresses) await office.contact({ email });
    expect(await list(office)).toHaveLength(addresses.length);
  });

  it('is not refused when only another organisation has it (LG-CON-035)', async () => {
    const [one, other] = [await openOffice(lab), await openOffice(lab)];
    const email = 'sophie@x.example';
    const theirs = await one.contact({ email });
    expect((await other.contact({ email })).email).toBe(email);
    const third = await other.contact();
    const path = `/contacts/${third.id}`;
    expectRefusal(await other.ask('PATCH', path, { email }), 409, 'duplicate_contact');
    expect(await list(one)).toEqual([theirs]);
  });

  it('goes to one of many who ask for it at the same moment (LG-CON-034, LG-CON-081)', async () => {
    const office = await openOffice(lab);
    const known = await Promise.all(Array.from({ length: 10 }, () => office.contact()));
    const creations = Array.from({ length: 10 }, (_, index) => {
      const email = mixCase('sophie@x.example', index);
      return office.ask('POST', '/contacts', { full_name: 'New', email });
    });
    const changes = known.map(({ id }, index) =>
      office.ask('PATCH', `/contacts/${id}`, { email: mixCase('sophie@x.example', 255 - index) }),
    );
    const replies = await Promise.all([...changes, ...creations]);
    const refused = replies.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(19);
    const holders = (await list(office)).filter(({ email }) => email !== null);
    expect(holders).toHaveLength(1);
  });

  it('is refused in a change, in any letter case, and nothing of it is done (LG-CON-060)', async () => {
    const office = await openOffice(lab);
    const first = await office.contact({ email: 'Sophie@x.example' });
    const second = await office.contact({ email: 'mark@x.example' });
    for (const email of ['Sophie@x.example', 'sOPHIE@X.EXAMPLE']) {
      const json = { full_name: 'Changed', kind: ['client'], email, notes: null };
      const refused = await office.ask('PATCH', `/contacts/${second.id}`, json);
      expectRefusal(refused, 409, 'duplicate_contact', 'exists already');
      expect(await list(office)).toEqual([second, first]);
    }
  });
});

describe('An address of one’s own', () => {
  it('can be sent again, in another letter case too, which is shown then (LG-CON-031, LG-CON-059, LG-CON-061)', async () => {
    const office = await openOffice(lab);
    const made = await office.contact({ email: 'sophie@x.example' });
    for (const email of ['sophie@x.example', 'Sophie@X.example', 'SOPHIE@x.example']) {
      const changed = await office.change<Contact>(`/contacts/${made.id}`, { email, city: email });
      expect(changed).toMatchObject({ id: made.id, email, city: email });
    }
    const json = { full_name: 'Other', email: 'sophie@x.EXAMPLE' };
    expectRefusal(await office.ask('POST', '/contacts', json), 409, 'duplicate_contact');
  });

  it.each([null, 'new@x.example'])(
    'can be given to someone else once it is given up for %j (LG-CON-059, LG-CON-062)',
    async (successor) => {
      const office = await openOffice(lab);
      const email = 'Sophie@x.example';
      const [first, second] = [await office.contact({ email }), await office.contact()];
      const path = `/contacts/${second.id}`;
      expectRefusal(await office.ask('PATCH', path, { email }), 409, 'duplicate_contact');
      await office.change(`/contacts/${first.id}`, { email: successor });
      expect((await office.change<Contact>(path, { email })).email).toBe(email);
      const draft = { full_name: 'Third', email: 'SOPHIE@x.example' };
      expectRefusal(await office.ask('POST', '/contacts', draft), 409, 'duplicate_contact');
      await office.change(path, { email: 'other@x.example' });
      expect((await office.contact(draft)).email).toBe(draft.email);
    },
  );

  it('stays free when the request that would have taken it fails, and kept when it would have gone', async () => {
    const office = await openOffice(lab);
    const known = await office.contact({ email: 'old@x.example' });
    const draft = { full_name: 'Sophie', email: 'new@x.example' };
    const fail = () =>
      lab.control('POST', `/organizations/${office.id}/failures`, { next: 'request' });
    const path = `/contacts/${known.id}`;
    for (const [method, target] of [
      ['POST', '/contacts'],
      ['PATCH', path],
      ['DELETE', path],
    ] as const) {
      await fail();
      expectRefusal(await office.ask(method, target, draft), 500, 'internal');
      expect(await list(office)).toEqual([known]);
    }
    const taken = { full_name: 'X', email: 'OLD@x.example' };
    expectRefusal(await office.ask('POST', '/contacts', taken), 409, 'duplicate_contact');
    expect((await office.contact(draft)).email).toBe(draft.email);
  });
});
