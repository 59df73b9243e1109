import { describe, expect, it } from 'vitest';
import { makePdf } from '../playground/demo/pdf.ts';

describe('A CV of the demo data', () => {
  const text = makePdf(['Çağla (Yıldız) \\o/', '王']).toString('latin1');

  it('is a PDF whose table leads to its objects', () => {
    expect(text).toMatch(/^%PDF-1\.7\n[^]*%%EOF\n$/);
    const table = Number(/startxref\n(\d+)\n/.exec(text)?.[1]);
    expect(text.slice(table)).toMatch(/^xref\n0 6\n0{10} 65535 f \n/);
    const entries = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)];
    expect(entries).toHaveLength(5);
    for (const [index, [, offset]] of entries.entries()) {
      expect(text.slice(Number(offset))).toMatch(new RegExp(`^${index + 1} 0 obj`));
    }
  });

  it('says how long its text is', () => {
    const [, length, content] = /<<\/Length (\d+)>>stream\n([^]*)\nendstream/.exec(text) ?? [];
    expect(content?.length).toBe(Number(length));
  });

  it('shows what the font has, and the rest as well as it can', () => {
    expect(text).toContain('(Çagla \\(Y?ld?z\\) \\\\o/) Tj');
    expect(text).toContain('(?) Tj');
  });
});
