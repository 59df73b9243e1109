import { describe, expect, it } from 'vitest';
import { createBudget, type Limits, readDuration, readLimits } from '../commands/budget.ts';
import type { Outcome } from '../runner/outcome.ts';

/** A budget whose time passes when the test says so. */
const open = (limits: Limits, strict = false) => {
  let pass: (() => void) | undefined;
  let asked: number | undefined;
  const budget = createBudget(limits, { strict }, (call, milliseconds) => {
    [pass, asked] = [call, milliseconds];
    return () => (pass = undefined);
  });
  const sent: string[] = [];
  const surroundings = budget.watch({
    send: ({ url }) => {
      sent.push(url);
      return Promise.resolve({ status: 200, headers: {}, body: '{}' });
    },
    now: () => 0,
    sleep: () => new Promise(() => undefined),
  });
  return { budget, sent, surroundings, pass: () => pass?.(), asked: () => asked };
};

const failed = (id: string, change: Partial<Outcome> = {}) => ({
  ...{ id, outcome: 'failed' as const, level: 'MUST' as const },
  ...change,
});

describe('the limits of a run', () => {
  it.each([
    ['60s', 60_000],
    ['500ms', 500],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['90', 90_000],
    ['1.5', 1_500],
  ])('read %s as a time', (text, milliseconds) => {
    expect(readDuration(text)).toEqual({ text, milliseconds });
  });

  it.each(['', '0', '-1s', '5 m', '5d', '1e3', '0.1ms', '999h'])('refuse the time %j', (text) => {
    expect(() => readDuration(text)).toThrow('such as 60s, 5m or 500ms');
  });

  it('take --bail for one failure', () => {
    expect(readLimits({ bail: true })).toMatchObject({ maxFailures: 1 });
    expect(readLimits({ maxFailures: 3 })).toMatchObject({ maxFailures: 3 });
  });

  it('count failures that count in the verdict, each rule once', () => {
    const { budget } = open({ maxFailures: 2 });
    budget.ended(failed('a/known', { known: 'Since March.' }));
    budget.ended(failed('a/should', { level: 'SHOULD' }));
    budget.ended(failed('a/passed', { outcome: 'passed' }));
    budget.ended(failed('a/one'));
    budget.ended(failed('a/one'));
    expect(budget.signal.aborted).toBe(false);
    budget.ended(failed('a/two'));
    expect(budget.signal.reason).toBe('The run ended after 2 failures (--max-failures 2).');
  });

  it('count a deviation when the run is strict', () => {
    const { budget } = open({ maxFailures: 1 }, true);
    budget.ended(failed('a/should', { level: 'SHOULD' }));
    expect(budget.signal.reason).toBe('The run ended after 1 failure (--max-failures 1).');
  });

  it('let no request through beyond their number', async () => {
    const { budget, sent, surroundings } = open({ maxRequests: 2 });
    const get = () => surroundings.send({ method: 'GET', url: 'http://127.0.0.1/', headers: {} });
    await get();
    await get();
    expect(budget.signal.aborted).toBe(false);
    const sentence = 'The run ended after 2 requests (--max-requests 2).';
    await expect(get()).rejects.toThrow(sentence);
    expect(budget.signal.reason).toBe(sentence);
    expect(sent).toHaveLength(2);
  });

  it('end a run, and what waits in it, when its time is over', async () => {
    const { budget, surroundings, pass, asked } = open({ maxTime: readDuration('90') });
    const waiting = surroundings.sleep(1_000);
    expect(asked()).toBe(90_000);
    pass();
    expect(budget.signal.reason).toBe('The run ended after 90 s (--max-time 90).');
    await expect(waiting).rejects.toThrow('after 90 s');
  });

  it('keep the first reason, and are watched no longer than the run', () => {
    const { budget, pass } = open({ maxTime: readDuration('5m'), maxFailures: 1 });
    budget.ended(failed('a/one'));
    pass();
    expect(budget.signal.reason).toBe('The run ended after 1 failure (--max-failures 1).');
    const quiet = open({ maxTime: readDuration('5m') });
    quiet.budget.close();
    quiet.pass();
    expect(quiet.budget.signal.aborted).toBe(false);
  });
});
