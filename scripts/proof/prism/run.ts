import { setTimeout as sleep } from 'node:timers/promises';
import { openTarget } from '../../../conformance/commands/open-target.ts';
import type { Rule } from '../../../conformance/context/rule.ts';
import { createTransport } from '../../../conformance/http/transport.ts';
import { createHarnessCore } from '../../../conformance/runner/harness-core.ts';
import type { Outcome } from '../../../conformance/runner/outcome.ts';
import { type Contract, readContract } from '../../../openapi/contract.ts';
import { openPrism, type PrismProxy, throughPrism, type Traffic } from './proxy.ts';

interface PrismResult {
  readonly traffic: Traffic;
  readonly outcomes: readonly Outcome[];
}

export interface PrismRunOptions {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** A running server; without one the reference server is started. */
  readonly server?: { readonly url: string; readonly controlUrl: string };
  /** A running Prism in front of that server, if there is one. */
  readonly prism?: PrismProxy;
}

/** For one response, in milliseconds; Prism is slow. */
const timeout = 30_000;

/**
 * Runs the suite with Prism's validation proxy between it and a server, so that another tool validates
 * every response.
 *
 * @throws PrismFailed if Prism doesn't start
 */
export const runThroughPrism = async (options: PrismRunOptions): Promise<PrismResult> => {
  const contract = readContract();
  const { rules, seed, runs, server } = options;
  const surroundings = {
    send: createTransport(),
    now: Date.now,
    sleep: (milliseconds: number) => sleep(milliseconds),
  };
  const interruption = new AbortController().signal;
  const target = await openTarget(
    {
      ...{ target: server?.url, control: server?.controlUrl, config: undefined, start: undefined },
      ...{ allowProduction: false, timeout },
    },
    contract,
    surroundings,
    { environment: {}, err: () => undefined, interruption },
  );
  const prism = options.prism ?? (await openPrism(target.url));
  const traffic: Traffic = { responses: 0, bypassed: 0, operations: new Set(), violations: [] };
  try {
    const fault = throughPrism(target.url, prism.url, traffic);
    const run = { rules, seed, runs, timeout };
    const outcomes = await createHarnessCore().createRunner({ run, target, fault }).runAll();
    return { traffic, outcomes };
  } finally {
    if (options.prism === undefined) await prism.close();
    await target.close();
  }
};

/** The result for the terminal, and whether there is nothing wrong. */
export const formatPrismResult = (
  { traffic, outcomes }: PrismResult,
  { operations }: Pick<Contract, 'operations'>,
): { text: string; sound: boolean } => {
  const { responses, bypassed, violations } = traffic;
  const unused = Object.keys(operations).filter((id) => !traffic.operations.has(id));
  const broken = outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'error');
  const found = new Map<string, number>();
  for (const { where, location, message } of violations) {
    const line = `${where}: ${location} ${message}`;
    found.set(line, (found.get(line) ?? 0) + 1);
  }
  const lines = [
    `Prism validated ${responses} responses of ${traffic.operations.size} operations ` +
      `and found ${violations.length} violations; ${bypassed} requests bypassed it.`,
    ...[...found].map(([line, count]) => `  ${count} times ${line}`),
    ...unused.map((id) => `  There was no response of ${id}.`),
    ...broken.map(({ id, outcome, reason }) => `  ${id} ${outcome}${reason ? `: ${reason}` : ''}`),
  ];
  const sound = [violations, unused, broken].every(({ length }) => length === 0);
  return { text: lines.join('\n'), sound };
};
