import { expect, it } from 'vitest';
import { findMatrix, toMarkdown } from '../table/markdown.ts';
import { countFormatted } from '../table/matrix.ts';
import { quote, readPublication, readSummary } from '../table/publish.ts';
import { findLacks, formatHeadline } from '../table/summary.ts';

const { table = '', summary: json = '', readme } = readPublication();
const summary = readSummary();
const matrix = findMatrix(table) ?? '';
const next = 'npm run proof -- --table writes it again';

it('the published proof holds', () => {
  expect(findLacks(summary)).toEqual([]);
});

it('the headline has the figures of the summary, and the README quotes it', () => {
  expect(summary.headline).toBe(formatHeadline(summary.parts));
  expect(readme, next).toBe(quote(readme, summary.headline));
});

it('the table has the figures of the summary', () => {
  expect(table, next).toBe(toMarkdown(summary, matrix));
  expect(summary.parts['faulty-servers'].figures).toMatchObject(countFormatted(matrix));
});

it('the summary has at most 300 lines', () => {
  expect(json.trimEnd().split('\n').length).toBeLessThanOrEqual(300);
});
