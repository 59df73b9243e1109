import { describe, it } from 'vitest';
import {
  basics,
  between,
  close,
  disposition,
  file,
  part,
  pdfText,
  text,
  typeOf,
  useFormServer,
} from './raw-forms.ts';

const forms = useFormServer();

describe('A part is refused, named in the message,', () => {
  const charset = 'Content-Type: text/plain; charset=';
  const wrong: [string, RegExp, Buffer][] = [
    [
      'a file as a text',
      /^company must be a string, not a file: its part must not have a filename/,
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
      /^company must be a string; the form has more than one part of that name/,
      Buffer.concat([text('company', 'A'), text('company', 'B')]),
    ],
    [
      'a field twice that is empty first',
      /^company must be a string;/,
      Buffer.concat([text('company', ''), text('company', 'A')]),
    ],
    [
      'a field twice that is the same',
      /^company must be a string;/,
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
      /^company must be a string, in a part with the name company alone/,
      text('company[x]', 'A'),
    ],
    [
      'no UTF-8',
      /^company is not valid UTF-8/,
      part(`${disposition} name="company"`, Buffer.from('Zoë', 'latin1')),
    ],
    [
      'an incomplete character',
      /^company is not valid UTF-8/,
      part(`${disposition} name="company"`, Buffer.from('ë').subarray(0, 1)),
    ],
    [
      'no UTF-8 where its charset says so',
      /^company is not valid utf-8/,
      part(`${disposition} name="company"\r\n${charset}utf-8`, Buffer.from([0xff])),
    ],
    [
      'no ASCII where its charset says so',
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
      /^company must be a string; its part must not be multipart/,
      part(`${disposition} name="company"\r\nContent-Type: multipart/mixed; boundary=y`, '--y--'),
    ],
    [
      'two names',
      /^cv cannot be read: its Content-Disposition has two different values for name/,
      file('name="cv"; name="b"; filename="a.pdf"'),
    ],
    [
      'a filename that contains another name',
      /^cv cannot be read: its Content-Disposition has a quote within the quotes of name/,
      file('name="cv"; filename="a"; name="b".pdf"'),
    ],
    [
      'an unclosed quote',
      /^cv cannot be read: its Content-Disposition has quotes around filename that do not close; it must be written as in/,
      file('name="cv"; filename="a.pdf'),
    ],
  ];

  it.each(wrong)('for %s', async (_, message, bytes) => {
    await forms.expectRefused(message, close(basics(), bytes));
    await forms.expectRefused(message, close(bytes, basics()));
  });
});

describe('A part is refused, numbered in the message,', () => {
  /** Parts whose name can't be read reliably. */
  const nameless: [string, RegExp, Buffer][] = [
    [
      'no headers',
      /must have a header such as Content-Disposition: form-data; name="type"/,
      part('', 'x'),
    ],
    [
      'no disposition',
      /must have a header such as Content-Disposition/,
      part('Content-Type: application/pdf', pdfText),
    ],
    [
      'an attachment without a name',
      /its Content-Disposition must have a name/,
      part('Content-Disposition: attachment; filename="a.pdf"', pdfText),
    ],
    ['no name', /its Content-Disposition must have a name/, file('filename="a.pdf"')],
    [
      'an empty name',
      /its Content-Disposition must have a name/,
      file('name=""; filename="a.pdf"'),
    ],
    [
      'a name parameter without a value',
      /its Content-Disposition must have a name/,
      file('name; filename="a.pdf"'),
    ],
    ['a quote within its name', /a quote within the quotes of name/, text('c"v', pdfText)],
    [
      'text after its name',
      /quotes around name that do not close/,
      file('name="cv"x; filename="a.pdf"'),
    ],
    [
      'no semicolon after its name',
      /a quote within the quotes of name/,
      file('name="cv" filename="a.pdf"'),
    ],
    [
      'no semicolon after its unquoted name',
      /needs quotes around the value of name/,
      file('name=cv filename=a.pdf'),
    ],
    [
      'a comma after its name',
      /needs quotes around the value of name/,
      file('name=cv,filename=a.pdf'),
    ],
    [
      'an unquoted name of two words',
      /needs quotes around the value of name/,
      file('name=my cv; filename=a.pdf'),
    ],
    [
      'an invalid extended name',
      /its name must be written as in/,
      file(`name*=cv; filename="a.pdf"`),
    ],
    ['a parameter without a name', /has a parameter without a name/, file('="x"; name="cv"')],
    [
      'two names, one of them extended',
      /its Content-Disposition must not have two different names/,
      file(`name="cv"; name*=utf-8''b; filename="a.pdf"`),
    ],
    [
      'a space within the word filename',
      /needs an equals sign or a semicolon after file/,
      file('name="cv"; file name="a.pdf"'),
    ],
    [
      'no semicolon before its name',
      /its Content-Disposition needs a semicolon after its value/,
      part('Content-Disposition: form-data name="cv"; filename="a.pdf"', pdfText),
    ],
    [
      'a line break in its name',
      /its name must not contain line breaks/,
      file('name="cv\n"; filename="a.pdf"'),
    ],
    [
      'a line break before its unquoted name',
      /line break or control character outside of quotes/,
      file('name=\ncv; filename="a.pdf"'),
    ],
    [
      'an invalid header line',
      /each line of its head must be written as Name: value/,
      part(`${disposition} name="cv"; filename="a.pdf"\r\npdf`, pdfText),
    ],
    ['a folded first line', /each line of its head/, part(` ${disposition} name="cv"`, pdfText)],
    [
      'two dispositions',
      /must not have the header Content-Disposition twice/,
      part(`${disposition} name="cv"; filename="a"\r\n${disposition} name="b"`, pdfText),
    ],
    [
      'header lines that end in LF',
      /cannot be read/,
      part(`${disposition} name="cv"\nContent-Type: application/pdf`, pdfText),
    ],
    [
      'an unquoted name before an LF',
      /line break or control character/,
      part(`${disposition} name=cv\nContent-Type: application/pdf`, pdfText),
    ],
    [
      'an empty line that ends in LF',
      /each line of its head .* end in CR LF/,
      Buffer.from(
        `--${between}\r\n${disposition} name="company"\r\nContent-Type: text/plain\n\nA\r\n`,
      ),
    ],
    [
      'an LF before its content',
      /cannot be read/,
      Buffer.from(
        `--${between}\r\n${disposition} name="cv"; filename="a.pdf"\n\n${pdfText} "x"\r\n`,
      ),
    ],
  ];

  it.each(nameless)('for %s', async (_, message, bytes) => {
    await forms.expectRefused(/^Part 3 of the form|^cv cannot/, close(basics(), bytes));
    await forms.expectRefused(message, close(basics(), bytes));
    await forms.expectRefused(message, close(bytes), typeOf(), forms.upload);
  });
});
