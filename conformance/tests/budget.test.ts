import { describe, expect, it } from 'vitest';
import { createBudget, type Limits, readDuration, readLimits } from '../commands/budget.ts';
import { isFailure } from '../report/verdict.ts';

/** A budget whose time passes when the test says so. */
const open = (limits: Limits) => {
  let pass: (() => void) | undefined;
  let asked: number | undefined;
  const budget = createBudget(limits, (call, milliseconds) => {
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
    budget.ended({ id: 'a/known' }, false);
    budget.ended({ id: 'a/one' }, true);
    budget.ended({ id: 'a/one' }, true);
    expect(budget.signal.aborted).toBe(false);
    budget.ended({ id: 'a/two' }, true);
    expect(budget.signal.reason).toBe('The run ended after 2 failures (--max-failures 2).');
  });

  it.each([
    ['a failed MUST', {}, true, true],
    ['a failed SHOULD', { level: 'SHOULD' }, false, true],
    ['a known failure', { known: 'Since March.' }, false, false],
    ['a rule that passed', { outcome: 'passed' }, false, false],
  ] as const)('count %s by --fail-on', (_, change, must, should) => {
    const outcome = { outcome: 'failed', level: 'MUST', ...change } as const;
    expect(isFailure(outcome, 'must')).toBe(must);
    expect(isFailure(outcome, 'should')).toBe(should);
    expect(isFailure(outcome, 'none')).toBe(must);
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
    budget.ended({ id: 'a/one' }, true);
    pass();
    expect(budget.signal.reason).toBe('The run ended after 1 failure (--max-failures 1).');
    const quiet = open({ maxTime: readDuration('5m') });
    quiet.budget.close();
    quiet.pass();
    expect(quiet.budget.signal.aborted).toBe(false);
  });
});
