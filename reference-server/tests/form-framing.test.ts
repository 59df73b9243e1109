import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  basics,
  between,
  close,
  file,
  part,
  pdfText,
  text,
  typeOf,
  useFormServer,
} from './raw-forms.ts';

const forms = useFormServer();

describe('The Content-Type of a form', () => {
  const announced: [string, string, string][] = [
    ['with a semicolon at the end', 'multipart/form-data; boundary=X;', 'X'],
    ['with equals signs in its boundary', 'multipart/form-data; boundary===abc==', '==abc=='],
    ['with a boundary in quotes', 'multipart/form-data; boundary="a b:c"', 'a b:c'],
    ['with a boundary with escapes', 'multipart/form-data; boundary="a\\"b"', 'a"b'],
    ['with a boundary that contains single quotes', "multipart/form-data; boundary='X'", "'X'"],
    [
      'with every special character of a boundary',
      'multipart/form-data; boundary="A\'()+_,-./:=?9"',
      "A'()+_,-./:=?9",
    ],
    [
      'with these characters unquoted',
      "multipart/form-data; boundary=A'()+_,-./:=?9",
      "A'()+_,-./:=?9",
    ],
    ['in upper case', 'MULTIPART/FORM-DATA; BOUNDARY=X', 'X'],
    ['with spaces', 'multipart/form-data ; boundary = X ', 'X'],
    ['without spaces', 'multipart/form-data;boundary=X', 'X'],
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
    const reply = await forms.post(body, { 'Content-Type': type });
    expect(reply).toMatchObject({ status: 201, body: { data: { name: 'Sophie' } } });
    expect(forms.cvOf(reply)).toBe(pdfText);
  });

  it.each([
    ['', / its Content-Type must have a boundary, as in multipart\/form-data; boundary=/],
    ['; boundary=', / its Content-Type must have a boundary/],
    ['; boundary=""', / its Content-Type must have a boundary/],
    ['; boundary="X', / its Content-Type has quotes around boundary that do not close/],
    ['; boundary=X charset=utf-8', / its Content-Type needs quotes around the value of boundary/],
    ['; boundary=X; boundary=Y', / its Content-Type has two different values for boundary/],
    ['; boundary=é', / its Content-Type must have a boundary/],
  ])('with %j is refused', async (rest, message) => {
    const type = { 'Content-Type': `multipart/form-data${rest}` };
    await forms.expectRefused(message, Buffer.concat([basics('X'), Buffer.from('--X--')]), type);
  });
});

describe('A compressed form', () => {
  const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, GZIP: gzipSync };

  it.each(Object.entries(packers))('with %s is read', async (encoding, pack) => {
    const packed = { ...typeOf(), 'Content-Encoding': encoding };
    const reply = await forms.post(pack(close(basics(), file())), packed);
    expect(reply).toMatchObject({ status: 201, body: { data: { name: 'Sophie' } } });
    expect(forms.cvOf(reply)).toBe(pdfText);
    const uploaded = await forms.post(pack(close(file())), packed, forms.upload);
    expect(forms.cvOf(uploaded)).toBe(pdfText);
  });

  it('is refused when it is invalid or has an unknown Content-Encoding', async () => {
    const packed = { ...typeOf(), 'Content-Encoding': 'gzip' };
    const whole = gzipSync(close(basics()));
    await forms.expectRefused(
      /^The form cannot be read: its Content-Encoding is gzip, but/,
      'x',
      packed,
    );
    await forms.expectRefused(/^The form cannot be read/, whole.subarray(0, -20), packed);
    for (const name of ['rot13', 'constructor']) {
      await forms.expectRefused(/must be one of gzip, deflate, br, not /, close(basics()), {
        ...typeOf(),
        'Content-Encoding': name,
      });
    }
  });
});

describe('The boundary lines of a form', () => {
  it('may have text before and after them, and spaces', async () => {
    const spaced = Buffer.from(
      close(basics(), file()).toString().replaceAll(`--${between}\r\n`, `--${between} \t\r\n`),
    );
    const bodies = [
      Buffer.concat([Buffer.from('This is a form.\r\n\r\n'), close(basics(), file())]),
      Buffer.concat([Buffer.from('\r\n'), close(basics(), file())]),
      Buffer.concat([close(basics(), file()), Buffer.from('\r\nThat was it.\r\n')]),
      Buffer.concat([close(basics(), file()), Buffer.from(`--${between}--\r\n`)]),
      close(basics(), file()).subarray(0, -2),
      spaced,
    ];
    for (const body of bodies) {
      const reply = await forms.post(body);
      expect(reply).toMatchObject({ status: 201, body: { data: { name: 'Sophie' } } });
      expect(forms.cvOf(reply)).toBe(pdfText);
    }
  });

  const whole = () => close(basics(), file());
  const broken: [string, RegExp, () => string | Buffer][] = [
    ['has no body', /^A body is required/, () => ''],
    [
      'has no boundary line',
      /^The form cannot be read: it must begin with a line --between-parts/,
      () => '{}',
    ],
    ['has another boundary', /^The form cannot be read: it must begin with/, () => basics('other')],
    [
      'has lines that end in LF',
      /^The form cannot be read: a line begins with --between-parts, and must end there, with CR LF/,
      () => whole().toString().replaceAll('\r\n', '\n'),
    ],
    [
      'lacks the first boundary line',
      /^The form cannot be read: its first part must come after a line/,
      () => whole().subarray(between.length + 4),
    ],
    [
      'lacks the last boundary line',
      /^The form breaks off in cv: it must end with a line --between-parts--/,
      () => Buffer.concat([basics(), file()]).subarray(0, -2),
    ],
    [
      'ends within a boundary line',
      /^The form breaks off: it must end/,
      () => Buffer.concat([basics(), file(), Buffer.from(`--${between}`)]),
    ],
    [
      'ends within the headers of a part',
      /^The form breaks off: it must end/,
      () => `--${between}\r\nContent-Dis`,
    ],
    [
      'continues after its end',
      /^The form cannot be read: it goes on after its last line/,
      () => Buffer.concat([close(basics()), file()]),
    ],
    [
      'has other text on a boundary line',
      /^The form cannot be read: a line begins with --between-parts, and must end there/,
      () => close(text('company', `A\r\n--${between}B`), basics()),
    ],
    [
      'has a boundary line that ends in LF',
      /^The form cannot be read: a line begins with/,
      () => whole().toString().replace(`\r\n--${between}\r\n`, `\r\n--${between}\n`),
    ],
  ];

  it.each(broken)('must be valid: a form that %s is refused', async (_, message, body) => {
    await forms.expectRefused(message, body());
  });
});
