import { rules } from '../../../conformance/rules/index.ts';
import type { Outcome } from '../../../conformance/outcome.ts';
import { readVersion } from '../../../conformance/version.ts';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';
import type { Bench } from '../fleet/bench.ts';
import { chooseRules } from '../fleet/choice.ts';
import { hunt } from '../fleet/hunt.ts';
import { runs, type Look, type Peer } from './peer.ts';

/** Our own suite: the hunts of the fleet, told in the form of the peers. */
export const openSuite = (bench: Bench): Peer => ({
  name: 'This suite',
  version: readVersion(),
  given: `the rules that verify what the fault breaks, ${runs} cases a property`,
  sees: { deliveries: true, keys: true },
  look: async (fault, seed) => {
    if (fault === undefined) return lookWith(bench, seed, () => true);
    const common = { bench, contract: readContract(), register: readRegister() };
    const { kill, requests, milliseconds } = await hunt(fault, { ...common, seed, runs });
    const findings = kill ? [`${kill.rule}: ${kill.expected} | ${kill.actual}`] : [];
    return { findings, requests, milliseconds };
  },
  close: () => Promise.resolve(),
});

const ambient = rules.filter(({ kind }) => kind === 'ambient');

/**
 * Our own suite without its checks: what somebody sees who holds each answer against the contract
 * and knows no state.
 */
export const openAmbient = (bench: Bench): Peer => ({
  name: 'Schemas alone',
  version: readVersion(),
  given: 'the ambient rules of this suite, and the traffic of the rules that verify what is broken',
  sees: { deliveries: false, keys: true },
  look: async (fault, seed) => {
    const isAmbient = ({ id }: Outcome) => ambient.some((rule) => rule.id === id);
    if (fault === undefined) return lookWith(bench, seed, isAmbient);
    const checks = chooseRules(fault.breaks).filter(({ kind }) => kind === 'check');
    const judging = { rules: [...checks, ...ambient], seed, runs };
    const { outcomes, requests, milliseconds } = await bench.judge(fault, judging);
    return { findings: tell(outcomes.filter(isAmbient)), requests, milliseconds };
  },
  close: () => Promise.resolve(),
});

/** The whole suite, at the honest server. */
const lookWith = async (
  bench: Bench,
  seed: number,
  counts: (outcome: Outcome) => boolean,
): Promise<Look> => {
  const { outcomes, requests, milliseconds } = await bench.judge(undefined, { rules, seed, runs });
  return { findings: tell(outcomes.filter(counts)), requests, milliseconds };
};

const tell = (outcomes: readonly Outcome[]): string[] =>
  outcomes.flatMap(({ id, outcome, counterexample }) =>
    outcome === 'failed' && counterexample
      ? [`${id}: ${counterexample.expected} | ${counterexample.actual}`]
      : [],
  );
