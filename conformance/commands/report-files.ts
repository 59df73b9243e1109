import {
  accessSync,
  appendFileSync,
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Command } from 'commander';
import { messageOf, suggest, usageError } from '../errors.ts';
import type { Report } from '../report/report.ts';
import { toScript } from '../report/script.ts';
import { exitCodeOf } from '../report/verdict.ts';
import { reporters } from '../reporters/formats.ts';
import { reportMarkdown } from '../reporters/markdown.ts';
import { verdictOf } from '../reporters/summary.ts';
import { readDescription } from '../targets/description-file.ts';
import { collect } from './options.ts';
import { createPlaceFinder } from './requirement-places.ts';
import type { Terminal } from './terminal.ts';

/** The format of a report, and the file that it is written to. */
export interface ReportOutput {
  readonly format: string;
  /** Undefined for the standard output. */
  readonly file: string | undefined;
}

const formats = Object.keys(reporters).join(', ');

/**
 * Adds `--report`, the same for every command.
 *
 * @param usual - the default
 */
export const addReportOption = (command: Command, usual = 'pretty'): Command =>
  command
    .optionsGroup('Reports:')
    .option('--report <format[:file]>', `${formats}; repeatable (default: ${usual})`, collect)
    .option('--verbose', 'show every failed rule with all its exchanges')
    .option('--script <file>', 'write a shell script that repeats the first finding');

/**
 * Reads `FORMAT` and `FORMAT:FILE`. Folders that are missing are made; files stay as they are.
 *
 * @throws Breakdown for an unknown format, and for a file that can't be written
 */
export const readReportOutputs = (reports: readonly string[] = ['pretty']): ReportOutput[] =>
  reports.map(readReportOutput);

/**
 * Reads the reports that a run writes: those of the command line, or else those of the configuration
 * file.
 *
 * @throws Breakdown for a mistake; one in the file is named with file and key
 */
export const readReportOutputsOf = async ({
  report,
  config,
}: {
  readonly report?: readonly string[];
  readonly config?: string;
}): Promise<ReportOutput[]> => {
  if (report !== undefined || config === undefined) return readReportOutputs(report);
  const { report: described } = await readDescription(config);
  if (described === undefined) return readReportOutputs();
  const isList = typeof described !== 'string';
  return (isList ? described : [described]).map((one, index) => {
    try {
      return readReportOutput(one);
    } catch (thrown) {
      const key = isList ? `report[${String(index)}]` : 'report';
      throw usageError(`${config}: ${key}: ${messageOf(thrown)}`);
    }
  });
};

const readReportOutput = (report: string): ReportOutput => {
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
};

const unwritable = (file: string, thrown: unknown): string =>
  `The report can't be written to ${file || 'a file without a name'}: ${messageOf(thrown)}. ` +
  'Name another file.';

/** The options beside `--report`. */
export interface ReportFlags {
  readonly verbose?: true;
  readonly script?: string;
}

export interface ReportManner {
  /** Where the script of the first finding is written. */
  readonly script?: string | undefined;
  readonly opened?: boolean;
  /** Whether a person gets every failed rule with all its exchanges; a file always has them. */
  readonly verbose?: boolean | undefined;
}

/**
 * Writes the report to each output, and the verdict to the standard output if it gets no report. A
 * file that can't be written is named in one line, and the others are written. With annotations for
 * GitHub, a summary is added to that of the job.
 *
 * @param opened - whether the report has results; one without is for programs and files only, as a
 *   person has read the reason
 * @returns the exit code of the run; 2 when it is conformant but a report is missing
 */
export const writeReports = (
  report: Report,
  outputs: readonly ReportOutput[],
  terminal: Terminal,
  { opened = true, verbose = false, script }: ReportManner = {},
): number => {
  const wanted = outputs.filter(({ format, file }) =>
    opened || file ? true : format !== 'pretty',
  );
  const written = [
    ...wanted.map((output) => writeReport(output, report, terminal, verbose)),
    writeJobSummary(wanted, report, terminal),
    script === undefined || writeScript(script, report, terminal),
  ];
  const inFilesOnly = outputs.every(({ file }) => file !== undefined);
  if (opened && inFilesOnly) terminal.out(`${verdictOf(report)}\n`);
  const exitCode = exitCodeOf(report);
  return exitCode === 0 && written.includes(false) ? 2 : exitCode;
};

