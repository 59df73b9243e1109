import { describe, expect, it } from 'vitest';
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

const pdfType = 'Content-Type: application/pdf';

describe('A file is read', () => {
  const heads: Record<string, string> = {
    'as curl writes it': `${disposition} name="cv"; filename="a.pdf"\r\n${pdfType}`,
    'with a semicolon at the end': `${disposition} name="cv"; filename="a.pdf";`,
    'with a space and a semicolon at the end': `${disposition} name="cv"; filename="a.pdf" ; `,
    'with two semicolons': `${disposition} name="cv";; filename="a.pdf"`,
    'with both kinds of name, the extended one in quotes': `${disposition} name="cv"; filename="é.pdf"; filename*="UTF-8''%C3%A9.pdf"`,
    'with an extended name alone': `${disposition} name="cv"; filename*=UTF-8''%C3%A9.pdf`,
    'with an invalid extended name': `${disposition} name="cv"; filename*=a.pdf`,
    'with a percent sign in the extended name': `${disposition} name="cv"; filename*=UTF-8''100%.pdf`,
    'with an extended name in an unknown charset': `${disposition} name="cv"; filename*=x-none''a.pdf`,
    'as .NET writes it': `Content-Type: application/pdf\r\n${disposition} name=cv; filename=a.pdf; filename*=utf-8''a.pdf`,
    'as .NET writes non-ASCII names': `${disposition} name=cv; filename="=?utf-8?B?w6kucGRm?="; filename*=utf-8''%C3%A9.pdf`,
    'with a name in pieces': `${disposition} name="cv"; filename*0="a"; filename*1="b.pdf"`,
    'with bare quotes in its name': `${disposition} name="cv"; filename="my "best" cv.pdf"`,
    'with escaped quotes in its name': `${disposition} name="cv"; filename="my \\"best\\"; name=\\"x\\".pdf"`,
    'with quotes as browsers escape them': `${disposition} name="cv"; filename="my %22best%22.pdf"`,
    'with a Windows path': `${disposition} name="cv"; filename="C:\\cvs\\a.pdf"`,
    'with a path that ends in a backslash': `${disposition} name="cv"; filename="C:\\cvs\\"`,
    'with a line break in its name': `${disposition} name="cv"; filename="a\nb.pdf"`,
    'with a semicolon in its name': `${disposition} name="cv"; filename="a;b.pdf"`,
    'with an unquoted name with spaces and brackets': `${disposition} name="cv"; filename=my cv (1) [new].pdf`,
    'with everything unquoted': `${disposition} name=cv; filename=a.pdf`,
    'with spaces around the equals signs': `${disposition} name = "cv" ; filename = "a.pdf"`,
    'with tabs': `${disposition}\tname="cv";\tfilename="a.pdf"`,
    'without spaces': 'Content-Disposition:form-data;name="cv";filename="a.pdf"',
    'with single quotes': `${disposition} name='cv'; filename='a.pdf'`,
    'with upper-case names': 'CONTENT-DISPOSITION: FORM-DATA; NAME="cv"; FILENAME="a.pdf"',
    'with a blank before the colon': 'Content-Disposition : form-data; name="cv"; filename="a.pdf"',
    'with the filename first': `${disposition} filename="a.pdf"; name="cv"`,
    'with a parameter without text': `${disposition} name="cv"; x; filename="a.pdf"`,
    'with more parameters': `${disposition} name="cv"; filename="a.pdf"; size=21; creation-date="Mon, 1 Jan"`,
    'with the same name twice': `${disposition} name="cv"; name="cv"; filename="a.pdf"`,
    'with an extended field name': `${disposition} name*=utf-8''c%76; filename="a.pdf"`,
    'on folded lines': `Content-Disposition: form-data;\r\n name="cv";\r\n\tfilename="a.pdf"`,
    'as an attachment with a name': 'Content-Disposition: attachment; name="cv"; filename="a.pdf"',
    'with an empty name': `${disposition} name="cv"; filename=""`,
    'with an empty name and a type': `${disposition} name="cv"; filename=""\r\n${pdfType}`,
    'without a name, by its type': `${disposition} name="cv"\r\n${pdfType}`,
    'without a name, as application/octet-stream': `${disposition} name="cv"\r\nContent-Type: application/octet-stream`,
    'with superfluous headers': `X-Part: 1\r\nContent-Length: 21\r\nContent-ID: <a>\r\n${disposition} name="cv"; filename="a.pdf"`,
    'as binary': `${disposition} name="cv"; filename="a.pdf"\r\nContent-Transfer-Encoding: binary`,
    'as 8bit, in upper case': `${disposition} name="cv"; filename="a.pdf"\r\nContent-Transfer-Encoding: 8BIT`,
    'with an invalid type': `${disposition} name="cv"; filename="a.pdf"\r\nContent-Type: pdf; x="`,
  };

  it.each(Object.entries(heads))('%s', async (_, head) => {
    const cv = part(head, pdfText);
    for (const parts of [
      [basics(), cv],
      [cv, basics()],
    ]) {
      const created = await forms.post(close(...parts));
      expect(created).toMatchObject({ status: 201, body: { data: { name: 'Sophie' } } });
      expect(forms.cvOf(created)).toBe(pdfText);
    }
    const uploaded = await forms.post(close(cv), typeOf(), forms.upload);
    expect(uploaded).toMatchObject({ status: 200 });
    expect(forms.cvOf(uploaded)).toBe(pdfText);
  });

  it('after an empty file field of a browser, and before one', async () => {
    const empty = file('name="cv"; filename=""', '');
    for (const parts of [
      [empty, file()],
      [empty, empty, file()],
    ]) {
      expect(forms.cvOf(await forms.post(close(basics(), ...parts)))).toBe(pdfText);
    }
    expect(forms.cvOf(await forms.post(close(basics(), empty)))).toBeUndefined();
  });
});

