import { areas, type Area } from './areas.ts';
import { isSound, type MutationReport, type ToldSurvivor } from './report.ts';
import type { Score } from './score.ts';

/** Tells people what became of the mutants of these areas. */
export const printReport = (report: MutationReport, wanted: readonly Area[]): string => {
  const rows = Object.entries({ ...report.areas, 'all areas': report.total });
  const missing = Object.keys(areas).filter((area) => !(area in report.areas));
  const unexplained = report.survivors.filter(({ reason }) => reason === undefined);
  return [
    'mutants of the reference server, judged by the conformance rules over HTTP',
    '',
    ...rows.map(([area, score]) => `  ${area.padEnd(10)} ${tellScore(score)}`),
    ...missing.map((area) => `  ${area.padEnd(10)} not judged yet`),
    '',
    ...unexplained.flatMap(tellSurvivor),
    ...report.idle.map(
      (pattern) => `an explanation explains no survivor: ${JSON.stringify(pattern)}`,
    ),
    isSound(report, wanted)
      ? 'Every mutant that was judged is found, or explained.'
      : 'Judge what is missing; make a rule find each survivor, or explain it in scripts/proof/mutation/survivors.yaml.',
  ].join('\n');
};

const tellScore = (score: Score): string => {
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

const tellSurvivor = (survivor: ToldSurvivor): string[] => {
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
