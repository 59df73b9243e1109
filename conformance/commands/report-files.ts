import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Command } from 'commander';
import { messageOf, suggest, usageError } from '../errors.ts';
import type { Report } from '../report/report.ts';
import { reporters } from '../reporters/formats.ts';
import { collect } from './options.ts';
import type { Terminal } from './terminal.ts';

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
 * Reads `FORMAT` and `FORMAT:FILE`.
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
    return { format, file: cut < 0 ? undefined : requireWritable(report.slice(cut + 1)) };
  });

const requireWritable = (file: string): string => {
  try {
    closeSync(openSync(file, 'a'));
  } catch (thrown) {
    throw usageError(
      `The report can't be written to ${file || 'a file without a name'}: ${messageOf(thrown)}. ` +
        'Name another file.',
    );
  }
  return file;
};

/** Writes the report to each output, and the verdict to the standard output if it gets no report. */
export const writeReports = (
  report: Report,
  outputs: readonly ReportOutput[],
  terminal: Terminal,
): void => {
  for (const output of outputs) writeReport(output, report, terminal);
  if (outputs.every(({ file }) => file !== undefined)) terminal.out(`${report.verdict}\n`);
};

const writeReport = ({ format, file }: ReportOutput, report: Report, terminal: Terminal): void => {
  const color = terminal.color && file === undefined;
  const width = terminal.interactive && file === undefined ? terminal.width() : undefined;
  const look = { color, ...(width === undefined ? {} : { width }) };
  const text = reporters[format]?.(report, look) ?? '';
  if (file === undefined) {
    terminal.report(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (thrown) {
    throw usageError(
      `The report can't be written to ${file}: ${messageOf(thrown)}. Name another file.`,
    );
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
