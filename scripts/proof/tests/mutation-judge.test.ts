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

/** A server with one outcome for all rules, except those that pass. */
const judgedAs = (
  outcome: Outcome['outcome'],
  reason?: string,
  passing: readonly string[] = [],
): RunningServer => ({
  runner: {
    run: ({ id }: CheckRule) =>
      Promise.resolve(
        (passing.includes(id) ? { id, outcome: 'passed' } : { id, outcome, reason }) as Outcome,
      ),
    ambientOutcomes: () => [],
  } as unknown as RunningServer['runner'],
  end: () => Promise.resolve(),
});

const startsOf = (...start: (() => RunningServer)[]): MutantServers => {
  const next = start.values();
  return {
    start: () => Promise.resolve().then(() => (next.next().value ?? start[0])?.() as RunningServer),
    close: () => Promise.resolve(),
  };
};

const judgeWith = (servers: MutantServers, watch?: typeof watchCrashes) =>
  createMutantJudge(servers, () => ({}) as ServerCopy, watch)(['1'], rules, {
    hitLimit: undefined,
  });

const fail = (error: Error) => (): RunningServer => {
  throw error;
};

describe('A mutant', () => {
  it('has survived when every rule passes', async () => {
    const found = await judgeWith(startsOf(() => judgedAs('passed')));
    expect(found).toEqual({ kind: 'passed', judged: rules.length });
  });

  it('is found when a rule fails twice', async () => {
    const found = await judgeWith(startsOf(() => judgedAs('failed')));
    expect(found).toMatchObject({ kind: 'failed', by: ['area/0'] });
  });

  it('is found when the server does not start', async () => {
    const found = await judgeWith(startsOf(fail(new NotStarted('no port'))));
    expect(found).toMatchObject({ kind: 'failed', by: ['server/starts'] });
  });

  it('is not found when the harness fails', async () => {
    const found = await judgeWith(startsOf(fail(new Error('no keys'))));
    expect(found).toMatchObject({ kind: 'error', reason: 'Error: no keys' });
  });

  it('is found when requests get no response, or when every rule breaks down', async () => {
    const crashed = { kind: 'failed', by: expect.arrayContaining([serves]) as string[] };
    const unanswered = 'GET /flows got no response within 8000 ms.';
    expect(await judgeWith(startsOf(() => judgedAs('error', unanswered)))).toMatchObject(crashed);
    expect(await judgeWith(startsOf(() => judgedAs('error')))).toMatchObject(crashed);
  });

  it('is not found when some rules break down, and others pass', async () => {
    const found = await judgeWith(startsOf(() => judgedAs('error', '', ['area/0'])));
    expect(found).toMatchObject({ kind: 'error' });
  });

  it('is not found by a crash that is not repeated', async () => {
    const never = new Promise<string>(() => undefined);
    const crashes = [Promise.resolve('it died'), never].values();
    const watch = () => ({ first: crashes.next().value ?? never, stop: () => undefined });
    const found = await judgeWith(
      startsOf(() => judgedAs('passed')),
      watch,
    );
    expect(found).toMatchObject({ kind: 'passed' });
  });
});
