import { beforeAll, describe, expect, it } from 'vitest';
import { schemaAt } from '../../openapi/contract.ts';
import { contract, expectRefusal, form, pdf, useLab, type TestOrganization } from './lab.ts';

const lab = useLab();
const fields = { type: 'candidate', name: 'Sophie van Dijk' };
const most = Number(schemaAt(contract, '#/components/schemas/Cv')['maxLength']);

let own: TestOrganization;
beforeAll(async () => {
  own = await lab.organization();
});

const post = (body: FormData | string, headers?: Record<string, string>) =>
  lab.call('POST', '/dossiers', { key: own.key, body, ...(headers && { headers }) });
/** How much of everything there is, seen through the API and in the state. */
const census = async () => {
  const { meta } = (await lab.call('GET', '/dossiers', own)).body;
  const { contacts, links, cvs } = lab.state.organizations.get(own.id) ?? {};
  return [meta.total, contacts?.rows.length, links?.rows.length, cvs?.rows.length];
};
const cvOf = (id: string) => lab.state.organizations.get(own.id)?.cvs.get(id)?.bytes;
const withFile = (name: string, file: Blob, filename?: string): FormData => {
  const data = form(fields);
  data.append(name, file, filename);
  return data;
};

describe('Creating a dossier from a form', () => {
  it('stores the CV with it, in one go', async () => {
    const file = pdf(5000);
    const { status, body } = await post(form(fields, file));
    expect(status).toBe(201);
    expect(body.data.cv_url).toBe(`${own.id}/dossiers/${body.data.id}/cv.pdf`);
    expect(cvOf(body.data.id)).toEqual(Buffer.from(await file.arrayBuffer()));
    const got = await lab.call('GET', `/dossiers/${body.data.id}`, own);
    expect(got.body.data).toEqual(body.data);
  });

  it('needs no file', async () => {
    const { status, body } = await post(form(fields));
    expect([status, body.data.cv_url]).toEqual([201, null]);
    expect(cvOf(body.data.id)).toBeUndefined();
  });

  it('takes a file field that was left empty in a browser for no file', async () => {
    const { status, body } = await post(withFile('cv', new Blob([]), ''));
    expect([status, body.data.cv_url]).toEqual([201, null]);
  });

  it('reads all fields as text, numbers among them', async () => {
    const said = {
      type: 'sales',
      name: '42',
      email: 'é+1@x.example',
      phone: '',
      company: 'KLM "crew" 🙂',
      role: 'null',
      contact_person: 'true',
      deal_size: '1250.50',
      deal_currency: 'EUR',
      assigned_to: own.members[0]?.id ?? '',
      intake_notes: 'a\r\nb',
    };
    const { status, body } = await post(form(said));
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ ...said, deal_size: 1250.5 });
  });

  it('accepts a PDF by its bytes, whatever its name and type', async () => {
    const file = new Blob(['%PDF-1.4'], { type: 'text/plain' });
    expect((await post(withFile('cv', file, '../<cv>".exe'))).status).toBe(201);
  });

  it('passes over files and texts in fields that the contract does not name', async () => {
    const data = withFile('photo', new Blob(['not a pdf']), 'photo.png');
    data.append('photo', new Blob(['another']), 'photo.png');
    for (const name of ['extra', '__proto__', 'a[b][c]', 'constructor', 'status']) {
      data.append(name, 'x');
    }
    const { status, body } = await post(data);
    expect([status, body.data.cv_url, body.data.status]).toEqual([201, null, 'active']);
  });

  it('accepts a file of exactly the most that is allowed', async () => {
    const { status, body } = await post(form(fields, pdf(most)));
    expect(status).toBe(201);
    expect(cvOf(body.data.id)?.length).toBe(most);
  });
});

