import type { Report } from '../report.ts';
import { reportJson } from './json.ts';
import { reportPretty } from './pretty.ts';

/** Turns a report into text. */
export type Reporter = (report: Report, options: { readonly color: boolean }) => string;

/** The formats of `--report`, one file each. */
export const reporters: Readonly<Record<string, Reporter>> = {
  pretty: reportPretty,
  json: reportJson,
};