/** Returns whether it was written, or there is nothing to write. */
const writeScript = (file: string, report: Report, terminal: Terminal): boolean => {
  const [finding] = report.findings;
  const shown = report.rules.find(({ id }) => id === finding?.rule)?.counterexample;
  if (!finding || !shown) {
    terminal.err(`There is no finding, so ${file} was not written.\n`);
    return true;
  }
  try {
    writeWhole(file, toScript(finding, shown));
    chmodSync(file, 0o755);
    return true;
  } catch (thrown) {
    terminal.err(`${unwritable(file, thrown)}\n`);
    return false;
  }
};

/** Returns whether it was written. */
const writeReport = (
  { format, file }: ReportOutput,
  report: Report,
  terminal: Terminal,
  verbose: boolean,
): boolean => {
  const color = terminal.color && file === undefined;
  const width = terminal.interactive && file === undefined ? terminal.width() : undefined;
  const placeOf = createPlaceFinder(process.cwd());
  const look = {
    color,
    ...(width === undefined ? {} : { width }),
    placeOf,
    verbose: verbose || file !== undefined,
  };
  const text = reporters[format]?.(report, look) ?? '';
  if (file === undefined) {
    terminal.report(text);
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

/** GitHub refuses a larger summary, and shows none then. */
const mostSummaryBytes = 1024 * 1024;

/**
 * Adds the report to the summary of a job at GitHub, beside its annotations. What earlier commands of
 * the step have added stays.
 *
 * @returns whether it was written, or had no need to be
 */
const writeJobSummary = (
  outputs: readonly ReportOutput[],
  report: Report,
  { environment, err }: Terminal,
): boolean => {
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (!file || !outputs.some(({ format }) => format === 'github')) return true;
  // `markdown:FILE` has written it already.
  if (outputs.some((output) => output.file && resolve(output.file) === resolve(file))) return true;
  const text = reportMarkdown(report);
  try {
    const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
    if (size + Buffer.byteLength(text) > mostSummaryBytes) {
      throw new Error('it would be larger than the 1 MiB that GitHub accepts');
    }
    appendFileSync(file, text);
    return true;
  } catch (thrown) {
    err(
      `The summary of the job can't be written to ${file}: ${messageOf(thrown)}. ` +
        'Add --report markdown:FILE, or unset GITHUB_STEP_SUMMARY.\n',
    );
    return false;
  }
};

/**
 * Checks that a file can be written, without creating or changing it. Folders that are missing are
 * made.
 *
 * @throws an error of the file system when it can't
 */
export const requireWritable = (file: string): void => {
  const place = placeOf(file);
  if (place.special) return;
  // Rights alone don't say whether a file can be made there.
  rmSync(place.temporary, { force: true });
  closeSync(openSync(place.temporary, 'wx'));
  rmSync(place.temporary);
};

/**
 * Writes a file whole or not at all: its readers see the old text until the new one is complete.
 *
 * @throws an error of the file system; the file is unchanged then
 */
export const writeWhole = (file: string, text: string): void => {
  const { path, temporary, mode, special } = placeOf(file);
  if (special) {
    writeFileSync(path, text);
    return;
  }
  try {
    // One may be left of a process with the same number that was killed.
    rmSync(temporary, { force: true });
    writeFileSync(temporary, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, path);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw thrown;
  }
};

/** Where a file is written. */
interface Place {
  /** The file itself, not a link to it. */
  readonly path: string;
  /** Beside it, so that it can be renamed. */
  readonly temporary: string;
  /** The rights of the file, kept when it is replaced; undefined for a new one. */
  readonly mode: number | undefined;
  /** Whether it is a pipe or a device, which can't be replaced. */
  readonly special: boolean;
}

const placeOf = (file: string): Place => {
  if (file === '') throw new Error('it has no name');
  const given = resolve(file);
  const found = statSync(given, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new Error('it is a folder');
  if (found) accessSync(given, constants.W_OK);
  else mkdirSync(dirname(given), { recursive: true });
  const path = found ? realpathSync(given) : given;
  return {
    path,
    temporary: join(dirname(path), `.${basename(path)}.${String(process.pid)}.tmp`),
    mode: found && found.mode & 0o777,
    special: found !== undefined && !found.isFile(),
  };
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
