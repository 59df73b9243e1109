import type { CheckRule, Rule } from '../../../conformance/context/rule.ts';
import { rules } from '../../../conformance/rules/index.ts';
import { createHarnessCore, openLocalSink } from '../../../conformance/runner/harness-core.ts';
import type { Outcome } from '../../../conformance/runner/outcome.ts';
import { usualEventPatience } from '../../../conformance/webhooks/sink.ts';
import type { FaultyServer } from '../faulty-servers/faulty-server.ts';
import { startFaultyServer } from '../faulty-servers/start.ts';
import type { CatchLine, CostLine } from './record.ts';

/** Milliseconds that a rule waits for an event that a fault suppresses. */
const patience = 700;
const timeout = 3_000;

export interface Execution {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** Rules at the same time; 1 keeps their order. */
  readonly concurrency: number;
  readonly order?: readonly string[];
  /** Whether the run ends with the first failure of a MUST. */
  readonly untilFailure?: boolean;
}

export interface Executed {
  readonly outcomes: readonly Outcome[];
  /** The ids of the rules that a MUST failed in: their own, or one of an ambient rule. */
  readonly failed: readonly string[];
  readonly requests: number;
  readonly organizations: number;
  readonly milliseconds: number;
}

export interface Measuring {
  readonly execute: (fault: FaultyServer | undefined, execution: Execution) => Promise<Executed>;
  readonly close: () => Promise<void>;
}

export const openMeasuring = async (): Promise<Measuring> => {
  const core = createHarnessCore();
  const sink = await openLocalSink({ ...usualEventPatience, event: patience });
  const execute: Measuring['execute'] = async (fault, { untilFailure = false, ...run }) => {
    const server = await startFaultyServer(fault);
    const [failed, stop] = [new Set<string>(), new AbortController()];
    const fail = (id: string): void => {
      failed.add(id);
      if (untilFailure) stop.abort();
    };
    const start = performance.now();
    try {
      const target = await core.targetOf(server);
      let organizations = 0;
      const runner = core.createRunner({
        run: { ...run, timeout, firstFailure: true },
        target: {
          ...target,
          organization: (wanted) => {
            organizations += 1;
            return target.organization(wanted);
          },
        },
        ...{ sink, showsWritesAtOnce: true, fault: server.wire, interruption: stop.signal },
        violated: ({ level }, during) => {
          if (level === 'MUST') fail(during);
        },
        ended: ({ id, level, outcome }) => {
          const own = !id.startsWith('ambient/');
          if (own && outcome === 'failed' && level === 'MUST') fail(id);
        },
      });
      const outcomes = await runner.runAll();
      const checks = outcomes.filter(({ id }) => !id.startsWith('ambient/'));
      const requests = checks.reduce((sum, { exchanges }) => sum + exchanges, 0);
      const milliseconds = performance.now() - start;
      return { outcomes, failed: [...failed], requests, organizations, milliseconds };
    } finally {
      await server.close();
    }
  };
  return { execute, close: sink.close };
};

const ambient = rules.filter(({ kind }) => kind === 'ambient');
export const checks = rules.filter((rule): rule is CheckRule => rule.kind === 'check');

/** Seeds at which the requests of one case are counted; the largest counts. */
const costSeeds = [1, 2, 3];
const manyCases = 9;

/** Counts what one rule sends at the unmodified server. */
export const measureCost = async ({ execute }: Measuring, rule: CheckRule): Promise<CostLine> => {
  const run = (seed: number, runs: number) =>
    execute(undefined, { rules: [rule], seed, runs, concurrency: 1 });
  const once: Executed[] = [];
  for (const seed of costSeeds) once.push(await run(seed, 1));
  const many = await run(1, manyCases);
  const fit = (count: (one: Executed) => number): readonly [number, number] => {
    const one = Math.max(...once.map(count));
    const slope = Math.round((count(many) - one) / (manyCases - 1));
    const perCase = Math.min(one, Math.max(0, slope));
    return [one - perCase, perCase];
  };
  return {
    rule: rule.id,
    requests: fit(({ requests }) => requests),
    organizations: fit(({ organizations }) => organizations),
    milliseconds: Math.round(Math.min(...once.map(({ milliseconds }) => milliseconds))),
  };
};

/** Executes rules on a faulty server, and notes which of them fail. */
export const measureCatches = async (
  { execute }: Measuring,
  fault: FaultyServer,
  chosen: readonly CheckRule[],
): Promise<CatchLine> => {
  const run = { rules: [...ambient, ...chosen], seed: 1, runs: 1, concurrency: 16 };
  const { failed } = await execute(fault, run);
  return { fault: fault.id, judged: chosen.map(({ id }) => id), failed };
};

/** Executes the rules of a profile on a faulty server, until the first failure. */
export const measureProfile = async (
  { execute }: Measuring,
  fault: FaultyServer,
  chosen: readonly CheckRule[],
  runs: number,
): Promise<Pick<Executed, 'requests' | 'milliseconds'> & { readonly caughtBy: string | null }> => {
  const run = { rules: [...ambient, ...chosen], seed: 1, runs, concurrency: 4 };
  const order = chosen.map(({ id }) => id);
  const result = await execute(fault, { ...run, order, untilFailure: true });
  const { failed, requests, milliseconds } = result;
  return { caughtBy: failed[0] ?? null, requests, milliseconds: Math.round(milliseconds) };
};
