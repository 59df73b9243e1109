import { beforeAll, describe, it } from 'vitest';
import { useLab } from './lab.ts';
import {
  basics,
  between,
  close,
  file,
  openFormDesk,
  part,
  pdfText,
  text,
  typeOf,
  type FormDesk,
} from './raw-forms.ts';

const lab = useLab();
let desk: FormDesk;
beforeAll(async () => {
  desk = await openFormDesk(lab);
});

const disposition = 'Content-Disposition: form-data;';

describe('A part is refused by its number', () => {
  /** Here the name is what can't be read with certainty. */
  const nameless: [string, RegExp, Buffer][] = [
    [
      'no head',
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
      'a name without text',
      /its Content-Disposition must have a name/,
      file('name; filename="a.pdf"'),
    ],
    ['a quote within its name', /a quote within the quotes of name/, text('c"v', pdfText)],
    [
      'letters behind its name',
      /quotes around name that do not close/,
      file('name="cv"x; filename="a.pdf"'),
    ],
    [
      'no semicolon behind its name',
      /a quote within the quotes of name/,
      file('name="cv" filename="a.pdf"'),
    ],
    [
      'no semicolon behind its bare name',
      /needs quotes around the text of name/,
      file('name=cv filename=a.pdf'),
    ],
    [
      'a comma behind its name',
      /needs quotes around the text of name/,
      file('name=cv,filename=a.pdf'),
    ],
    [
      'a bare name of two words',
      /needs quotes around the text of name/,
      file('name=my cv; filename=a.pdf'),
    ],
    [
      'an extended name that is none',
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
      'a blank within the word filename',
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
      /its name must be without line breaks/,
      file('name="cv\n"; filename="a.pdf"'),
    ],
    [
      'a line break before its bare name',
      /line break or control character outside of quotes/,
      file('name=\ncv; filename="a.pdf"'),
    ],
    [
      'a line that is no header',
      /each line of its head must be written as Name: value/,
      part(`${disposition} name="cv"; filename="a.pdf"\r\npdf`, pdfText),
    ],
    [
      'a first line that is folded',
      /each line of its head/,
      part(` ${disposition} name="cv"`, pdfText),
    ],
    [
      'two dispositions',
      /must not have two headers Content-Disposition/,
      part(`${disposition} name="cv"; filename="a"\r\n${disposition} name="b"`, pdfText),
    ],
    [
      'a head whose lines end in LF',
      /cannot be read/,
      part(`${disposition} name="cv"\nContent-Type: application/pdf`, pdfText),
    ],
    [
      'a bare name before an LF',
      /line break or control character/,
      part(`${disposition} name=cv\nContent-Type: application/pdf`, pdfText),
    ],
    [
      'an empty line of LF',
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
    await desk.expectRefused(/^Part 3 of the form|^cv cannot/, close(basics(), bytes));
    await desk.expectRefused(message, close(basics(), bytes));
    await desk.expectRefused(message, close(bytes), typeOf(), desk.upload);
  });
});
