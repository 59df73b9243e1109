import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../cli/command.ts';
import { type Area, areaOf, areas, leftOut, mutationRun } from './config.ts';
import { explainSurvivors, type Explanation, type MutantPattern } from './explanations.ts';
import type { Entry, Status } from './ledger.ts';

/** A mutant that wasn't found, as the report tells it. */
interface ReportedSurvivor {
  readonly file: string;
  readonly lineNumber: number;
  readonly line: string;
  readonly status: Entry['status'];
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** Why no client could see it; absent if nobody has said. */
  readonly reason?: string;
}

export interface MutationReport {
  readonly course: typeof mutationRun;
  readonly total: Score;
  readonly areas: Readonly<Partial<Record<Area, Score>>>;
  readonly leftOut: Readonly<Record<string, string>>;
  readonly survivors: readonly ReportedSurvivor[];
  /** Explanations that explain no survivor. */
  readonly idle: readonly (MutantPattern & { readonly file: string })[];
}

const unfound: readonly Entry['status'][] = ['Survived', 'NoCoverage', 'RuntimeError'];

/** Puts together what is known of the mutants. */
export const makeReport = (
  entries: readonly Entry[],
  explanations: readonly Explanation[],
): MutationReport => {
  const survivors = entries.filter(({ status }) => unfound.includes(status)).map(describeSurvivor);
  const verdicts = explainSurvivors(survivors, explanations);
  const told = [
    ...verdicts.unexplained,
    ...verdicts.explained.map(({ survivor, reason }) => ({ ...survivor, reason })),
  ].sort(byPlace);
  const scoreOf = (wanted: (file: string) => boolean): Score =>
    score(
      entries.filter(({ file }) => wanted(file)),
      verdicts.explained.filter(({ survivor }) => wanted(survivor.file)).length,
    );
  const names = (Object.keys(areas) as Area[]).filter((area) =>
    entries.some(({ file }) => areaOf(file) === area),
  );
  return {
    course: mutationRun,
    total: scoreOf(() => true),
    areas: Object.fromEntries(
      names.map((area) => [area, scoreOf((file) => areaOf(file) === area)]),
    ),
    leftOut,
    survivors: told,
    idle: verdicts.idle
      .filter(({ file }) => isJudged(file, names))
      .map(({ file, pattern }) => ({ file, ...pattern })),
  };
};

/** Whether all that these files have is judged: before that an explanation may wait for survivors. */
const isJudged = (file: string, judged: readonly Area[]): boolean => {
  const area = areaOf(file);
  return (
    judged.length === Object.keys(areas).length || (area !== undefined && judged.includes(area))
  );
};

const describeSurvivor = ({
  file,
  place,
  status,
  mutator,
  original,
  replacement,
}: Entry): ReportedSurvivor => {
  const [lineNumber] = place;
  const text = readFileSync(join(repositoryRoot, file), 'utf8');
  const line = (text.split('\n')[lineNumber - 1] ?? '').trim();
  return { file, lineNumber, line, status, mutator, original, replacement };
};

const byPlace = (one: ReportedSurvivor, other: ReportedSurvivor): number =>
  one.file.localeCompare(other.file) ||
  one.lineNumber - other.lineNumber ||
  one.mutator.localeCompare(other.mutator) ||
  one.replacement.localeCompare(other.replacement);

/** Whether these areas are judged whole, every survivor explained, and every explanation needed. */
export const isSound = (
  { total, areas: judged, idle }: MutationReport,
  wanted: readonly Area[] = Object.keys(areas) as Area[],
): boolean =>
  total.unexplained === 0 &&
  total.notJudged === 0 &&
  total.inPart === 0 &&
  idle.length === 0 &&
  wanted.every((area) => area in judged);

