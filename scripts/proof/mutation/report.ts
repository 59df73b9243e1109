import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../cli/command.ts';
import { type Area, areaOf, areas, excluded, mutationRun } from './config.ts';
import { explainSurvivors, type Explanation, type MutantPattern } from './explanations.ts';
import type { MutantResult, Status } from './results.ts';

/** A mutant that wasn't found. */
interface ReportedSurvivor {
  readonly file: string;
  readonly lineNumber: number;
  readonly line: string;
  readonly status: MutantResult['status'];
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** Why no client could see it; absent for an unexplained one. */
  readonly reason?: string;
}

export interface MutationReport {
  readonly settings: typeof mutationRun;
  readonly total: Score;
  readonly areas: Readonly<Record<string, Score>>;
  /** The areas that have no judged mutant yet. */
  readonly missing: readonly Area[];
  readonly excluded: Readonly<Record<string, string>>;
  readonly survivors: readonly ReportedSurvivor[];
  /** Explanations that fit no survivor. */
  readonly unused: readonly (MutantPattern & { readonly file: string })[];
}

const allAreas = Object.keys(areas) as Area[];

const unfound: readonly MutantResult['status'][] = ['Survived', 'NoCoverage', 'RuntimeError'];

/** Makes the report of these results. */
export const makeReport = (
  entries: readonly MutantResult[],
  explanations: readonly Explanation[],
): MutationReport => {
  const survivors = entries.filter(({ status }) => unfound.includes(status)).map(describeSurvivor);
  const verdicts = explainSurvivors(survivors, explanations);
  const reported = [
    ...verdicts.unexplained,
    ...verdicts.explained.map(({ survivor, reason }) => ({ ...survivor, reason })),
  ].sort(byPosition);
  const scoreOf = (wanted: (file: string) => boolean): Score =>
    score(
      entries.filter(({ file }) => wanted(file)),
      verdicts.explained.filter(({ survivor }) => wanted(survivor.file)).length,
    );
  const names = allAreas.filter((area) => entries.some(({ file }) => areaOf(file) === area));
  return {
    settings: mutationRun,
    total: scoreOf(() => true),
    areas: Object.fromEntries(
      names.map((area) => [area, scoreOf((file) => areaOf(file) === area)]),
    ),
    missing: allAreas.filter((area) => !names.includes(area)),
    excluded,
    survivors: reported,
    unused: verdicts.unused
      .filter(({ file }) => isJudged(file, names))
      .map(({ file, pattern }) => ({ file, ...pattern })),
  };
};

/** Whether all mutants of these files are judged; before that an explanation may still be needed. */
const isJudged = (file: string, judged: readonly Area[]): boolean => {
  const area = areaOf(file);
  return judged.length === allAreas.length || (area !== undefined && judged.includes(area));
};

const describeSurvivor = ({
  file,
  place,
  status,
  mutator,
  original,
  replacement,
}: MutantResult): ReportedSurvivor => {
  const [lineNumber] = place;
  const text = readFileSync(join(repositoryRoot, file), 'utf8');
  const line = (text.split('\n')[lineNumber - 1] ?? '').trim();
  return { file, lineNumber, line, status, mutator, original, replacement };
};

const byPosition = (one: ReportedSurvivor, other: ReportedSurvivor): number =>
  one.file.localeCompare(other.file) ||
  one.lineNumber - other.lineNumber ||
  one.mutator.localeCompare(other.mutator) ||
  one.replacement.localeCompare(other.replacement);

/** Whether all mutants of these areas are judged, every survivor explained, and no explanation unused. */
export const isSound = (
  { total, missing, unused }: MutationReport,
  wanted: readonly Area[] = missing,
): boolean =>
  total.unexplained === 0 &&
  total.notJudged === 0 &&
  total.partial === 0 &&
  unused.length === 0 &&
  !wanted.some((area) => missing.includes(area));

