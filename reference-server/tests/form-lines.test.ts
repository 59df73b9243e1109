import { beforeAll, describe, expect, it } from 'vitest';
import { useLab } from './lab.ts';
import {
  basics,
  between,
  close,
  file,
  openFormDesk,
  pdfText,
  text,
  type FormDesk,
} from './raw-forms.ts';

const lab = useLab();
let desk: FormDesk;
beforeAll(async () => {
  desk = await openFormDesk(lab);
});

describe('The lines between the parts', () => {
  it('may have text before and behind them, and blanks', async () => {
    const spaced = Buffer.from(
      close(basics(), file()).toString().replaceAll(`--${between}\r\n`, `--${between} \t\r\n`),
    );
    const forms = [
      Buffer.concat([Buffer.from('This is a form.\r\n\r\n'), close(basics(), file())]),
      Buffer.concat([Buffer.from('\r\n'), close(basics(), file())]),
      Buffer.concat([close(basics(), file()), Buffer.from('\r\nThat was it.\r\n')]),
      Buffer.concat([close(basics(), file()), Buffer.from(`--${between}--\r\n`)]),
      close(basics(), file()).subarray(0, -2),
      spaced,
    ];
    for (const body of forms) {
      const reply = await desk.post(body);
      expect(reply).toMatchObject({ status: 201, body: { data: { name: 'Sophie' } } });
      expect(desk.cvOf(reply)).toBe(pdfText);
    }
  });

  const whole = () => close(basics(), file());
  const broken: [string, RegExp, () => string | Buffer][] = [
    ['has no body', /^A body is required/, () => ''],
    [
      'is no form',
      /^The form cannot be read: it must begin with a line --between-parts/,
      () => '{}',
    ],
    [
      'is of another boundary',
      /^The form cannot be read: it must begin with/,
      () => basics('other'),
    ],
    [
      'has lines that end in LF',
      /^The form cannot be read: a line begins with --between-parts, and must end there, with CR LF/,
      () => whole().toString().replaceAll('\r\n', '\n'),
    ],
    [
      'lacks its first line',
      /^The form cannot be read: its first part must come after a line/,
      () => whole().subarray(between.length + 4),
    ],
    [
      'ends without its last line',
      /^The form breaks off in cv: it must end with a line --between-parts--/,
      () => Buffer.concat([basics(), file()]).subarray(0, -2),
    ],
    [
      'ends within a line',
      /^The form breaks off: it must end/,
      () => Buffer.concat([basics(), file(), Buffer.from(`--${between}`)]),
    ],
    [
      'ends within a head',
      /^The form breaks off: it must end/,
      () => `--${between}\r\nContent-Dis`,
    ],
    [
      'goes on after its end',
      /^The form cannot be read: it goes on after its last line/,
      () => Buffer.concat([close(basics()), file()]),
    ],
    [
      'has a line with more on it',
      /^The form cannot be read: a line begins with --between-parts, and must end there/,
      () => close(text('company', `A\r\n--${between}B`), basics()),
    ],
    [
      'has a line that ends in LF',
      /^The form cannot be read: a line begins with/,
      () => whole().toString().replace(`\r\n--${between}\r\n`, `\r\n--${between}\n`),
    ],
  ];

  it.each(broken)('must be whole: a form that %s is refused', async (_, message, body) => {
    await desk.expectRefused(message, body());
  });
});
