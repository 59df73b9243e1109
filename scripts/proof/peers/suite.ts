import { readVersion } from '../../../conformance/report/compile.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { Outcome } from '../../../conformance/runner/outcome.ts';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';
import { rulesForRequirement, tryToCatch } from '../faulty-servers/catch.ts';
import type { FaultyServer } from '../faulty-servers/faulty-server.ts';
import type { FaultyServerHarness } from '../faulty-servers/start.ts';
import { openPrism } from '../prism/proxy.ts';
import { runThroughPrism } from '../prism/run.ts';
import { examine, type FaultyServerProxy } from './faulty-server-proxy.ts';
import { casesPerProperty, type Peer, type PeerFindings, versionOf } from './peer.ts';

/** Our own suite: the hunts of the fleet, told in the form of the peers. */
export const openSuitePeer = (bench: FaultyServerHarness): Peer => ({
  name: 'This suite',
  version: readVersion(),
  given: `the rules that verify what the fault breaks, ${casesPerProperty} cases a property`,
  sees: { deliveries: true, keys: true },
  look: async (fault, seed) => {
    if (fault === undefined) return runWholeSuite(bench, seed, () => true);
    const common = { bench, contract: readContract(), register: readRegister() };
    const { kill, requests, milliseconds } = await tryToCatch(fault, {
      ...common,
      seed,
      runs: casesPerProperty,
    });
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
export const openAmbientPeer = (bench: FaultyServerHarness): Peer => ({
  name: 'Schemas alone',
  version: readVersion(),
  given: 'the ambient rules of this suite, and the traffic of the rules that verify what is broken',
  sees: { deliveries: false, keys: true },
  look: async (fault, seed) => {
    const isAmbient = ({ id }: Outcome) => ambient.some((rule) => rule.id === id);
    if (fault === undefined) return runWholeSuite(bench, seed, isAmbient);
    const checks = rulesForRequirement(fault.breaks).filter(({ kind }) => kind === 'check');
    const judging = { rules: [...checks, ...ambient], seed, runs: casesPerProperty };
    const { outcomes, requests, milliseconds } = await bench.judge(fault, judging);
    return { findings: formatFailures(outcomes.filter(isAmbient)), requests, milliseconds };
  },
  close: () => Promise.resolve(),
});

/** The whole suite, at the honest server. */
const runWholeSuite = async (
  bench: FaultyServerHarness,
  seed: number,
  counts: (outcome: Outcome) => boolean,
): Promise<PeerFindings> => {
  const { outcomes, requests, milliseconds } = await bench.judge(undefined, {
    rules,
    seed,
    runs: casesPerProperty,
  });
  return { findings: formatFailures(outcomes.filter(counts)), requests, milliseconds };
};

const formatFailures = (outcomes: readonly Outcome[]): string[] =>
  outcomes.flatMap(({ id, outcome, counterexample }) =>
    outcome === 'failed' && counterexample
      ? [`${id}: ${counterexample.expected} | ${counterexample.actual}`]
      : [],
  );

/** Prism's validation proxy: it sends nothing itself, so that it gets the traffic of our rules. */
export const openPrismPeer = async (front: FaultyServerProxy): Promise<Peer> => {
  let prism = await openPrism(front.url);
  return {
    name: 'Prism, validation proxy',
    version: versionOf('@stoplight/prism-cli'),
    given: 'the bundle, and the traffic of the rules that verify what is broken',
    sees: { deliveries: false, keys: false },
    look: async (fault, seed) => {
      // What ends it at one server must not keep it from looking at the next.
      if (prism.gone()) prism = await openPrism(front.url);
      const shown = await front.show(fault);
      try {
        const server = { url: front.url, controlUrl: shown.controlUrl };
        const led = { rules: rulesFor(fault), seed, runs: casesPerProperty, server, prism };
        const find = async (): Promise<string[]> => {
          const { traffic } = await runThroughPrism(led);
          return traffic.violations.map(
            ({ where, place, message }) => `${where}: ${place} ${message}`,
          );
        };
        const whyEnded = () => (prism.gone() ? 'Prism ended while it looked.' : undefined);
        return await examine(shown, find, whyEnded);
      } finally {
        await shown.close();
      }
    },
    close: () => prism.close(),
  };
};

/** The rules whose traffic goes through Prism: those that meet the fault, or all of them. */
const rulesFor = (fault: FaultyServer | undefined) =>
  (fault ? rulesForRequirement(fault.breaks) : rules).filter(({ kind }) => kind === 'check');
