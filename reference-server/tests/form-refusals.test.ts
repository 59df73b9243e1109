import { beforeAll, describe, it } from 'vitest';
import { useLab } from './lab.ts';
import {
  basics,
  close,
  file,
  openFormDesk,
  part,
  pdfText,
  text,
  type FormDesk,
} from './raw-forms.ts';

const lab = useLab();
let desk: FormDesk;
beforeAll(async () => {
  desk = await openFormDesk(lab);
});

const disposition = 'Content-Disposition: form-data;';

describe('A part is refused by its name', () => {
  const charset = 'Content-Type: text/plain; charset=';
  const wrong: [string, RegExp, Buffer][] = [
    [
      'a file as a text',
      /^company must be a text, not a file: its part must be without a filename/,
      file('name="company"; filename="a"'),
    ],
    ['a text as a file', /^cv must be a file: its part needs a filename/, text('cv', pdfText)],
    [
      'a text as a file, by its type',
      /^cv must be a file/,
      part(`${disposition} name="cv"\r\nContent-Type: text/plain`, 'x'),
    ],
    ['an empty file', /^cv must not be empty/, file(undefined, '')],
    [
      'a field twice',
      /^company must be a text; the form has more than one part of that name/,
      Buffer.concat([text('company', 'A'), text('company', 'B')]),
    ],
    [
      'a field twice that is empty first',
      /^company must be a text;/,
      Buffer.concat([text('company', ''), text('company', 'A')]),
    ],
    [
      'a field twice that is the same',
      /^company must be a text;/,
      Buffer.concat([text('company', 'A'), text('company', 'A')]),
    ],
    ['a file twice', /^cv must be one file;/, Buffer.concat([file(), file()])],
    [
      'a file before one that is left empty',
      /^cv must be one file;/,
      Buffer.concat([file(), file('name="cv"; filename=""', '')]),
    ],
    [
      'a file as a list',
      /^cv must be one file, in a part with the name cv alone/,
      file('name="cv[]"; filename="a.pdf"'),
    ],
    [
      'a text as an object',
      /^company must be a text, in a part with the name company alone/,
      text('company[x]', 'A'),
    ],
    [
      'no UTF-8',
      /^company is not valid UTF-8/,
      part(`${disposition} name="company"`, Buffer.from('Zoë', 'latin1')),
    ],
    [
      'half a letter',
      /^company is not valid UTF-8/,
      part(`${disposition} name="company"`, Buffer.from('ë').subarray(0, 1)),
    ],
    [
      'no UTF-8 where it is promised',
      /^company is not valid utf-8/,
      part(`${disposition} name="company"\r\n${charset}utf-8`, Buffer.from([0xff])),
    ],
    [
      'no UTF-8 where ASCII is promised',
      /^company is not valid us-ascii/,
      part(`${disposition} name="company"\r\n${charset}us-ascii`, Buffer.from([0xff])),
    ],
    [
      'an unknown charset',
      /^company must be in UTF-8; the charset x-none is not known/,
      part(`${disposition} name="company"\r\n${charset}x-none`, 'A'),
    ],
    [
      'a text in Base64',
      /^company cannot be read: its Content-Transfer-Encoding must be left out or be binary, not base64/,
      part(`${disposition} name="company"\r\nContent-Transfer-Encoding: base64`, 'QQ=='),
    ],
    [
      'a file in Base64',
      /^cv cannot be read: its Content-Transfer-Encoding/,
      part(
        `${disposition} name="cv"; filename="a.pdf"\r\nContent-Transfer-Encoding: base64`,
        'JVBERi0=',
      ),
    ],
    [
      'parts in a text',
      /^company must be a text; its part must not have parts/,
      part(`${disposition} name="company"\r\nContent-Type: multipart/mixed; boundary=y`, '--y--'),
    ],
    [
      'two names',
      /^cv cannot be read: its Content-Disposition has two different texts for name/,
      file('name="cv"; name="b"; filename="a.pdf"'),
    ],
    [
      'a filename that opens another name',
      /^cv cannot be read: its Content-Disposition has a quote within the quotes of name/,
      file('name="cv"; filename="a"; name="b".pdf"'),
    ],
    [
      'quotes that do not close',
      /^cv cannot be read: its Content-Disposition has quotes around filename that do not close; it must be written as in/,
      file('name="cv"; filename="a.pdf'),
    ],
  ];

  it.each(wrong)('for %s', async (_, message, bytes) => {
    await desk.expectRefused(message, close(basics(), bytes));
    await desk.expectRefused(message, close(bytes, basics()));
  });
});
