import type { Contract } from '../../../openapi/contract.ts';
import type { PrismJudgement } from './judge.ts';

/** Tells what came of a judgement, and whether all is sound. */
export const printJudgement = (
  { traffic, outcomes }: PrismJudgement,
  { operations }: Pick<Contract, 'operations'>,
): { text: string; sound: boolean } => {
  const { answers, past, violations } = traffic;
  const unseen = Object.keys(operations).filter((id) => !traffic.operations.has(id));
  const broken = outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'error');
  const found = new Map<string, number>();
  for (const { where, place, message } of violations) {
    const line = `${where}: ${place} ${message}`;
    found.set(line, (found.get(line) ?? 0) + 1);
  }
  const lines = [
    `Prism held ${answers} answers of ${traffic.operations.size} operations against the contract ` +
      `and found ${violations.length} violations; ${past} requests went past it.`,
    ...[...found].map(([line, count]) => `  ${count} times ${line}`),
    ...unseen.map((id) => `  It saw no answer of ${id}.`),
    ...broken.map(({ id, outcome, reason }) => `  ${id} ${outcome}${reason ? `: ${reason}` : ''}`),
  ];
  const sound = [violations, unseen, broken].every(({ length }) => length === 0);
  return { text: lines.join('\n'), sound };
};
