import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { Nonconformity } from '../context/expectations.ts';
import { type CheckRule, defineRule } from '../context/rule.ts';
import type { HttpRequest } from '../http/message.ts';
import { LostConnection } from '../http/transport.ts';
import { readCoverage } from '../report/verdict.ts';
import type { RunnerOptions, RunOptions } from '../runner/prepare.ts';
import { createRunner } from '../runner/runner.ts';
import {
  type Capability,
  type Target,
  type TargetOrganization,
  Unavailable,
} from '../targets/target.ts';

const contract = readContract();
const register = readRegister();

/** A target without a server: the surroundings respond in its place. */
const target = (offers: readonly Capability[] = []): Target => ({
  url: 'http://127.0.0.1:1/api',
  offers: new Set(offers),
  omissions: [],
  ephemeral: true,
  intention: '',
  webhook: { listen: { host: '127.0.0.1', port: 0 } },
  close: () => Promise.resolve(),
  organization: () =>
    Promise.resolve({
      key: () => Promise.resolve('lg_live_x'),
      release: () => Promise.resolve(true),
    } as Partial<TargetOrganization> as TargetOrganization),
});

const rule = (id: string, check: CheckRule['check'], needs: Capability[] = []): CheckRule =>
  defineRule({
    ...{ id, needs, check, level: 'MUST', verifies: ['LG-GEN-001'] },
    sentence: 'It holds.',
    fault: (fetch) => fetch,
  });

const get: CheckRule['check'] = async (context) => {
  await context.clientWith('lg_live_x').send('listDossiers');
};
const post: CheckRule['check'] = async (context) => {
  await context.clientWith('lg_live_x').send('createDossier', { body: {} });
};

const runnerOf = (
  rules: readonly CheckRule[],
  run: Partial<RunOptions> = {},
  options: Partial<RunnerOptions> = {},
) =>
  createRunner({
    ...{ contract, register, target: target() },
    run: { rules, seed: 1, runs: 1, timeout: 1_000, ...run },
    surroundings: {
      send: () => Promise.resolve({ status: 200, headers: {}, body: '{"data":[]}' }),
      now: () => 0,
      sleep: () => Promise.resolve(),
    },
    interruption: new AbortController().signal,
    ...options,
  });

const endings = async (...options: Parameters<typeof runnerOf>) =>
  (await runnerOf(...options).runAll()).map(({ outcome, reason }) => [outcome, reason]);

