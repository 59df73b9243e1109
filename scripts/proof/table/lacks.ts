import type { FaultyServersResult } from '../faulty-servers/result.ts';
import { defaultRuns, type FlakinessResult, isClean, type SuiteRun } from '../flakiness/run.ts';
import { isSound, type MutationReport } from '../mutation/report.ts';
import { countShown, isMeasured, peerIds, type PeersResult } from '../peers/peer.ts';
import { type VariantResult, type VariantsResult, whyUnnoticed } from '../variants/result.ts';
import { type FaultyServersFigures, ownId } from './figures.ts';

/** Why the faulty servers don't hold: a sentence each. */
export const findFaultyServersLacks = (
  { unfit }: FaultyServersResult,
  { statements, broken, faults, caught }: FaultyServersFigures,
): string[] => {
  const rules = [...new Set(unfit.map(({ rule }) => rule))];
  return sentences([
    [broken < statements, `Statements that no faulty server breaks: ${statements - broken}`],
    [caught < faults, `Faulty servers that were not caught: ${faults - caught}`],
    [rules.length > 0, `Rules that the unmodified server did not pass: ${rules.join(', ')}`],
  ]);
};

export const findVariantsLacks = ({ variants }: VariantsResult): string[] => {
  const open = variants.filter(({ cleared }) => !cleared);
  const unnoticed = variants.filter(isUnnoticed).map(({ id }) => id);
  return sentences([
    [open.length > 0, `Variants that were not cleared: ${listSome(open.map(explainOpen))}`],
    [unnoticed.length > 0, `No rule noticed, for an unknown reason: ${listSome(unnoticed)}`],
  ]);
};

/** An alternative that no rule reported as a deviation: perhaps it varies nothing. */
const isUnnoticed = ({ id, kind, unnoticed }: VariantResult): boolean =>
  kind === 'alternative' && unnoticed.length > 0 && !(id in whyUnnoticed);

/** What kept a variant from being cleared, as `assessVariant` decides it. */
const explainOpen = ({ id, accusations, errors, unverified }: VariantResult): string => {
  const musts = unverified.filter(({ level }) => level === 'MUST');
  const reasons = [
    ...accusations.map(({ rule }) => `${rule} failed`),
    ...errors.map(({ rule }) => `${rule} broke down`),
    ...musts.map(({ rule }) => `${rule} verified nothing`),
  ];
  return `${id} (${reasons.length > 0 ? listSome(reasons) : 'no rule passed'})`;
};

export const findFlakinessLacks = ({ unloaded, loaded }: FlakinessResult): string[] => {
  const flaky = [...unloaded, ...loaded].filter((run) => !isClean(run));
  const short = unloaded.length < defaultRuns.unloaded || loaded.length < defaultRuns.loaded;
  return sentences([
    [flaky.length > 0, `Runs in which not every rule passed: ${listSome(flaky.map(explainFlaky))}`],
    [short, `There are too few runs: ${unloaded.length}, and ${loaded.length} under load`],
  ]);
};

/** A run may break down, or be incomplete, without a rule that didn't pass. */
const explainFlaky = ({ seed, exitCode, notPassed }: SuiteRun): string => {
  const ended = exitCode === null ? 'no exit code' : `exit code ${exitCode}`;
  return `seed ${seed} (${[ended, ...notPassed].join(', ')})`;
};

export const findMutationLacks = (report: MutationReport): string[] =>
  sentences([
    [!isSound(report), 'Mutants are unexplained or not judged, or explanations are unused'],
  ]);

/** A peer that isn't available lacks nothing; one that was never run does. */
export const findPeersLacks = ({ peers }: PeersResult): string[] =>
  peerIds.flatMap((id) => {
    const peer = peers.find((one) => one.id === id);
    if (!peer) return [`The peer ${id} was never run.`];
    if (id !== ownId || !isMeasured(peer)) return [];
    const missed = peer.shown.length - countShown(peer.shown).detected;
    return sentences([
      [missed > 0, `Faulty servers that this suite missed among the peers: ${missed}`],
      [peer.baseline.findings.length > 0, 'This suite accused the unmodified server'],
    ]);
  });

const sentences = (flaws: readonly (readonly [is: boolean, sentence: string])[]): string[] =>
  flaws.flatMap(([is, sentence]) => (is ? [`${sentence}.`] : []));

/** The first few; the raw record has the others. */
const listSome = (items: readonly string[]): string => {
  const shown = items.slice(0, 5).join('; ');
  return items.length > 5 ? `${shown}; and ${items.length - 5} more` : shown;
};
