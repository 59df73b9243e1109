import { beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { expectRefusal, useLab } from './lab.ts';
import { openOffice, type Contact, type Office } from './office.ts';
import { texts } from './texts.ts';

const lab = useLab();
let office: Office;
beforeAll(async () => {
  office = await openOffice(lab);
});

const post = (json: unknown) => office.ask<Contact>('POST', '/contacts', json);
const total = async () => (await office.read('/contacts')).meta.total;
/** The contact as it is retrieved and as it is listed. */
const everywhere = async ({ id }: Contact) => [
  (await office.read<Contact>(`/contacts/${id}`)).data,
  (await office.read<Contact[]>('/contacts?per_page=1')).data[0],
];
const whole = {
  full_name: 'Sophie van Dijk',
  email: 'sophie@adyen.example',
  phone: '+31 6 12345678',
  linkedin_url: 'https://linkedin.com/in/sophievandijk',
  company: 'Adyen',
  role: 'Senior Frontend Engineer',
  city: 'Amsterdam',
  kind: ['candidate', 'client'],
  notes: 'Met at the fair.',
};
const kinds: Schemas['ContactKind'][] = ['candidate', 'prospect', 'client', 'supplier', 'partner'];
const generated = {
  id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
  dossier_count: 0,
};

describe('Creating a contact', () => {
  it('needs a name and nothing else; it has no kinds and no dossiers then (LG-CON-024, LG-CON-028, LG-CON-045, LG-CON-050)', async () => {
    const nothing = { email: null, phone: null, linkedin_url: null, company: null };
    expect(await office.contact({ full_name: 'Noor' })).toEqual({
      ...generated,
      ...nothing,
      ...{ full_name: 'Noor', role: null, city: null, kind: [], notes: null },
    });
  });

  it('answers the whole contact, and so do retrieving and listing it (LG-CON-022, LG-CON-023, LG-CON-024, LG-CON-025, LG-CON-026, LG-CON-051, LG-CON-052, LG-CON-083)', async () => {
    const made = await office.contact(whole);
    expect(made).toEqual({ ...whole, ...generated });
    expect(await everywhere(made)).toEqual([made, made]);
  });

  it('passes over what only the server decides', async () => {
    const made = await office.contact({
      id: 'x',
      dossier_count: 7,
      created_at: 'x',
      deleted: true,
    });
    expect(made).toMatchObject(generated);
    expect(made).not.toHaveProperty('deleted');
  });

  it('is refused without a name, and creates none (LG-CON-027)', async () => {
    const nameless = { ...whole, full_name: undefined, email: null };
    const before = await total();
    const refused = await post(nameless);
    expectRefusal(refused, 400, 'invalid_body', /^full_name is required\./);
    expect(await total()).toBe(before);
    await office.contact({ ...nameless, full_name: 'Sophie' });
  });

  it.each(['', ' ', '\t\r\n', '\u00a0\u2003\u3000'])(
    'is refused with a name that shows nothing, %j (LG-CON-029)',
    async (full_name) => {
      const before = await total();
      expectRefusal(await post({ full_name }), 400, 'invalid_body', /^full_name must not be/);
      expect(await total()).toBe(before);
      expect((await office.contact({ full_name: `${full_name}.` })).full_name).toBe(
        `${full_name}.`,
      );
    },
  );
});

describe('The texts of a contact', () => {
  const fields = [
    'full_name',
    'phone',
    'linkedin_url',
    'company',
    'role',
    'city',
    'notes',
  ] as const;
  it.each(fields)(
    'are kept as they were sent, in %s too (LG-CON-027, LG-CON-038, LG-CON-039, LG-CON-041, LG-CON-042, LG-CON-043, LG-CON-049)',
    async (field) => {
      for (const text of Object.values(texts)) {
        const made = await office.contact({ [field]: text });
        expect(made[field]).toBe(text);
        expect(await everywhere(made)).toEqual([made, made]);
      }
    },
  );

  it.each(['linkedin.com/in/x', 'not a URL', 'https://example.org/?a=b&c#d', ''])(
    'may be anything as profile address, such as %j, in a change too (LG-CON-040)',
    async (linkedin_url) => {
      const made = await office.contact({ linkedin_url });
      const other = await office.contact({ linkedin_url: 'https://linkedin.com/in/a' });
      await office.change(`/contacts/${other.id}`, { linkedin_url });
      for (const contact of [...(await everywhere(other)), ...(await everywhere(made))]) {
        expect(contact?.linkedin_url).toBe(linkedin_url);
      }
    },
  );

  it.each(['06 12 34 56 78', '+32 (0)2 555 12 12', '020-5551234 ext. 5', 'by e-mail'])(
    'have a phone number in whatever spelling, such as %j, in a change too (LG-CON-080)',
    async (phone) => {
      const made = await office.contact({ phone });
      const other = await office.contact({ phone: '+31612345678' });
      await office.change(`/contacts/${other.id}`, { phone });
      for (const contact of [...(await everywhere(other)), ...(await everywhere(made))]) {
        expect(contact?.phone).toBe(phone);
      }
    },
  );
});

describe('The kinds of a contact', () => {
  /** Refused alike when a contact is created and when one is changed. */
  const expectNoKinds = async (kind: unknown, message: RegExp) => {
    const known = await office.contact({ kind: ['partner'] });
    const before = await total();
    expectRefusal(await post({ full_name: 'A', kind }), 400, 'invalid_body', message);
    const path = `/contacts/${known.id}`;
    const changed = await office.ask('PATCH', path, { kind, city: 'Utrecht' });
    expectRefusal(changed, 400, 'invalid_body', message);
    expect([await total(), (await office.read(path)).data]).toEqual([before, known]);
  };

  it('are those of the documentation, each alone and all together (LG-CON-001, LG-CON-002, LG-CON-044)', async () => {
    for (const kind of [...kinds.map((one) => [one]), kinds]) {
      const made = await office.contact({ kind });
      expect(made.kind).toEqual(kind);
      expect(await everywhere(made)).toEqual([made, made]);
    }
  });

  it('may be none at all (LG-CON-044)', async () => {
    expect((await office.contact({ kind: [] })).kind).toEqual([]);
  });

  it('are answered in the order that was sent, each once (LG-CON-047)', async () => {
    const sent = ['supplier', 'client', 'supplier', 'candidate', 'client', 'supplier'];
    const made = await office.contact({ kind: sent });
    expect(made.kind).toEqual(['supplier', 'client', 'candidate']);
    const changed = await office.change<Contact>(`/contacts/${made.id}`, {
      kind: sent.toReversed(),
    });
    expect(changed.kind).toEqual(['supplier', 'client', 'candidate']);
    expect(await everywhere(made)).toEqual([changed, changed]);
  });

  it.each([
    'lead',
    'Candidate',
    'candidates',
    'candidate ',
    'CLIENT',
    '',
    '__proto__',
    null,
    1,
    ['client'],
  ])(
    'are none other, such as %j, alone or beside known ones (LG-CON-001, LG-CON-046)',
    async (stranger) => {
      for (const kind of [[stranger], [stranger, 'client'], ['candidate', 'client', stranger]]) {
        await expectNoKinds(kind, /^kind\.\d must be/);
      }
    },
  );

  it.each(['candidate', '', null, {}, 1, true, { 0: 'client', length: 1 }])(
    'are an array, not %j (LG-CON-048)',
    async (kind) => {
      await expectNoKinds(kind, /^kind must be a list\./);
    },
  );
});
