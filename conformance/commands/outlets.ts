import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { messageOf, misuse } from '../breakdown.ts';
import type { Report } from '../report.ts';
import { reporters } from '../reporters/index.ts';
import { suggest } from '../suggestion.ts';
import { collect } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Where a report goes, and in which format. */
export interface Outlet {
  readonly format: string;
  /** The standard output where there is none. */
  readonly file: string | undefined;
}

const formats = Object.keys(reporters).join(', ');

/** `--report`, the same for every command that makes one. */
export const addReportOption = (command: Command): Command =>
  command
    .optionsGroup('Reports:')
    .option('--report <format[:file]>', `${formats}; repeatable (default: pretty)`, collect);

/**
 * Reads `FORMAT` and `FORMAT:FILE`.
 *
 * @throws Breakdown for an unknown format, and a file that can't be written: better said before
 *   the run than after it
 */
export const readOutlets = (reports: readonly string[] = ['pretty']): Outlet[] =>
  reports.map((report) => {
    const cut = report.indexOf(':');
    const format = cut < 0 ? report : report.slice(0, cut);
    if (!Object.hasOwn(reporters, format)) {
      const guess = suggest(format, Object.keys(reporters));
      throw misuse(`There is no report format ${format}.${guess} Use one of ${formats}.`);
    }
    return { format, file: cut < 0 ? undefined : requireWritable(report.slice(cut + 1)) };
  });

const requireWritable = (file: string): string => {
  try {
    closeSync(openSync(file, 'a'));
  } catch (thrown) {
    throw misuse(
      `The report can't be written to ${file || 'a file without a name'}: ${messageOf(thrown)}. ` +
        'Name another file.',
    );
  }
  return file;
};

/** Writes the report to each outlet; whoever sees none of them is told the verdict. */
export const deliver = (report: Report, outlets: readonly Outlet[], terminal: Terminal): void => {
  for (const outlet of outlets) put(outlet, report, terminal);
  if (outlets.every(({ file }) => file !== undefined)) terminal.out(`${report.verdict}\n`);
};

const put = ({ format, file }: Outlet, report: Report, terminal: Terminal): void => {
  const color = terminal.color && file === undefined;
  const width = terminal.interactive && file === undefined ? terminal.width() : undefined;
  const look = { color, ...(width === undefined ? {} : { width }) };
  const text = terminal.filter(reporters[format]?.(report, look) ?? '');
  if (file === undefined) {
    terminal.out(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (thrown) {
    throw misuse(
      `The report can't be written to ${file}: ${messageOf(thrown)}. Name another file.`,
    );
  }
};
