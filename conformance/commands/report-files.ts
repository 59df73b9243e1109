import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Command } from 'commander';
import { messageOf, suggest, usageError } from '../errors.ts';
import type { Report } from '../report/report.ts';
import { exitCodeOf } from '../report/verdict.ts';
import { reporters } from '../reporters/formats.ts';
import { verdictOf } from '../reporters/summary.ts';
import { collect } from './options.ts';
import type { Terminal } from './terminal.ts';
import { requireWritable, writeWhole } from './whole-files.ts';

/** The format of a report, and the file that it is written to. */
export interface ReportOutput {
  readonly format: string;
  /** Undefined for the standard output. */
  readonly file: string | undefined;
}

const formats = Object.keys(reporters).join(', ');

/** Adds `--report`, the same for every command. */
export const addReportOption = (command: Command): Command =>
  command
    .optionsGroup('Reports:')
    .option('--report <format[:file]>', `${formats}; repeatable (default: pretty)`, collect);

/**
 * Reads `FORMAT` and `FORMAT:FILE`. Folders that are missing are made; files stay as they are.
 *
 * @throws Breakdown for an unknown format, and for a file that can't be written
 */
export const readReportOutputs = (reports: readonly string[] = ['pretty']): ReportOutput[] =>
  reports.map((report) => {
    const cut = report.indexOf(':');
    const format = cut < 0 ? report : report.slice(0, cut);
    if (!Object.hasOwn(reporters, format)) {
      const guess = suggest(format, Object.keys(reporters));
      throw usageError(`There is no report format ${format}.${guess} Use one of ${formats}.`);
    }
    if (cut < 0) return { format, file: undefined };
    const file = report.slice(cut + 1);
    try {
      requireWritable(file);
    } catch (thrown) {
      throw usageError(unwritable(file, thrown));
    }
    return { format, file };
  });

const unwritable = (file: string, thrown: unknown): string =>
  `The report can't be written to ${file || 'a file without a name'}: ${messageOf(thrown)}. ` +
  'Name another file.';

/**
 * Writes the report to each output, and the verdict to the standard output if it gets no report. A
 * file that can't be written is named in one line, and the others are written.
 *
 * @param opened - whether the report has results; one without is for programs and files only, as a
 *   person has read the reason
 * @returns the exit code of the run; 2 when it is conformant but a report is missing
 */
export const writeReports = (
  report: Report,
  outputs: readonly ReportOutput[],
  terminal: Terminal,
  { opened = true }: { readonly opened?: boolean } = {},
): number => {
  const wanted = outputs.filter(({ format, file }) =>
    opened || file ? true : format !== 'pretty',
  );
  const written = wanted.map((output) => writeReport(output, report, terminal));
  const inFilesOnly = outputs.every(({ file }) => file !== undefined);
  if (opened && inFilesOnly) terminal.out(`${verdictOf(report)}\n`);
  const exitCode = exitCodeOf(report);
  return exitCode === 0 && written.includes(false) ? 2 : exitCode;
};

/** Returns whether it was written. */
const writeReport = (
  { format, file }: ReportOutput,
  report: Report,
  terminal: Terminal,
): boolean => {
  const color = terminal.color && file === undefined;
  const width = terminal.interactive && file === undefined ? terminal.width() : undefined;
  const look = { color, ...(width === undefined ? {} : { width }) };
  const text = terminal.filter(reporters[format]?.(report, look) ?? '');
  if (file === undefined) {
    terminal.out(text);
    return true;
  }
  try {
    writeWhole(file, text);
    return true;
  } catch (thrown) {
    terminal.err(`${unwritable(file, thrown)}\n`);
    return false;
  }
};

/**
 * Reads a JSON report of an earlier run.
 *
 * @throws Breakdown when the file doesn't contain one
 */
export const readReport = (file: string): Report => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw usageError(`The report ${file} can't be read: ${messageOf(thrown)}. Name another file.`);
  }
  const flaw = flawOf(value);
  if (flaw === undefined) return value as Report;
  throw usageError(
    `${file} is not a report of this suite (${flaw}). Name one written with --report json.`,
  );
};

const flawOf = (value: unknown): string | undefined => {
  const schema = new URL('../reporters/report.schema.json', import.meta.url);
  // Dates are only shown, so their form doesn't matter.
  const ajv = new Ajv2020({ validateFormats: false, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}`.trim();
};
