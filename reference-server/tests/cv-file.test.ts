import { beforeAll, describe, expect, it } from 'vitest';
import { schemaAt } from '../../openapi/contract.ts';
import { openDesk, type Desk } from './desk.ts';
import { contract, expectRefusal, form, pdf, useLab, type Dossier, type Reply } from './lab.ts';

const lab = useLab();
let own: Desk;
beforeAll(async () => {
  own = await openDesk(lab);
});

const most = Number(schemaAt(contract, '#/components/schemas/Cv')['maxLength']);
const cvs = () => lab.state.organizations.get(own.id)?.cvs;
/** All that a refused file must not have changed. */
const picture = async () => [await own.list('?per_page=100'), cvs()?.rows.length];

/** Sends what a dossier gets its CV from. */
type Send<Body> = (body: Body) => Promise<Reply<Dossier>>;

/** A way in which a dossier gets a CV; what has to be there before is made when it begins. */
interface Way<Body> {
  readonly status: number;
  readonly begin: (type?: string) => Promise<Send<Body>>;
}

/** Ways by a form, which is given its files. */
const forms: [string, Way<(data: FormData) => void>][] = [
  [
    'a creation',
    {
      status: 201,
      begin: (type = 'candidate') =>
        Promise.resolve((fill) => {
          const body = form({ type, name: 'Sophie' });
          fill(body);
          return own.send('POST', '/dossiers', { body });
        }),
    },
  ],
  [
    'an upload by form',
    {
      status: 200,
      begin: async (type = 'candidate') => {
        const { id } = await own.create({ type, name: 'Sophie' });
        return (fill) => {
          const body = new FormData();
          fill(body);
          return own.send('POST', `/dossiers/${id}/cv`, { body });
        };
      },
    },
  ],
];

const plain: Way<Blob> = {
  status: 200,
  begin: async (type = 'candidate') => {
    const { id } = await own.create({ type, name: 'Sophie' });
    const headers = { 'Content-Type': 'application/pdf' };
    return (body) => own.send('POST', `/dossiers/${id}/cv`, { body, headers });
  },
};

/** All ways, which are given one file. */
const ways: [string, Way<Blob>][] = [
  ...forms.map(([title, { status, begin }]): [string, Way<Blob>] => [
    title,
    {
      status,
      begin: async (type) => {
        const send = await begin(type);
        return (file) =>
          send((data) => {
            data.append('cv', file, 'cv.pdf');
          });
      },
    },
  ]),
  ['an upload of the plain file', plain],
];

const expectStored = async ({ status, begin }: Way<Blob>, file: Blob, type?: string) => {
  const reply = await (await begin(type))(file);
  expect(reply).toMatchObject({ status });
  const { id, cv_url } = reply.body.data;
  expect(cv_url).toBe(`${own.id}/dossiers/${id}/cv.pdf`);
  expect((await own.read(id)).cv_url).toBe(cv_url);
  expect(
    cvs()
      ?.get(id)
      ?.bytes.equals(Buffer.from(await file.arrayBuffer())),
  ).toBe(true);
};

const expectRefused = async <Body>({ begin }: Way<Body>, body: Body, message: RegExp) => {
  const send = await begin();
  const before = await picture();
  expectRefusal(await send(body), 400, 'invalid_body', message);
  expect(await picture()).toEqual(before);
};