/** How the mutants of an area ended. */
export interface Score {
  readonly mutants: number;
  /** Found by a rule that failed. */
  readonly killed: number;
  /** Found since the server didn't start, died, or could be judged by nobody; not among the killed. */
  readonly dead: number;
  /** Found since nothing came to an end any more. */
  readonly timedOut: number;
  /** No rule failed. */
  readonly survived: number;
  /** No rule even came by. */
  readonly withoutCoverage: number;
  /** No rule failed, and some couldn't go on: the suite calls that broken down, not conformant. */
  readonly brokenDown: number;
  /** Of those that weren't found: how many no client could see, each for a reason that is told. */
  readonly explained: number;
  readonly unexplained: number;
  readonly notJudged: number;
  /** Of the survivors: how many were judged by a part of the rules that meet them. */
  readonly inPart: number;
  /** Percent of all mutants that were found. */
  readonly found: number;
  /** Percent of those that a client could see. */
  readonly foundOfVisible: number;
}

/** Names of what isn't a rule, yet found a mutant, begin so. */
const ownTests = 'server/';

/** @param explained - how many of these mutants are explained */
export const score = (
  entries: readonly Pick<Entry, 'status' | 'killedBy' | 'inPart'>[],
  explained: number,
): Score => {
  const count = (status: Status): number =>
    entries.filter((entry) => entry.status === status).length;
  const dead = entries.filter(({ killedBy = [] }) =>
    killedBy.some((id) => id.startsWith(ownTests)),
  ).length;
  const [mutants, notJudged] = [entries.length, count('Pending')];
  const [survived, withoutCoverage] = [count('Survived'), count('NoCoverage')];
  const [timedOut, brokenDown] = [count('Timeout'), count('RuntimeError')];
  const found = count('Killed') + timedOut;
  const judged = mutants - notJudged;
  return {
    ...{ mutants, killed: count('Killed') - dead, dead, timedOut },
    ...{ survived, withoutCoverage, brokenDown, explained },
    unexplained: survived + withoutCoverage + brokenDown - explained,
    notJudged,
    inPart: entries.filter(({ inPart }) => inPart).length,
    found: percent(found, judged),
    foundOfVisible: percent(found, judged - explained),
  };
};

/** To one decimal, and never rounded up to the whole. */
const percent = (part: number, whole: number): number =>
  whole === 0 ? 100 : Math.floor((part / whole) * 1_000) / 10;

/** Tells people what became of the mutants of these areas. */
export const formatReport = (report: MutationReport, wanted: readonly Area[]): string => {
  const rows = Object.entries({ ...report.areas, 'all areas': report.total });
  const missing = Object.keys(areas).filter((area) => !(area in report.areas));
  const unexplained = report.survivors.filter(({ reason }) => reason === undefined);
  return [
    'mutants of the reference server, judged by the conformance rules over HTTP',
    '',
    ...rows.map(([area, score]) => `  ${area.padEnd(10)} ${formatScore(score)}`),
    ...missing.map((area) => `  ${area.padEnd(10)} not judged yet`),
    '',
    ...unexplained.flatMap(formatSurvivor),
    ...report.idle.map(
      (pattern) => `an explanation explains no survivor: ${JSON.stringify(pattern)}`,
    ),
    isSound(report, wanted)
      ? 'Every mutant that was judged is found, or explained.'
      : 'Judge what is missing; make a rule find each survivor, or explain it in scripts/proof/mutation/survivors.yaml.',
  ].join('\n');
};

const formatScore = (score: Score): string => {
  const { mutants, killed, dead, timedOut, survived, withoutCoverage, brokenDown } = score;
  const parts = [
    `${mutants} mutants: ${killed} killed`,
    ...(dead > 0 ? [`${dead} dead`] : []),
    ...(timedOut > 0 ? [`${timedOut} timed out`] : []),
    `${survived} survived`,
    ...(withoutCoverage > 0 ? [`${withoutCoverage} without coverage`] : []),
    ...(brokenDown > 0 ? [`${brokenDown} broken down`] : []),
    `${score.explained} explained`,
    ...(score.inPart > 0 ? [`${score.inPart} survivors judged in part`] : []),
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
