import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { useLab } from './lab.ts';
import {
  basics,
  close,
  file,
  openFormDesk,
  part,
  pdfText,
  typeOf,
  type FormDesk,
} from './raw-forms.ts';

const lab = useLab();
let desk: FormDesk;
beforeAll(async () => {
  desk = await openFormDesk(lab);
});

describe('The Content-Type of a form', () => {
  const announced: [string, string, string][] = [
    ['with a semicolon at the end', 'multipart/form-data; boundary=X;', 'X'],
    ['with equals signs in its boundary', 'multipart/form-data; boundary===abc==', '==abc=='],
    ['with a boundary in quotes', 'multipart/form-data; boundary="a b:c"', 'a b:c'],
    ['with a boundary with escapes', 'multipart/form-data; boundary="a\\"b"', 'a"b'],
    [
      'with a boundary in single quotes, which are its own',
      "multipart/form-data; boundary='X'",
      "'X'",
    ],
    [
      'with every sign that a boundary may have',
      'multipart/form-data; boundary="A\'()+_,-./:=?9"',
      "A'()+_,-./:=?9",
    ],
    ['with such signs unquoted', "multipart/form-data; boundary=A'()+_,-./:=?9", "A'()+_,-./:=?9"],
    ['in upper case', 'MULTIPART/FORM-DATA; BOUNDARY=X', 'X'],
    ['with blanks', 'multipart/form-data ; boundary = X ', 'X'],
    ['without blanks', 'multipart/form-data;boundary=X', 'X'],
    ['with a charset', 'multipart/form-data; charset=utf-8; boundary=X', 'X'],
    [
      'with a boundary of 200 letters',
      `multipart/form-data; boundary=${'X'.repeat(200)}`,
      'X'.repeat(200),
    ],
  ];

  it.each(announced)('%s is read', async (_, type, boundary) => {
    const cv = part(
      'Content-Disposition: form-data; name="cv"; filename="a.pdf"',
      pdfText,
      boundary,
    );
    const body = Buffer.concat([basics(boundary), cv, Buffer.from(`--${boundary}--\r\n`)]);
    const reply = await desk.post(body, { 'Content-Type': type });
    expect(reply).toMatchObject({ status: 201, body: { data: { name: 'Sophie' } } });
    expect(desk.cvOf(reply)).toBe(pdfText);
  });

  it.each([
    ['', / its Content-Type must have a boundary, as in multipart\/form-data; boundary=/],
    ['; boundary=', / its Content-Type must have a boundary/],
    ['; boundary=""', / its Content-Type must have a boundary/],
    ['; boundary="X', / its Content-Type has quotes around boundary that do not close/],
    ['; boundary=X charset=utf-8', / its Content-Type needs quotes around the text of boundary/],
    ['; boundary=X; boundary=Y', / its Content-Type has two different texts for boundary/],
    ['; boundary=é', / its Content-Type must have a boundary/],
  ])('with %j is refused', async (rest, message) => {
    const type = { 'Content-Type': `multipart/form-data${rest}` };
    await desk.expectRefused(message, Buffer.concat([basics('X'), Buffer.from('--X--')]), type);
  });
});

describe('A packed form', () => {
  const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, GZIP: gzipSync };

  it.each(Object.entries(packers))('by %s is read', async (encoding, pack) => {
    const packed = { ...typeOf(), 'Content-Encoding': encoding };
    const reply = await desk.post(pack(close(basics(), file())), packed);
    expect(reply).toMatchObject({ status: 201, body: { data: { name: 'Sophie' } } });
    expect(desk.cvOf(reply)).toBe(pdfText);
    const uploaded = await desk.post(pack(close(file())), packed, desk.upload);
    expect(desk.cvOf(uploaded)).toBe(pdfText);
  });

  it('is refused when it does not unpack, or by a packer that nobody knows', async () => {
    const packed = { ...typeOf(), 'Content-Encoding': 'gzip' };
    const whole = gzipSync(close(basics()));
    await desk.expectRefused(
      /^The form cannot be read: its Content-Encoding is gzip, but/,
      'x',
      packed,
    );
    await desk.expectRefused(/^The form cannot be read/, whole.subarray(0, -20), packed);
    for (const name of ['rot13', 'constructor']) {
      await desk.expectRefused(/must be one of gzip, deflate, br, not /, close(basics()), {
        ...typeOf(),
        'Content-Encoding': name,
      });
    }
  });
});
