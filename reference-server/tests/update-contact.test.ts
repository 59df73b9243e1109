import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, useLab } from './lab.ts';
import { openOffice, unknownId, type Contact, type Office } from './office.ts';

const lab = useLab();
let office: Office;
beforeAll(async () => {
  office = await openOffice(lab);
});

const whole = {
  full_name: 'Sophie van Dijk',
  phone: '+31 6 12345678',
  linkedin_url: 'https://linkedin.com/in/sophievandijk',
  company: 'Adyen',
  role: 'Senior Frontend Engineer',
  city: 'Amsterdam',
  kind: ['candidate', 'prospect'],
  notes: 'Met at the fair.',
};
let count = 0;
/** A contact with a value in every field. */
const someone = () =>
  office.contact({ ...whole, email: `sophie${String((count += 1))}@x.example` });
const patch = ({ id }: Contact, json: unknown) =>
  office.ask<Contact>('PATCH', `/contacts/${id}`, json);
const change = ({ id }: Contact, json: unknown) => office.change<Contact>(`/contacts/${id}`, json);
const now = async ({ id }: Contact) => (await office.read<Contact>(`/contacts/${id}`)).data;
const listed = async ({ id }: Contact) =>
  (await office.read<Contact[]>('/contacts?per_page=100')).data.find((one) => one.id === id);

describe('Changing a contact', () => {
  it.each(
    Object.entries({
      full_name: 'Sophie "Zoë" 🙂',
      email: 'new+address@x.example',
      phone: '0031-20',
      linkedin_url: 'https://linkedin.com/in/x',
      company: '  ',
      role: '',
      city: "'s-Hertogenbosch",
      kind: ['client'],
      notes: 'Second\nthoughts',
    }),
  )(
    'changes %s alone when only that is sent (LG-CON-055, LG-CON-056, LG-CON-057, LG-CON-058, LG-CON-059, LG-CON-063, LG-CON-064, LG-CON-065, LG-CON-066, LG-CON-067, LG-CON-068, LG-CON-069, LG-CON-084)',
    async (field, value) => {
      const made = await someone();
      const expected = { ...made, [field]: value };
      expect(await change(made, { [field]: value })).toEqual(expected);
      expect([await now(made), await listed(made)]).toEqual([expected, expected]);
    },
  );

  it('changes several fields at once and answers the whole contact (LG-CON-024, LG-CON-055, LG-CON-056, LG-CON-057)', async () => {
    const made = await someone();
    const changes = { kind: ['candidate', 'client'], city: 'Rotterdam', notes: null };
    expect(await change(made, changes)).toEqual({ ...made, ...changes });
    expect(await now(made)).toEqual({ ...made, ...changes });
  });

  it('replaces the kinds whole, by none too (LG-CON-068)', async () => {
    const made = await someone();
    for (const kind of [['supplier', 'partner'], ['partner'], [], ['candidate']]) {
      expect((await change(made, { kind })).kind).toEqual(kind);
      expect((await now(made)).kind).toEqual(kind);
    }
  });

  it('keeps the kinds when they are not sent (LG-CON-056)', async () => {
    const made = await someone();
    expect((await change(made, { city: 'Breda' })).kind).toEqual(whole.kind);
  });

  it.each(['email', 'phone', 'linkedin_url', 'company', 'role', 'city', 'notes'])(
    'takes the value of %s away by null (LG-CON-070)',
    async (field) => {
      const made = await someone();
      const expected = { ...made, [field]: null };
      expect(await change(made, { [field]: null })).toEqual(expected);
      expect(await change(made, { [field]: null })).toEqual(expected);
      expect([await now(made), await listed(made)]).toEqual([expected, expected]);
    },
  );

  it.each([
    [null, 'a text'],
    ['', 'empty'],
    [' \t\n\u00a0', 'blank'],
    [42, 'a text'],
  ])(
    'is refused when it would leave no name but %j, and changes nothing (LG-CON-029, LG-CON-071)',
    async (full_name, message) => {
      const made = await someone();
      const refused = await patch(made, { city: 'Ede', full_name });
      expectRefusal(refused, 400, 'invalid_body', new RegExp(`^full_name must .*${message}`));
      expect(await now(made)).toEqual(made);
      expect(await change(made, { city: 'Ede' })).toEqual({ ...made, city: 'Ede' });
    },
  );

  it('of no field at all leaves the contact as it was (LG-CON-072)', async () => {
    const made = await someone();
    expect(await change(made, {})).toEqual(made);
    expect(await now(made)).toEqual(made);
  });

  it('passes over fields that nobody can change, and those that the contract does not name', async () => {
    const made = await someone();
    const json = '{"id":"x","dossier_count":9,"created_at":"x","__proto__":{"city":"x"},"y":[1]}';
    expect(await change(made, JSON.parse(json))).toEqual(made);
  });

  it('keeps the place in the list, the dossiers and the moment of creation (LG-CON-056)', async () => {
    const [made] = [await someone(), await someone()];
    const dossier = await office.dossier({ contact_id: made.id });
    const before = await office.read<Contact[]>('/contacts');
    const changed = await change(made, { full_name: 'Aaltje', email: null });
    expect(changed).toMatchObject({ dossier_count: 1, created_at: made.created_at });
    const after = await office.read<Contact[]>('/contacts');
    expect(after.data.map(({ id }) => id)).toEqual(before.data.map(({ id }) => id));
    expect(await office.contactsOf(dossier)).toMatchObject([{ full_name: 'Aaltje', email: null }]);
  });

  it('leaves the fields of its dossiers alone (LG-CON-073)', async () => {
    const email = 'rollout@x.example';
    const draft = { email, phone: '1', company: 'Rabobank', role: 'Lead', contact_person: 'Mark' };
    const dossier = await office.dossier(draft);
    const [contact] = await office.contactsOf(dossier);
    const changes = {
      full_name: 'M.',
      email: 'm@x.example',
      phone: '2',
      company: 'ING',
      role: null,
    };
    await office.change(`/contacts/${contact?.contact_id ?? ''}`, changes);
    expect((await office.read(`/dossiers/${dossier.id}`)).data).toEqual(dossier);
  });

  it('loses nothing of simultaneous changes of different fields (LG-CON-055, LG-CON-056)', async () => {
    const made = await someone();
    const changes = [
      { city: 'Ede' },
      { role: 'CTO' },
      { kind: [] },
      { notes: 'n' },
      { phone: null },
    ];
    await Promise.all(changes.map((json) => change(made, json)));
    expect(await now(made)).toEqual(Object.assign({}, made, ...changes));
  });

  it('finds no contact that is unknown (LG-ERR-016)', async () => {
    const refused = await office.ask('PATCH', `/contacts/${unknownId}`, { city: 'Ede' });
    expectRefusal(refused, 404, 'not_found', 'Contact not found.');
  });
});
