import type { MutationReport } from '../mutation/report.ts';
import type { Score } from '../mutation/score.ts';
import { row, table } from './rows.ts';

/** How many mutants were found, area by area. */
export type MutationFigures = Pick<MutationReport, 'areas' | 'total'>;

/** How many mutants the rules found, area by area, and what became of the others. */
export const tellMutation = ({ areas, total }: MutationFigures): string[] => {
  const broken = total.brokenDown > 0;
  const titles = [
    ...['area', 'mutants', 'killed', 'timed out', 'dead', 'survived'],
    ...(broken ? ['broken down'] : []),
    ...['explained', 'unexplained', 'not judged', 'found of all judged', 'found of those visible'],
  ];
  const rows = [...Object.entries(areas), ['all', total] as const];
  return [
    'Mutants of Stryker, judged by the rules over HTTP; no unit test has a say. What no rule can judge isn’t ' +
      'mutated (the control API, the database, the playground, the command line, the wording of refusals): ' +
      'the record names each file that is left out, with the reason.',
    table(
      titles,
      rows.map(([area, score]) => tellArea(area, score, broken)),
    ),
    tellEnds(broken),
    'Found are the killed, the timed out and the dead. The first percentage is of all mutants that were ' +
      'judged. The second leaves out those that are explained: it is of the mutants that a client could ' +
      'see break the documentation. An explained one is either invisible to clients or a lawful ' +
      'difference, such as other wording or one header more; each stands with its reason in ' +
      '[`survivors.yaml`](../mutation/survivors.yaml). The reasons are written by hand: so the second one is ' +
      '100 % as soon as each survivor has one, and says no more than these reasons do. Percentages are cut ' +
      'after a decimal, never rounded up.',
  ];
};

const tellArea = (area: string, score: Score, broken: boolean): string => {
  const { mutants, killed, timedOut, dead, survived, withoutCoverage, brokenDown } = score;
  const { explained, unexplained, notJudged, found, foundOfVisible } = score;
  return row(
    ...[area, mutants, killed, timedOut, dead, survived + withoutCoverage],
    ...(broken ? [brokenDown] : []),
    ...[explained, unexplained, notJudged, `${found} %`, `${foundOfVisible} %`],
  );
};

/** The ways in which a mutant may end. */
const tellEnds = (broken: boolean): string =>
  [
    'Killed are those that a rule failed.',
    'Dead are those with which the server did not start or died, its state held nothing, requests got ' +
      'no answer, or one rule after another broke down and none passed. That they count as found is ' +
      'fair: the suite ends such a run as broken down (exit code 4) where no rule fails besides, and ' +
      'calls nothing conformant.',
    'Timed out are those with which the server ran on without an end, which ends a run likewise.',
    'Survived are those that no rule failed, with those that no rule came by.',
    ...(broken
      ? ['Broken down are those that no rule failed while some came to no end: they are not found.']
      : []),
  ].join(' ');
