import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormGuard } from '../http/form-guard.ts';
import { readPartHead, UnreadableHead } from '../http/form-part-head.ts';
import { between, close, disposition, file, pdfText, text } from './raw-forms.ts';

describe('A form that arrives in pieces', () => {
  const bytes = Buffer.concat([
    Buffer.from('Preamble\r\n'),
    text('type', 'candidate'),
    text('other', '\r\n--betw\r\n--between-part\r\n'),
    file(undefined, `${pdfText}\r\n--between\r\n\r\n-`),
    close(`--${between}\r\n${disposition} name="empty"\r\n\r\n`),
    Buffer.from('Epilogue'),
  ]);

  const guard = async (pieces: readonly Buffer[]): Promise<string> => {
    const stream = new FormGuard(between, ({ name }) => ({
      ...{ subject: name, size: 0, maxBytes: 1000 },
      key: name === 'other' ? undefined : name,
    }));
    for (const piece of pieces) stream.write(piece);
    stream.end();
    return Buffer.concat((await stream.toArray()) as Buffer[]).toString('latin1');
  };

  it('is read alike wherever it is split', async () => {
    const whole = await guard([bytes]);
    expect(whole).toContain(pdfText);
    expect(whole).not.toContain('other');
    expect(await guard([...bytes].map((byte) => Buffer.from([byte])))).toBe(whole);
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cuts, async (sampleIds) => {
        const edges = [0, ...sampleIds.sort((a, b) => a - b), bytes.length];
        const pieces = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
        expect(await guard(pieces)).toBe(whole);
      }),
      { seed: 1 },
    );
  });
});

describe('A part with invalid headers', () => {
  const heads = [
    `${disposition} name="cv"; filename="a.pdf"`,
    `${disposition} filename="a.pdf"; name="cv"`,
    `Content-Type: application/pdf\r\n${disposition} name="cv"; filename=a.pdf; filename*=utf-8''a.pdf`,
  ];
  const signs = [
    '"',
    ';',
    '=',
    '\\',
    ' ',
    '\t',
    '\r',
    '\n',
    '\r\n',
    "'",
    '*',
    '%',
    ':',
    'a',
    'é',
    '\0',
    ',',
  ];
  const mistake = fc.record({
    at: fc.nat(120),
    leftOut: fc.nat(2),
    sign: fc.constantFrom('', ...signs),
  });
  const nameOf = (head: string): string | undefined => {
    try {
      return readPartHead(Buffer.from(head)).name;
    } catch (error) {
      expect(error).toBeInstanceOf(UnreadableHead);
      return undefined;
    }
  };

  it('is refused, or read with the right name', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.array(mistake, { minLength: 1, maxLength: 4 }),
        (head, mistakes) => {
          const wrong = mistakes.reduce(
            (text, { at, leftOut, sign }) => text.slice(0, at) + sign + text.slice(at + leftOut),
            head,
          );
          fc.pre(/[ ;\t]name="cv"/.test(wrong));
          expect([undefined, 'cv']).toContain(nameOf(wrong));
        },
      ),
      { seed: 1, numRuns: 20_000 },
    );
  });
});
