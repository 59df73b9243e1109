import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FormGuard } from '../http/form-guard.ts';
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

describe('A form that comes in pieces', () => {
  const bytes = Buffer.concat([
    Buffer.from('Preamble\r\n'),
    text('type', 'candidate'),
    text('other', '\r\n--betw\r\n--between-part\r\n'),
    file(undefined, `${pdfText}\r\n--between\r\n\r\n-`),
    close(`--${between}\r\nContent-Disposition: form-data; name="empty"\r\n\r\n`),
    Buffer.from('Epilogue'),
  ]);

  const guard = async (pieces: readonly Buffer[]): Promise<string> => {
    const stream = new FormGuard(between, ({ name }) => ({
      ...{ subject: name, size: 0, mostBytes: 1000 },
      key: name === 'other' ? undefined : name,
    }));
    for (const piece of pieces) stream.write(piece);
    stream.end();
    return Buffer.concat((await stream.toArray()) as Buffer[]).toString('latin1');
  };

  it('means the same wherever it is cut', async () => {
    const whole = await guard([bytes]);
    expect(whole).toContain(pdfText);
    expect(whole).not.toContain('other');
    expect(await guard([...bytes].map((byte) => Buffer.from([byte])))).toBe(whole);
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const edges = [0, ...places.sort((a, b) => a - b), bytes.length];
        const pieces = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
        expect(await guard(pieces)).toBe(whole);
      }),
      { seed: 1 },
    );
  });
});
