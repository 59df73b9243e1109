import { describe, expect, it } from 'vitest';
import type { CheckRule } from '../../../conformance/context/rule.ts';
import type { Outcome } from '../../../conformance/runner/outcome.ts';
import type { watchCrashes } from '../mutation/judge.ts';
import { createMutantJudge } from '../mutation/judge.ts';
import { serves } from '../mutation/rule-order.ts';
import {
  type MutantServers,
  NotStarted,
  type RunningServer,
  type ServerCopy,
} from '../mutation/server.ts';

const rules = Array.from({ length: 20 }, (_, index) => ({ id: `area/${index}` }) as CheckRule);

/** A server that all rules judge alike, but those that it keeps. */
const judgedAs = (
  outcome: Outcome['outcome'],
  reason?: string,
  kept: readonly string[] = [],
): RunningServer => ({
  court: {
    run: ({ id }: CheckRule) =>
      Promise.resolve(
        (kept.includes(id) ? { id, outcome: 'passed' } : { id, outcome, reason }) as Outcome,
      ),
    ambientOutcomes: () => [],
  } as unknown as RunningServer['court'],
  end: () => Promise.resolve(),
});

const stageOf = (...raise: (() => RunningServer)[]): MutantServers => {
  const next = raise.values();
  return {
    raise: () => Promise.resolve().then(() => (next.next().value ?? raise[0])?.() as RunningServer),
    close: () => Promise.resolve(),
  };
};

const tryAt = (stage: MutantServers, watch?: typeof watchCrashes) =>
  createMutantJudge(stage, () => ({}) as ServerCopy, watch)(['1'], rules, { hitLimit: undefined });

const fail = (error: Error) => (): RunningServer => {
  throw error;
};

describe('A trial of mutants', () => {
  it('has survived when every rule passes', async () => {
    const found = await tryAt(stageOf(() => judgedAs('passed')));
    expect(found).toEqual({ kind: 'passed', judged: rules.length });
  });

  it('is found when a rule fails twice', async () => {
    const found = await tryAt(stageOf(() => judgedAs('failed')));
    expect(found).toMatchObject({ kind: 'failed', by: ['area/0'] });
  });

  it('is found when the server does not start', async () => {
    const found = await tryAt(stageOf(fail(new NotStarted('no port'))));
    expect(found).toMatchObject({ kind: 'failed', by: ['server/starts'] });
  });

  it('is not found when it is the harness that fails', async () => {
    const found = await tryAt(stageOf(fail(new Error('no keys'))));
    expect(found).toMatchObject({ kind: 'error', reason: 'Error: no keys' });
  });

  it('is found when requests get no answer, or when no rule at all can judge', async () => {
    const dead = { kind: 'failed', by: expect.arrayContaining([serves]) as string[] };
    const unanswered = 'GET /flows was not answered within 8000 ms.';
    expect(await tryAt(stageOf(() => judgedAs('error', unanswered)))).toMatchObject(dead);
    expect(await tryAt(stageOf(() => judgedAs('error')))).toMatchObject(dead);
  });

  it('is not found when some rules break down, and others pass', async () => {
    const found = await tryAt(stageOf(() => judgedAs('error', '', ['area/0'])));
    expect(found).toMatchObject({ kind: 'error' });
  });

  it('is not found by a crash that does not happen again', async () => {
    const never = new Promise<string>(() => undefined);
    const crashes = [Promise.resolve('it died'), never].values();
    const watch = () => ({ first: crashes.next().value ?? never, stop: () => undefined });
    const found = await tryAt(
      stageOf(() => judgedAs('passed')),
      watch,
    );
    expect(found).toMatchObject({ kind: 'passed' });
  });
});
