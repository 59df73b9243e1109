import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import { contract, expectRefusal, form, pdf, useLab, type Dossier } from './lab.ts';
import { unknownId } from './office.ts';

const lab = useLab();
let own: Desk;
beforeEach(async () => {
  own = await openDesk(lab);
});

const fields = { type: 'candidate', name: 'Sophie van Dijk' };
const post = (body: FormData | string, headers: Record<string, string> = {}) =>
  own.send('POST', '/dossiers', { body, headers });
const create = async (body: FormData): Promise<Dossier> => {
  const reply = await post(body);
  expect(reply).toMatchObject({ status: 201 });
  return reply.body.data;
};
const cvs = () => lab.state.organizations.get(own.id)?.cvs;

describe('Creating a dossier from a form', () => {
  it('stores its CV with it, in one go (LG-CV-001, LG-CV-002, LG-CV-013)', async () => {
    const file = pdf(5000);
    const made = await create(form(fields, file));
    expect(made).toMatchObject({ ...fields, cv_url: `${own.id}/dossiers/${made.id}/cv.pdf` });
    expect(cvs()?.get(made.id)?.bytes).toEqual(Buffer.from(await file.arrayBuffer()));
    expect(await own.read(made.id)).toEqual(made);
    expect((await own.contactsOf(made)).map(({ full_name }) => full_name)).toEqual([fields.name]);
  });

  it('needs no file (LG-CV-003)', async () => {
    const made = await create(form(fields));
    expect(made).toMatchObject({ ...fields, cv_url: null });
    expect(await own.read(made.id)).toEqual(made);
    expect(cvs()?.rows.length).toBe(0);
  });

  it('takes a file field that was left empty in a browser for no file (LG-CV-003)', async () => {
    const data = form(fields);
    data.append('cv', new Blob([]), '');
    expect((await create(data)).cv_url).toBeNull();
  });

  it('reads the fields as it reads those of a JSON body (LG-CV-004, LG-CV-005)', async () => {
    const said = {
      type: 'sales',
      name: '42',
      email: 'é+1@x.example',
      phone: '',
      company: 'KLM "crew" 🙂 ה\u0301',
      role: 'null',
      contact_person: 'true',
      deal_currency: 'EUR',
      intake_notes: 'a\r\nb',
      flow_id: (await own.addFlow()).id,
      contact_id: (await own.addContact({ full_name: 'Mark' })).id,
      assigned_to: own.members[0]?.id ?? '',
    };
    const byForm = await create(form({ ...said, deal_size: '1250.50' }, pdf()));
    const byJson = await own.create({ ...said, deal_size: 1250.5 });
    const { id, created_at, cv_url } = byForm;
    expect({ ...byJson, id, created_at, cv_url }).toEqual(byForm);
    expect((await own.contactsOf(byForm))[0]?.contact_id).toBe(said.contact_id);
  });

  it.each(['0', '5', '5.0', '19.99', '1e3', '123456789.123456'])(
    'reads the amount %s as a number (LG-CV-005)',
    async (deal_size) => {
      const made = await create(form({ ...fields, type: 'sales', deal_size }));
      expect(made.deal_size).toBe(Number(deal_size));
    },
  );

  it('passes over texts in fields that the contract does not name', async () => {
    const data = form(fields);
    for (const name of ['extra', '__proto__', 'a[b][c]', 'constructor', 'status', 'cv_url']) {
      data.append(name, 'x');
    }
    expect(await create(data)).toMatchObject({ status: 'active', cv_url: null });
  });
});

describe('A creation whose CV cannot be stored', () => {
  beforeEach(async () => {
    await lab.control('POST', `/organizations/${own.id}/failures`, { next: 'upload' });
  });

  it('is answered 500, and leaves no dossier, neither by id nor in lists (LG-CV-006, LG-CV-009)', async () => {
    const newId = vi.spyOn(lab.services, 'newId');
    expectRefusal(await post(form(fields, pdf())), 500, 'internal');
    const ids = newId.mock.results.map(({ value }) => value as string);
    newId.mockRestore();
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) {
      expectRefusal(await own.send('GET', `/dossiers/${id}`), 404, 'not_found');
    }
    for (const query of ['', '?status=active', '?type=candidate']) {
      expect((await own.list(query)).meta.total).toBe(0);
    }
    expect(cvs()?.rows.length).toBe(0);
  });

  it('leaves no contact, and no link to one that was there (LG-CV-008)', async () => {
    expectRefusal(await post(form({ ...fields, email: 'a@b' }, pdf())), 500, 'internal');
    expect(await own.census()).toEqual([0, 0]);
    const { id: contact_id } = await own.addContact({ full_name: 'Mark' });
    await lab.control('POST', `/organizations/${own.id}/failures`, { next: 'upload' });
    expectRefusal(await post(form({ ...fields, contact_id }, pdf())), 500, 'internal');
    expect((await own.contact(contact_id)).dossier_count).toBe(0);
  });

  it('can be sent again', async () => {
    await post(form(fields, pdf()));
    expect((await create(form(fields, pdf()))).cv_url).not.toBeNull();
    expect(await own.census()).toEqual([1, 1]);
  });
});

