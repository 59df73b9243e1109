import { setTimeout as sleep } from 'node:timers/promises';
import { openTarget } from '../../../conformance/commands/target.ts';
import type { Rule } from '../../../conformance/context/rule.ts';
import { createTransport } from '../../../conformance/http/transport.ts';
import type { Outcome } from '../../../conformance/runner/outcome.ts';
import { createHarnessCore } from '../../../conformance/runner/harness-core.ts';
import { type Contract, readContract } from '../../../openapi/contract.ts';
import { openPrism, type PrismProxy, throughPrism, type Traffic } from './proxy.ts';

interface PrismResult {
  readonly traffic: Traffic;
  /** Of the rules, with Prism between suite and server. */
  readonly outcomes: readonly Outcome[];
}

export interface PrismRunOptions {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** A server that runs already; the reference server is started if there is none. */
  readonly server?: { readonly url: string; readonly controlUrl: string };
  /** Prism before that server, if it stands there already. */
  readonly prism?: PrismProxy;
}

/** Prism takes its time, in milliseconds. */
const timeout = 30_000;

/**
 * Runs the suite with Prism's validation proxy between it and a server, so that somebody else's
 * reading of the contract looks at every answer.
 *
 * @throws PrismFailed if Prism doesn't start
 */
export const runThroughPrism = async (options: PrismRunOptions): Promise<PrismResult> => {
  const contract = readContract();
  const { rules, seed, runs, server } = options;
  const surroundings = {
    fetch: createTransport(),
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
  const traffic: Traffic = { answers: 0, past: 0, operations: new Set(), violations: [] };
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

/** Tells what came of a judgement, and whether all is sound. */
export const formatPrismResult = (
  { traffic, outcomes }: PrismResult,
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
