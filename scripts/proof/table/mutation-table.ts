import type { Score } from '../mutation/score.ts';
import { row, table } from './rows.ts';
import type { Proof } from './summary.ts';

/** How many mutants the rules found, area by area, and the reasons of those that nobody can find. */
export const tellMutation = (mutation: Proof['records']['mutation']): string[] => {
  const areas = [...Object.entries(mutation.areas), ['all', mutation.total] as const];
  return [
    'Mutants of Stryker, judged by the rules over HTTP; no unit test has a say. Found are those that ' +
      'a rule failed on, those with which the server never came to an end, and those with which it ' +
      'did not start, died, or could be judged by no rule.',
    table(
      ['area', 'mutants', 'found', 'survived', 'explained', 'unexplained', 'not judged', 'score'],
      areas.map(([area, score]) => tellArea(area, score)),
    ),
    'The score is the share found of those that a client could see. Each explained one stands with its ' +
      'reason in [`survivors.yaml`](../mutation/survivors.yaml).',
  ];
};

const tellArea = (area: string, score: Score): string => {
  const { mutants, killed, dead, timedOut, survived, withoutCoverage, brokenDown } = score;
  const unfound = survived + withoutCoverage + brokenDown;
  const { explained, unexplained, notJudged, foundOfVisible } = score;
  const found = killed + dead + timedOut;
  return row(
    area,
    mutants,
    found,
    unfound,
    explained,
    unexplained,
    notJudged,
    `${foundOfVisible} %`,
  );
};