describe('A form that can’t be taken', () => {
  const boundary = { 'Content-Type': 'multipart/form-data; boundary=x' };
  const part = (disposition: string, text: string) =>
    `--x\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`;
  const twice = (): FormData => {
    const data = form(fields, pdf());
    data.append('name', 'again');
    return data;
  };
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}`, '']));
  const sale = { ...fields, type: 'sales' };

  const wrongFields: [string, () => FormData, RegExp][] = [
    ['without a name', () => form({ type: 'candidate' }, pdf()), /^name is required/],
    ['with a blank name', () => form({ ...fields, name: ' ' }, pdf()), /^name must not be blank/],
    ['of no type', () => form({ name: 'A' }, pdf()), /^type is required/],
    ['of another type', () => form({ ...fields, type: 'lead' }, pdf()), /^type must be one of/],
    [
      'with a candidate’s amount',
      () => form({ ...fields, deal_size: '5' }),
      /^deal_size must be left/,
    ],
    [
      'with an amount in hexadecimals',
      () => form({ ...sale, deal_size: '0x10' }),
      /^deal_size must be a number/,
    ],
    [
      'with an amount beyond all numbers',
      () => form({ ...sale, deal_size: '1e999' }),
      /^deal_size must be/,
    ],
    [
      'with an amount below zero',
      () => form({ ...sale, deal_size: '-1' }),
      /^deal_size must be at least/,
    ],
    ['with an empty amount', () => form({ ...sale, deal_size: '' }), /^deal_size must be a number/],
    ['with a field twice', twice, /^name must be a text/],
    [
      'with a field in brackets',
      () => form({ type: 'candidate', 'name[x]': 'y' }),
      /^name must be a text/,
    ],
    ['with hundreds of fields', () => form({ ...fields, ...many }), /^The form cannot be read/],
  ];
  const broken: [string, string, Record<string, string>][] = [
    ['that breaks off', part('name="type"', 'candidate') + part('name="name"', 'A'), boundary],
    ['without a boundary', '--x--', { 'Content-Type': 'multipart/form-data' }],
    ['that is none', '{"type":"candidate","name":"A"}', boundary],
    ['with a nameless part', `${part('x="y"', 'z')}--x--`, boundary],
    ['without any body', '', boundary],
    ['with broken names', `${part('name="a[b"', '1')}${part('name="a"', '1')}--x--`, boundary],
  ];

  it.each(wrongFields)(
    '%s, is refused, and leaves nothing (LG-CV-004)',
    async (_, body, message) => {
      expectRefusal(await post(body()), 400, 'invalid_body', message);
      expect([await own.census(), cvs()?.rows.length]).toEqual([[0, 0], 0]);
    },
  );

  it.each(broken)('%s, is refused, and leaves nothing (LG-CV-031)', async (_, body, headers) => {
    expectRefusal(await post(body, headers), 400, 'invalid_body');
    expect(await own.census()).toEqual([0, 0]);
  });

  it('with a text of more than 1 MiB, is refused, and leaves nothing (LG-CV-032)', async () => {
    const long = 'x'.repeat(contract.jsonBodyLimit);
    const refused = await post(form({ ...fields, name: `${long}x` }));
    expectRefusal(refused, 400, 'invalid_body', /^name is larger than 1048576 bytes/);
    expect(await own.census()).toEqual([0, 0]);
    expect((await create(form({ ...fields, name: long }))).name).toBe(long);
  });

  it('with an unknown flow or contact, is refused, and leaves nothing', async () => {
    for (const field of ['flow_id', 'contact_id']) {
      const refused = await post(form({ ...fields, [field]: unknownId }, pdf()));
      expectRefusal(refused, 404, 'not_found');
      expect([await own.census(), cvs()?.rows.length]).toEqual([[0, 0], 0]);
    }
  });
});