describe('A text is read', () => {
  const latin = Buffer.from('Zoë', 'latin1');
  const heads: [string, string, (string | Buffer)?][] = [
    ['as curl writes it', `${disposition} name="company"`],
    ['with a semicolon at the end', `${disposition} name="company";`],
    ['unquoted', `${disposition} name=company`],
    ['with its type', `Content-Type: text/plain; charset=utf-8\r\n${disposition} name=company`],
    [
      'with its type and a charset in quotes',
      `${disposition} name="company"\r\nContent-Type: text/plain; charset="UTF-8"`,
    ],
    ['as JSON by its type', `${disposition} name="company"\r\nContent-Type: application/json`],
    [
      'as application/octet-stream',
      `${disposition} name="company"\r\nContent-Type: application/octet-stream`,
    ],
    ['with an empty filename', `${disposition} name="company"; filename=""`],
    ['with its length', `${disposition} name="company"\r\nContent-Length: 4`],
    [
      'in UTF-8 that is declared as ASCII',
      `${disposition} name="company"\r\nContent-Type: text/plain; charset=US-ASCII`,
    ],
    [
      'in ISO-8859-1, as a Java client writes it',
      `${disposition} name="company"\r\nContent-Type: text/plain; charset=ISO-8859-1\r\nContent-Transfer-Encoding: 8bit`,
      latin,
    ],
    [
      'in UTF-16',
      `${disposition} name="company"\r\nContent-Type: text/plain; charset=utf-16le`,
      Buffer.from('Zoë', 'utf16le'),
    ],
  ];

  it.each(heads)('%s', async (_, head, content = 'Zoë') => {
    const reply = await forms.post(close(basics(), part(head, content)));
    expect(reply).toMatchObject({ status: 201, body: { data: { company: 'Zoë' } } });
  });

  it('unchanged, with every special character', async () => {
    for (const value of [
      '',
      '\ufeffa',
      'a\r\n--b',
      '\r\n',
      `-- ${between}`,
      `\n--${between}`,
      '\r',
    ]) {
      const reply = await forms.post(close(basics(), text('company', value)));
      expect(reply).toMatchObject({ status: 201, body: { data: { company: value } } });
    }
  });

  it('as empty when its part ends after its headers', async () => {
    const head = `--${between}\r\n${disposition} name="company"`;
    for (const end of ['\r\n', '\r\n\r\n']) {
      const reply = await forms.post(close(`${head}${end}`, basics()));
      expect(reply).toMatchObject({ status: 201, body: { data: { company: '', name: 'Sophie' } } });
    }
  });

  it('and ignored in a field that the contract does not have', async () => {
    const names = ['extra', '__proto__', 'a[b][c]', 'constructor', 'status', 'cv_url'];
    const others = names.map((name) => text(name, 'x'));
    const { status, body } = await forms.post(close(basics(), ...others));
    expect([status, body.data]).toMatchObject([201, { status: 'active', cv_url: null }]);
  });
});