describe('A form that can’t be taken', () => {
  const boundary = 'multipart/form-data; boundary=x';
  const part = (disposition: string, text: string) =>
    `--x\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`;
  const cases: [string, () => FormData | string, RegExp, Record<string, string>?][] = [
    ['with too large a CV', () => form(fields, pdf(most + 1)), /^cv is larger than 10485760 bytes/],
    ['with an empty CV', () => withFile('cv', new Blob([]), 'cv.pdf'), /^cv must not be empty/],
    [
      'with a CV that is no PDF',
      () => withFile('cv', new Blob(['PK']), 'cv.pdf'),
      /^cv must be a file of type application\/pdf/,
    ],
    [
      'with a PDF that starts late',
      () => withFile('cv', new Blob([' %PDF-1.7']), 'cv.pdf'),
      /^cv must be a file/,
    ],
    ['with text for a CV', () => form({ ...fields, cv: '%PDF-1.7' }), /^cv must be a file/],
    [
      'with two CVs',
      () => {
        const data = form(fields, pdf());
        data.append('cv', pdf(), 'b.pdf');
        return data;
      },
      /^cv must be one file/,
    ],
    ['without a name', () => form({ type: 'candidate' }, pdf()), /^name is required/],
    [
      'with a candidate’s amount',
      () => form({ ...fields, deal_size: '5' }, pdf()),
      /^deal_size must be left out/,
    ],
    [
      'with an amount that is no number',
      () => form({ ...fields, type: 'sales', deal_size: '0x10' }),
      /^deal_size must be a number/,
    ],
    [
      'with an empty amount',
      () => form({ ...fields, type: 'sales', deal_size: '' }),
      /^deal_size must be a number/,
    ],
    [
      'with a field twice',
      () => {
        const data = form(fields, pdf());
        data.append('name', 'again');
        return data;
      },
      /^name must be a text/,
    ],
    [
      'with a field in brackets',
      () => form({ type: 'candidate', 'name[x]': 'y' }, pdf()),
      /^name must be a text/,
    ],
    [
      'with an unknown flow',
      () => form({ ...fields, flow_id: '8e81973e-0bec-47b0-b898-d190f9ebdacc' }, pdf()),
      /^Flow not found/,
    ],
    [
      'that breaks off',
      () => part('name="type"', 'candidate') + part('name="name"', 'A'),
      /^The form cannot be read/,
      { 'Content-Type': boundary },
    ],
    [
      'without a boundary',
      () => '--x--',
      /^The form cannot be read/,
      { 'Content-Type': 'multipart/form-data' },
    ],
    [
      'that is none',
      () => '{"type":"candidate","name":"A"}',
      /^The form cannot be read/,
      { 'Content-Type': boundary },
    ],
    [
      'with a nameless part',
      () => `${part('x="y"', 'z')}--x--`,
      /^The form cannot be read/,
      { 'Content-Type': boundary },
    ],
    [
      'with broken names',
      () => `${part('name="a[b"', '1')}${part('name="a[b]"', '1')}${part('name="a"', '1')}--x--`,
      /./,
      { 'Content-Type': boundary },
    ],
    [
      'with too long a text',
      () => form({ ...fields, name: 'x'.repeat(contract.jsonBodyLimit + 1) }),
      /^name is too long/,
    ],
    [
      'with hundreds of fields',
      () =>
        form({
          ...fields,
          ...Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`f${String(n)}`, ''])),
        }),
      /^The form cannot be read/,
    ],
  ];
  for (const [title, body, message, headers] of cases) {
    it(`${title} is refused, and leaves neither dossier nor contact, link or file`, async () => {
      const before = await census();
      const refused = await post(body(), headers);
      expect([400, 404]).toContain(refused.status);
      expect(refused.body.error.message).toMatch(message);
      expect(await census()).toEqual(before);
    });
  }

  it('is refused as invalid_body also when there is no body at all', async () => {
    const headers = { 'Content-Type': boundary };
    const refused = await lab.call('POST', '/dossiers', { key: own.key, headers });
    expectRefusal(refused, 400, 'invalid_body');
  });

  it('would have been taken with a CV that fits', async () => {
    expect((await post(form(fields, pdf()))).status).toBe(201);
  });
});
