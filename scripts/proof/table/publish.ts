import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegister, type Requirement } from '../../../openapi/register.ts';
import { repositoryRoot } from '../../cli/command.ts';
import { parts, readRecord } from '../harness/record.ts';
import { findMatrix, toMarkdown } from './markdown.ts';
import { formatMatrix } from './matrix.ts';
import { makeSummary, type Records, type Summary } from './summary.ts';

const results = join(import.meta.dirname, '..', 'results');
const [tablePath, summaryPath] = [join(results, 'proof.md'), join(results, 'summary.json')];
const readmePath = join(repositoryRoot, 'README.md');

/** What is published: the table, the summary, and the README that quotes it. */
export interface Publication {
  readonly table: string;
  readonly summary: string;
  readonly readme: string;
}

/** Undefined texts are those of a file that doesn't exist yet. */
export const readPublication = (): Partial<Publication> & Pick<Publication, 'readme'> => ({
  ...(existsSync(tablePath) && { table: readFileSync(tablePath, 'utf8') }),
  ...(existsSync(summaryPath) && { summary: readFileSync(summaryPath, 'utf8') }),
  readme: readFileSync(readmePath, 'utf8'),
});

/** @throws Error when nothing is published */
export const readSummary = (): Summary => {
  const { summary } = readPublication();
  if (summary === undefined) throw new Error('No proof is published. Run `npm run proof`.');
  return JSON.parse(summary) as Summary;
};

/**
 * The new publication: the parts with a record are rendered anew, the others stay as published.
 *
 * @throws Error for a part with neither a record nor a published result
 */
export const compose = (
  register: readonly Requirement[],
  records: Partial<Records>,
  published: Partial<Publication> & Pick<Publication, 'readme'>,
): Publication & { readonly result: Summary } => {
  const earlier = published.summary && (JSON.parse(published.summary) as Summary);
  const result = makeSummary(register, records, earlier || undefined);
  const faultyServers = records['faulty-servers'];
  const matrix = faultyServers
    ? formatMatrix(register, faultyServers)
    : findMatrix(published.table ?? '');
  if (matrix === undefined) throw new Error('The published table has no matrix of faulty servers.');
  return {
    result,
    table: toMarkdown(result, matrix),
    summary: `${formatJson(result)}\n`,
    readme: quote(published.readme, result.headline),
  };
};

/** Writes table, summary and the quote of the README from the records of this clone. */
export const publish = (): Summary => {
  const records = Object.fromEntries(
    parts.flatMap((part) => {
      const record = readRecord(part);
      return record ? [[part, record]] : [];
    }),
  ) as Partial<Records>;
  const { result, table, summary, readme } = compose(readRegister(), records, readPublication());
  writeFileSync(tablePath, table);
  writeFileSync(summaryPath, summary);
  writeFileSync(readmePath, readme);
  return result;
};

/** The lines of the README between which the headline is. */
const quoted = /(<!-- proof -->\n)[^]*?(\n<!-- \/proof -->)/;

/** The README with this headline. */
export const quote = (readme: string, headline: string): string =>
  readme.replace(
    quoted,
    (_, before: string, after: string) => `${before}\n> ${headline}.\n${after}`,
  );

const lineWidth = 200;

/** JSON with each value on one line where it fits, so that the summary stays short. */
export const formatJson = (value: unknown, indent = ''): string => {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || line.length <= lineWidth) return line;
  const inner = `${indent} `;
  const items = Array.isArray(value)
    ? value.map((item) => formatJson(item, inner))
    : Object.entries(value).map(
        ([name, item]) => `${JSON.stringify(name)}: ${formatJson(item, inner)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open ?? ''}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close ?? ''}`;
};
