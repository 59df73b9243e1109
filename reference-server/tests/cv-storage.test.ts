import { beforeEach, describe, expect, it } from 'vitest';
import {
  expectRefusal,
  form,
  pdf,
  useTestServer,
  type Dossier,
  type RequestInput,
  type TestOrganization,
} from './test-server.ts';

const api = useTestServer();
let own: TestOrganization;
beforeEach(async () => {
  own = await api.organization();
});

const mebibyte = 1024 * 1024;
const fields = { type: 'candidate', name: 'Sophie van Dijk' };
const cvs = () => api.state.organizations.get(own.id)?.cvs;
const stored = ({ id }: Dossier) => cvs()?.get(id)?.bytes;
const bytesOf = async (file: Blob) => Buffer.from(await file.arrayBuffer());
const post = (path: string, input: RequestInput) =>
  api.call('POST', path, { key: own.key, ...input });
const create = async () => (await post('/dossiers', { json: fields })).body.data;
const failNextUpload = () =>
  api.control('POST', `/organizations/${own.id}/failures`, { next: 'upload' });

const plain = (body: Blob, type = 'application/pdf'): RequestInput => ({
  body,
  headers: { 'Content-Type': type },
});
const upload = ({ id }: Dossier, input: RequestInput) => post(`/dossiers/${id}/cv`, input);

/** The ways in which a dossier gets a file. */
const ways: [string, (file: Blob) => ReturnType<typeof post>][] = [
  ['a creation', (file) => post('/dossiers', { body: form(fields, file) })],
  ['an upload by form', async (file) => upload(await create(), { body: form({}, file) })],
  ['an upload of the plain file', async (file) => upload(await create(), plain(file))],
];

// The API offers no way to download a CV.
describe.each(ways)('The file of %s', (_, send) => {
  it('is stored to the last byte', async () => {
    const bytes = Uint8Array.from({ length: 1024 }, (__, index) => index);
    for (const file of [
      new Blob(['%PDF-2.0\r\n', bytes, '\r\n--x--\r\n']),
      new Blob(['%PDF-']),
      pdf(10 * mebibyte),
    ]) {
      const { body } = await send(file);
      expect(stored(body.data)?.equals(await bytesOf(file))).toBe(true);
    }
  });

  it.each(['PK', '%PDF', '%pdf-1.7', '\ufeff%PDF-1.7', '\0'])(
    'is refused when it begins with %j',
    async (text) => {
      const message = /^cv must be a file of type application\/pdf/;
      expectRefusal(await send(new Blob([text])), 400, 'invalid_body', message);
      expect(cvs()?.rows.length).toBe(0);
    },
  );

  it('is refused in other words when it is empty or too large', async () => {
    expectRefusal(await send(new Blob([])), 400, 'invalid_body', /^cv must not be empty/);
    const large = await send(pdf(10 * mebibyte + 1));
    expectRefusal(large, 400, 'invalid_body', / is larger than 10485760 bytes\.$/);
    expect(cvs()?.rows.length).toBe(0);
  });

  it('is not stored when that fails, and is when it is sent again', async () => {
    await failNextUpload();
    expectRefusal(await send(pdf()), 500, 'internal');
    expect(cvs()?.rows.length).toBe(0);
    expect((await send(pdf())).body.data.cv_url).not.toBeNull();
    expect(cvs()?.rows.length).toBe(1);
  });
});

describe('The stored CV of a dossier', () => {
  it('is replaced by the next one, however each of them comes (LG-CV-015)', async () => {
    const made = (await post('/dossiers', { body: form(fields, pdf(5000)) })).body.data;
    for (const file of [pdf(30), new Blob(['%PDF-2.0 another']), pdf(7000)]) {
      for (const input of [plain(file), { body: form({}, file) }]) {
        await upload(made, input);
        expect(stored(made)).toEqual(await bytesOf(file));
      }
    }
    expect(cvs()?.rows.length).toBe(1);
  });

  it('is one of those that come at once, as a whole', async () => {
    const made = await create();
    const sizes = Array.from({ length: 10 }, (_, index) => 1000 + index);
    await Promise.all(sizes.map((size) => upload(made, { body: form({}, pdf(size)) })));
    expect(sizes).toContain(stored(made)?.length);
  });

  it('stays when an upload is refused or fails', async () => {
    const made = await create();
    await upload(made, plain(pdf(4321)));
    const before = stored(made);
    await upload(made, plain(new Blob(['PK'])));
    await upload(made, { body: form({}, new Blob([])) });
    await upload(made, plain(pdf(11 * mebibyte)));
    await failNextUpload();
    await upload(made, plain(pdf()));
    expect(before).toHaveLength(4321);
    expect(stored(made)).toBe(before);
  });

  it('is the file of its own field, however large the files of others are', async () => {
    const body = form(fields);
    body.append('photo', pdf(10 * mebibyte + 1), 'a.pdf');
    body.append('cv', pdf(), 'cv.pdf');
    body.append('cv2', new Blob([]), 'c.pdf');
    const { data } = (await post('/dossiers', { body })).body;
    expect(stored(data)?.length).toBe(20);
  });
});

it('The type of a plain file may be in any letter case, with parameters', async () => {
  const made = await create();
  for (const type of ['Application/PDF', 'application/pdf; name="cv.pdf"']) {
    expect((await upload(made, plain(pdf(), type))).status).toBe(200);
  }
});