/** How the mutants of an area ended. */
export interface Score {
  readonly mutants: number;
  /** A rule failed. */
  readonly caught: number;
  /** The server didn't start, crashed, or no rule could judge it; not among the caught. */
  readonly crashed: number;
  /** The server never ended. */
  readonly timedOut: number;
  /** No rule failed. */
  readonly survived: number;
  /** No rule reached it. */
  readonly withoutCoverage: number;
  /** No rule failed, and some broke down: the suite calls that broken down, not conformant. */
  readonly brokenDown: number;
  /** Not found, with the reason why no client could see it. */
  readonly explained: number;
  readonly unexplained: number;
  readonly notJudged: number;
  /** Survivors of the quick pass that were not judged by all rules. */
  readonly partial: number;
  /** Percent of all mutants that were found. */
  readonly found: number;
  /** Percent of those that a client could see. */
  readonly foundOfVisible: number;
}

/** The ids of tests that aren't rules begin with this. */
const serverTests = 'server/';

/** @param explained - how many of these mutants are explained */
export const score = (
  entries: readonly Pick<MutantResult, 'status' | 'killedBy' | 'partial'>[],
  explained: number,
): Score => {
  const count = (status: Status): number =>
    entries.filter((entry) => entry.status === status).length;
  const crashed = entries.filter(({ killedBy = [] }) =>
    killedBy.some((id) => id.startsWith(serverTests)),
  ).length;
  const [mutants, notJudged] = [entries.length, count('Pending')];
  const [survived, withoutCoverage] = [count('Survived'), count('NoCoverage')];
  const [timedOut, brokenDown] = [count('Timeout'), count('RuntimeError')];
  const found = count('Killed') + timedOut;
  const judged = mutants - notJudged;
  return {
    ...{ mutants, caught: count('Killed') - crashed, crashed, timedOut },
    ...{ survived, withoutCoverage, brokenDown, explained },
    unexplained: survived + withoutCoverage + brokenDown - explained,
    notJudged,
    partial: entries.filter(({ partial }) => partial).length,
    found: percent(found, judged),
    foundOfVisible: percent(found, judged - explained),
  };
};

/** Rounded down to one decimal. */
const percent = (part: number, whole: number): number =>
  whole === 0 ? 100 : Math.floor((part / whole) * 1_000) / 10;

/** The report of these areas, for the terminal. */
export const formatReport = (report: MutationReport, wanted: readonly Area[]): string => {
  const rows = Object.entries({ ...report.areas, 'all areas': report.total });
  const unexplained = report.survivors.filter(({ reason }) => reason === undefined);
  return [
    'mutants of the reference server, judged by the conformance rules over HTTP',
    '',
    ...rows.map(([area, score]) => `  ${area.padEnd(10)} ${formatScore(score)}`),
    ...report.missing.map((area) => `  ${area.padEnd(10)} not judged yet`),
    '',
    ...unexplained.flatMap(formatSurvivor),
    ...report.unused.map(
      (pattern) => `an explanation explains no survivor: ${JSON.stringify(pattern)}`,
    ),
    isSound(report, wanted)
      ? 'Every mutant that was judged is found, or explained.'
      : 'Judge what is missing; make a rule find each survivor, or explain it in scripts/proof/mutation/survivors.yaml.',
  ].join('\n');
};

const formatScore = (score: Score): string => {
  const { mutants, caught, crashed, timedOut, survived, withoutCoverage, brokenDown } = score;
  const parts = [
    `${mutants} mutants: ${caught} caught`,
    ...(crashed > 0 ? [`${crashed} crashed`] : []),
    ...(timedOut > 0 ? [`${timedOut} timed out`] : []),
    `${survived} survived`,
    ...(withoutCoverage > 0 ? [`${withoutCoverage} without coverage`] : []),
    ...(brokenDown > 0 ? [`${brokenDown} broken down`] : []),
    `${score.explained} explained`,
    ...(score.partial > 0 ? [`${score.partial} survivors judged by some rules`] : []),
    ...(score.notJudged > 0 ? [`${score.notJudged} not judged yet`] : []),
  ];
  return `${parts.join(', ')}; found ${score.found} %, of what is visible ${score.foundOfVisible} %`;
};

const formatSurvivor = (survivor: ReportedSurvivor): string[] => {
  const { file, lineNumber, line, status, mutator, original, replacement } = survivor;
  return [
    `${file}:${lineNumber}  ${mutator}, ${status}`,
    `    ${line}`,
    `    ${shorten(original)}  →  ${shorten(replacement)}`,
  ];
};

const shorten = (code: string): string => {
  const flat = code.replace(/\s+/g, ' ');
  return flat.length > 90 ? `${flat.slice(0, 89)}…` : flat;
};