describe.each(ways)('The file of %s', (_, way) => {
  it('is stored to the last byte, whatever they are (LG-CV-030)', async () => {
    const bytes = Uint8Array.from({ length: 1024 }, (__, index) => index);
    const file = new Blob(['%PDF-2.0\r\n', bytes, '\r\n--x--\r\n']);
    await expectStored(way, file, 'candidate');
    await expectStored(way, file, 'sales');
  });

  it('may have 10 000 000 bytes (LG-CV-017)', async () => {
    await expectStored(way, pdf(10_000_000));
  });

  it('may have 10 485 760 bytes, and not one more (LG-CV-018, LG-CV-019, LG-CV-020)', async () => {
    expect(most).toBe(10 * 1024 * 1024);
    await expectStored(way, pdf(most));
    for (const size of [most + 1, 2 * most]) {
      await expectRefused(way, pdf(size), / is larger than 10485760 bytes\.$/);
    }
  });

  it.each(['PK', '%PDF', '%pdf-1.7', ' %PDF-1.7', '\ufeff%PDF-1.7', '<html>', '\0'])(
    'is refused when it begins with %j, whatever type it claims (LG-CV-021)',
    async (text) => {
      const file = new Blob([text], { type: 'application/pdf' });
      await expectRefused(way, file, /^cv must be a file of type application\/pdf/);
    },
  );

  it('may be five bytes long (LG-CV-021)', async () => {
    await expectStored(way, new Blob(['%PDF-']));
  });

  it('is refused when it is empty (LG-CV-023)', async () => {
    await expectRefused(way, new Blob([]), /^cv must not be empty/);
  });
});

describe.each(forms)('The form of %s', (_, way) => {
  it.each([
    ['text/plain', 'resume.txt'],
    ['', 'cv'],
    ['application/octet-stream', '../../<cv>".exe'],
    ['image/png', 'Zoë 🙂.pdf'],
  ])('may call the file %s, %s (LG-CV-022)', async (type, name) => {
    const send = await way.begin();
    const reply = await send((data) => {
      data.append('cv', new Blob(['%PDF-1.4'], { type }), name);
    });
    expect(reply).toMatchObject({ status: way.status });
    expect(reply.body.data.cv_url).toBe(`${own.id}/dossiers/${reply.body.data.id}/cv.pdf`);
  });

  it.each([
    ['image/png', 'photo.png', '\u0089PNG'],
    ['text/plain', 'letter.txt', 'Dear reader'],
    ['', 'letter', 'Dear reader'],
  ])('refuses a file of type %j, %s, that begins with %j (LG-CV-033)', async (type, name, text) => {
    const fill = (data: FormData) => {
      data.append('cv', new Blob([text], { type }), name);
    };
    await expectRefused(way, fill, /^cv must be a file of type application\/pdf/);
  });

  it('is refused with a text for the file (LG-CV-025)', async () => {
    for (const text of ['%PDF-1.7', '']) {
      const fill = (data: FormData) => {
        data.append('cv', text);
      };
      await expectRefused(way, fill, /^cv must be a file/);
    }
  });

  it('is refused with two files (LG-CV-026)', async () => {
    const fill = (data: FormData) => {
      for (const name of ['a.pdf', 'b.pdf']) data.append('cv', pdf(), name);
    };
    await expectRefused(way, fill, /^cv must be one file/);
  });

  it('may have files in other fields, which count for nothing (LG-CV-027)', async () => {
    const send = await way.begin();
    const reply = await send((data) => {
      data.append('photo', new Blob(['not a PDF']), 'a.png');
      data.append('cv', pdf(), 'cv.pdf');
      data.append('photo', pdf(most + 1), 'b.pdf');
      data.append('cv2', new Blob([]), 'c.pdf');
    });
    expect(reply).toMatchObject({ status: way.status });
    expect(cvs()?.get(reply.body.data.id)?.bytes.length).toBe(20);
  });
});

describe('A body that is no PDF', () => {
  it.each(['image/png', 'text/plain', undefined])(
    'is refused as a CV of type %s (LG-CV-033)',
    async (type) => {
      const { id } = await own.create({ type: 'candidate', name: 'Sophie' });
      const headers = type === undefined ? {} : { 'Content-Type': type };
      const body = new Blob(['Dear reader']);
      const reply = await own.send('POST', `/dossiers/${id}/cv`, { body, headers });
      expectRefusal(reply, 400, 'invalid_body', /Content-Type/);
      expect(cvs()?.get(id)).toBeUndefined();
    },
  );
});

describe('A JSON creation', () => {
  it.each(['%PDF-1.7', 5, null, { x: 1 }])('passes over the cv %j (LG-CV-028)', async (cv) => {
    const made = await own.create({ type: 'candidate', name: 'Sophie', cv });
    expect(made.cv_url).toBeNull();
    expect(cvs()?.get(made.id)).toBeUndefined();
  });
});
