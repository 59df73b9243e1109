import { beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import { expectRefusal, form, pdf, useLab, type Dossier, type Sending } from './lab.ts';

const lab = useLab();
let own: Desk;
let made: Dossier;
let address: string;
beforeEach(async () => {
  own = await openDesk(lab);
  made = await own.create({ type: 'candidate', name: 'Sophie van Dijk', phone: '06' });
  address = `${own.id}/dossiers/${made.id}/cv.pdf`;
});

const asForm = (file: Blob): Sending => ({ body: form({}, file) });
const plain = (body: Blob): Sending => ({ body, headers: { 'Content-Type': 'application/pdf' } });
const upload = (sending: Sending) => own.send('POST', `/dossiers/${made.id}/cv`, sending);
const stored = () => lab.state.organizations.get(own.id)?.cvs.get(made.id)?.bytes;
const ways: [string, (file: Blob) => Sending][] = [
  ['a form', asForm],
  ['the plain file', plain],
];

describe('Uploading a CV', () => {
  it('by a form gives the dossier a CV (LG-CV-010, LG-CV-012)', async () => {
    const { status, body } = await upload(asForm(pdf()));
    expect([status, body.data]).toMatchObject([200, { id: made.id, cv_url: address }]);
    expect((await own.read(made.id)).cv_url).toBe(address);
  });

  it('by the plain file gives the dossier a CV (LG-CV-011, LG-CV-012)', async () => {
    const { status, body } = await upload(plain(pdf()));
    expect([status, body.data]).toMatchObject([200, { id: made.id, cv_url: address }]);
    expect((await own.read(made.id)).cv_url).toBe(address);
  });

  it.each(ways)('by %s changes nothing but the CV’s address (LG-CV-013)', async (_, way) => {
    expect((await upload(way(pdf()))).body.data).toEqual({ ...made, cv_url: address });
    expect(await own.read(made.id)).toEqual({ ...made, cv_url: address });
    expect((await own.list()).data).toEqual([{ ...made, cv_url: address }]);
  });

  it('takes the type of the plain file in any letter case, with parameters', async () => {
    for (const type of ['Application/PDF', 'application/pdf; name="cv.pdf"']) {
      const reply = await upload({ body: pdf(), headers: { 'Content-Type': type } });
      expect(reply).toMatchObject({ status: 200 });
    }
  });

  it.each(ways)(
    'by %s again takes the place of the earlier one (LG-CV-014, LG-CV-015)',
    async (_, way) => {
      await upload(plain(pdf(5000)));
      for (const file of [pdf(30), new Blob(['%PDF-2.0 another']), pdf(7000)]) {
        const { status, body } = await upload(way(file));
        expect([status, body.data.cv_url]).toEqual([200, address]);
        expect(stored()).toEqual(Buffer.from(await file.arrayBuffer()));
      }
      expect(lab.state.organizations.get(own.id)?.cvs.rows.length).toBe(1);
    },
  );

  it('takes the place of the one that came with the dossier (LG-CV-014, LG-CV-015)', async () => {
    const body = form({ type: 'sales', name: 'KLM' }, pdf(5000));
    made = (await own.send('POST', '/dossiers', { body })).body.data;
    expect((await upload(plain(pdf(30)))).body.data).toEqual(made);
    expect(stored()?.length).toBe(30);
  });

  it('many times at once leaves one of them whole (LG-CV-014)', async () => {
    const sizes = Array.from({ length: 10 }, (_, index) => 1000 + index);
    const replies = await Promise.all(sizes.map((size) => upload(asForm(pdf(size)))));
    for (const { status, body } of replies)
      expect([status, body.data.cv_url]).toEqual([200, address]);
    expect(sizes).toContain(stored()?.length);
  });
});

describe('An upload that fails', () => {
  const failures: [string, number, () => Promise<Sending>][] = [
    [
      'storing',
      500,
      async () => {
        await lab.control('POST', `/organizations/${own.id}/failures`, { next: 'upload' });
        return asForm(pdf());
      },
    ],
    ['being no PDF', 400, () => Promise.resolve(plain(new Blob(['PK'])))],
    ['being empty', 400, () => Promise.resolve(asForm(new Blob([])))],
    ['being too large', 400, () => Promise.resolve(plain(pdf(11_000_000)))],
  ];

  it.each(failures)(
    'by %s leaves the earlier CV in place (LG-CV-029)',
    async (_, status, prepare) => {
      const file = pdf(4321);
      const { data } = (await upload(asForm(file))).body;
      expect((await upload(await prepare())).status).toBe(status);
      expect(await own.read(made.id)).toEqual(data);
      expect(stored()).toEqual(Buffer.from(await file.arrayBuffer()));
    },
  );

  it.each(ways)(
    'to be stored, by %s, is answered 500 once and leaves no CV (LG-CV-009)',
    async (_, way) => {
      await lab.control('POST', `/organizations/${own.id}/failures`, { next: 'upload' });
      expectRefusal(await upload(way(pdf())), 500, 'internal');
      expect(await own.read(made.id)).toEqual(made);
      expect(stored()).toBeUndefined();
      expect((await upload(way(pdf()))).status).toBe(200);
    },
  );
});

describe('A form without a CV', () => {
  it('is refused, whatever else is in it (LG-CV-024)', async () => {
    const emptyField = new FormData();
    emptyField.append('cv', new Blob([]), '');
    const elsewhere = new FormData();
    elsewhere.append('CV', pdf(), 'cv.pdf');
    for (const body of [form({}), form({ file: 'x' }), emptyField, elsewhere]) {
      expectRefusal(await upload({ body }), 400, 'invalid_body', /^cv is required|cannot be read/);
    }
    expect(await own.read(made.id)).toEqual(made);
    expect((await upload(asForm(pdf()))).status).toBe(200);
  });
});
