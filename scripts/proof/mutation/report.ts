import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../repository.ts';
import { areaOf, areas, leftOut, type Area } from './areas.ts';
import { course } from './course.ts';
import { explainSurvivors, type Explanation, type MutantPattern } from './explanations.ts';
import type { Entry } from './ledger.ts';
import { score, type Score } from './score.ts';

/** A mutant that wasn't found, as the report tells it. */
export interface ToldSurvivor {
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
  readonly course: typeof course;
  readonly total: Score;
  readonly areas: Readonly<Partial<Record<Area, Score>>>;
  readonly leftOut: Readonly<Record<string, string>>;
  readonly survivors: readonly ToldSurvivor[];
  /** Explanations that explain no survivor. */
  readonly idle: readonly (MutantPattern & { readonly file: string })[];
}

const unfound: readonly Entry['status'][] = ['Survived', 'NoCoverage', 'RuntimeError'];

/** Puts together what is known of the mutants. */
export const makeReport = (
  entries: readonly Entry[],
  explanations: readonly Explanation[],
): MutationReport => {
  const survivors = entries.filter(({ status }) => unfound.includes(status)).map(tell);
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
    course,
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

const tell = ({ file, place, status, mutator, original, replacement }: Entry): ToldSurvivor => {
  const [lineNumber] = place;
  const text = readFileSync(join(repositoryRoot, file), 'utf8');
  const line = (text.split('\n')[lineNumber - 1] ?? '').trim();
  return { file, lineNumber, line, status, mutator, original, replacement };
};

const byPlace = (one: ToldSurvivor, other: ToldSurvivor): number =>
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