describe('a run', () => {
  it('executes as many rules at the same time as requested, and returns outcomes in rule order', async () => {
    let now = 0;
    let most = 0;
    const slow: CheckRule['check'] = async (context) => {
      now += 1;
      most = Math.max(most, now);
      await get(context);
      now -= 1;
    };
    const rules = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'].map((id) => rule(id, slow));
    const outcomes = await runnerOf(rules, { concurrency: 3 }).runAll();
    expect(most).toBe(3);
    expect(outcomes.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(
      rules.map(({ id }) => `${id} passed`),
    );
  });

  it('goes on when a rule breaks down', async () => {
    const broken = rule('a/broken', () => Promise.reject(new Error('a slip of ours')));
    expect(await endings([broken, rule('a/whole', get)])).toEqual([
      ['error', 'a slip of ours'],
      ['passed', undefined],
    ]);
  });

  it('executes a rule again when a kept connection is closed under a write, and keeps none then', async () => {
    const reuse: (boolean | undefined)[] = [];
    const surroundings = {
      send: (request: HttpRequest) => {
        reuse.push(request.reuse);
        if (request.reuse) return Promise.reject(new LostConnection('It was closed.'));
        return Promise.resolve({ status: 200, headers: {}, body: '{}' });
      },
      now: () => 0,
      sleep: () => Promise.resolve(),
    };
    const fresh = { ...target(), offers: new Set<Capability>(['fresh-organizations']) };
    const rules = [rule('a/1', post), rule('a/2', post)];
    expect(await endings(rules, {}, { surroundings, target: fresh })).toEqual([
      ['passed', undefined],
      ['passed', undefined],
    ]);
    expect(reuse).toEqual([true, false, false]);
  });

  it('never uses a connection again for a write in an organisation that rules share', async () => {
    const reuse: (boolean | undefined)[] = [];
    const surroundings = {
      send: (request: HttpRequest) => {
        reuse.push(request.reuse);
        return Promise.resolve({ status: 200, headers: {}, body: '{}' });
      },
      now: () => 0,
      sleep: () => Promise.resolve(),
    };
    await endings([rule('a/1', post)], {}, { surroundings });
    expect(reuse).toEqual([false]);
  });

  it('sends reads only when it is read-only', async () => {
    const sent: string[] = [];
    const surroundings = {
      send: (request: HttpRequest) => {
        sent.push(request.method);
        return Promise.resolve({ status: 200, headers: {}, body: '{}' });
      },
      now: () => 0,
      sleep: () => Promise.resolve(),
    };
    const both: CheckRule['check'] = async (context) => {
      await get(context);
      await post(context);
    };
    const rules = [rule('a/reads', get), rule('a/writes', both)];
    expect(await endings(rules, { readOnly: true }, { surroundings })).toEqual([
      ['passed', undefined],
      ['omitted', 'It writes, and --read-only was given.'],
    ]);
    expect(sent).toEqual(['GET', 'GET']);
  });

  it('spreads the requests of all rules when requests a second are limited', async () => {
    let time = 0;
    const sent: number[] = [];
    const surroundings = {
      send: () => {
        sent.push(time);
        return Promise.resolve({ status: 200, headers: {}, body: '{}' });
      },
      now: () => time,
      sleep: (milliseconds: number) => {
        time += milliseconds;
        return Promise.resolve();
      },
    };
    const rules = [rule('a/1', get), rule('a/2', get), rule('a/3', get)];
    await runnerOf(rules, { maxRps: 4 }, { surroundings }).runAll();
    expect(sent).toEqual([0, 250, 500]);
  });

  it('omits the rules that the user left out, with the reason', async () => {
    const leftOut = () => 'Left out by --skip a.';
    const runner = runnerOf([rule('a/1', get)], { leftOut });
    const outcomes = await runner.runAll();
    expect(outcomes[0]).toMatchObject({ outcome: 'omitted', reason: 'Left out by --skip a.' });
    const coverage = readCoverage(register, outcomes, runner.scope.omitted);
    expect(coverage.find(({ id }) => id === 'LG-GEN-001')?.state).toBe('omitted');
  });

  it('reports a rule as not verified when the target lacks a capability', async () => {
    const unlucky = rule('a/2', () => Promise.reject(new Unavailable('No key can do that.')));
    const [first, second] = await endings([rule('a/1', get, ['flows']), unlucky]);
    expect(first).toEqual([
      'not-verified',
      expect.stringContaining('flows that the suite creates'),
    ]);
    expect(second).toEqual(['not-verified', 'No key can do that.']);
  });

  it('returns the outcomes so far when it is interrupted', async () => {
    const interruption = new AbortController();
    const interrupting: CheckRule['check'] = async (context) => {
      await get(context);
      interruption.abort();
      await get(context);
    };
    const rules = [rule('a/1', get), rule('a/2', interrupting), rule('a/3', get)];
    expect(await endings(rules, {}, { interruption: interruption.signal })).toEqual([
      ['passed', undefined],
      ['not-verified', 'The run was interrupted.'],
      ['not-verified', 'The run was interrupted.'],
    ]);
  });

  it('calls `began` before each rule that it executes', async () => {
    const begun: string[] = [];
    const began = ({ id }: { id: string }) => void begun.push(id);
    await runnerOf([rule('a/1', get), rule('a/2', get, ['flows'])], {}, { began }).runAll();
    expect(begun).toEqual(['a/1']);
  });
});

describe('rules in an organisation that they share', () => {
  it('run side by side, and again alone when they went wrong in company', async () => {
    let [running, most, alone] = [0, 0, 0];
    const touchy: CheckRule['check'] = async (context) => {
      running += 1;
      most = Math.max(most, running);
      await get(context);
      await new Promise((resolve) => setTimeout(resolve, 20));
      const inCompany = running > 1;
      running -= 1;
      if (inCompany) throw new Nonconformity('nothing of others', 'something');
      alone += 1;
    };
    const rules = ['a/1', 'a/2', 'a/3', 'a/4'].map((id) => rule(id, touchy));
    const outcomes = await runnerOf(rules, { concurrency: 'adaptive' }).runAll();
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(rules.map(() => 'passed'));
    expect(most).toBeGreaterThan(1);
    expect(alone).toBe(4);
  });

  it('run again alone in any organisation when they measure times', async () => {
    let times = 0;
    const measuring: CheckRule = {
      ...rule('a/measures', async (context) => {
        await get(context);
        times += 1;
        if (times === 1) throw new Nonconformity('2 s', '3 s');
      }),
      waits: true,
    };
    const fresh = { ...target(), offers: new Set<Capability>(['fresh-organizations']) };
    const rules = [measuring, rule('a/other', get)];
    const run = { concurrency: 'adaptive' } as const;
    const outcomes = await runnerOf(rules, run, { target: fresh }).runAll();
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
    expect(times).toBe(2);
  });

  it('run alone when they use up its rate limit', async () => {
    let [running, most] = [0, 0];
    const greedy: CheckRule['check'] = async (context) => {
      most = Math.max(most, (running += 1));
      await get(context);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
    };
    const needs: Capability[] = ['spendable-rate-limit'];
    const rules = ['a/1', 'a/2', 'a/3'].map((id) => rule(id, greedy, needs));
    const offering = { ...target(), offers: new Set(needs) };
    await runnerOf(rules, { concurrency: 'adaptive' }, { target: offering }).runAll();
    expect(most).toBe(1);
  });
});
