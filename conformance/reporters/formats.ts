import type { Report } from '../report/report.ts';
import { reportCodequality, type RequirementPlace } from './codequality.ts';
import { reportCtrf } from './ctrf.ts';
import { reportGithub } from './github.ts';
import { reportHar } from './har.ts';
import { reportJsonl } from './jsonl.ts';
import { reportJunit } from './junit.ts';
import { reportMarkdown } from './markdown.ts';
import { reportPretty } from './pretty.ts';

/** The layout of a report, which only `pretty` depends on, and what it can't know by itself. */
export interface ReporterOptions {
  /** Whether the output has colours. */
  readonly color: boolean;
  /** Columns of the terminal; by default 100. */
  readonly width?: number;
  /** Whether every failed rule is shown with all its exchanges. */
  readonly verbose?: boolean;
  /** Where a requirement is stated; only `codequality` shows it. */
  readonly placeOf?: (id: string) => RequirementPlace | undefined;
}

/** Turns a report into text. */
export type Reporter = (report: Report, options: ReporterOptions) => string;

/** The whole report, for programs. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

/** The formats of `--report`, one file each. */
export const reporters: Readonly<Record<string, Reporter>> = {
  pretty: reportPretty,
  json: reportJson,
  jsonl: reportJsonl,
  junit: reportJunit,
  ctrf: reportCtrf,
  markdown: reportMarkdown,
  github: reportGithub,
  codequality: reportCodequality,
  har: reportHar,
};
