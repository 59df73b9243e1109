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

/** This suite, in the form of the other tools: it tries to catch each faulty server. */
export const openSuitePeer = (harness: FaultyServerHarness): Peer => ({
  name: 'This suite',
  version: readVersion(),
  given: `the rules that verify what the fault breaks, ${casesPerProperty} cases a property`,
  visibility: { deliveries: true, keys: true },
  run: async (fault, seed) => {
    if (fault === undefined) return runWholeSuite(harness, seed, () => true);
    const common = { harness, contract: readContract(), register: readRegister() };
    const { caught, requests, milliseconds } = await tryToCatch(fault, {
      ...common,
      seed,
      runs: casesPerProperty,
    });
    const findings = caught ? [`${caught.rule}: ${caught.expected} | ${caught.actual}`] : [];
    return { findings, requests, milliseconds };
  },
  close: () => Promise.resolve(),
});

const ambient = rules.filter(({ kind }) => kind === 'ambient');

/** This suite without its checks: each response is compared with the contract, without any state. */
export const openAmbientPeer = (harness: FaultyServerHarness): Peer => ({
  name: 'Schemas alone',
  version: readVersion(),
  given: 'the ambient rules of this suite, and the traffic of the rules that verify what is broken',
  visibility: { deliveries: false, keys: true },
  run: async (fault, seed) => {
    const isAmbient = ({ id }: Outcome) => ambient.some((rule) => rule.id === id);
    if (fault === undefined) return runWholeSuite(harness, seed, isAmbient);
    const checks = rulesForRequirement(fault.breaks).filter(({ kind }) => kind === 'check');
    const judging = { rules: [...checks, ...ambient], seed, runs: casesPerProperty };
    const { outcomes, requests, milliseconds } = await harness.judge(fault, judging);
    return { findings: formatFailures(outcomes.filter(isAmbient)), requests, milliseconds };
  },
  close: () => Promise.resolve(),
});

/** The whole suite, on the unmodified server. */
const runWholeSuite = async (
  harness: FaultyServerHarness,
  seed: number,
  counts: (outcome: Outcome) => boolean,
): Promise<PeerFindings> => {
  const { outcomes, requests, milliseconds } = await harness.judge(undefined, {
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

/** Prism's validation proxy. It sends nothing itself, so it gets the traffic of our rules. */
export const openPrismPeer = async (proxy: FaultyServerProxy): Promise<Peer> => {
  let prism = await openPrism(proxy.url);
  return {
    name: 'Prism, validation proxy',
    version: versionOf('@stoplight/prism-cli'),
    given: 'the bundle, and the traffic of the rules that verify what is broken',
    visibility: { deliveries: false, keys: false },
    run: async (fault, seed) => {
      // A server that makes Prism exit must not affect the next one.
      if (prism.gone()) prism = await openPrism(proxy.url);
      const shown = await proxy.show(fault);
      try {
        const server = { url: proxy.url, controlUrl: shown.controlUrl };
        const led = { rules: rulesFor(fault), seed, runs: casesPerProperty, server, prism };
        const find = async (): Promise<string[]> => {
          const { traffic } = await runThroughPrism(led);
          return traffic.violations.map(
            ({ where, location, message }) => `${where}: ${location} ${message}`,
          );
        };
        const whyEnded = () => (prism.gone() ? 'Prism exited during the run.' : undefined);
        return await examine(shown, find, whyEnded);
      } finally {
        await shown.close();
      }
    },
    close: () => prism.close(),
  };
};

/** The rules whose traffic goes through Prism: those about the broken statement, or all of them. */
const rulesFor = (fault: FaultyServer | undefined) =>
  (fault ? rulesForRequirement(fault.breaks) : rules).filter(({ kind }) => kind === 'check');
