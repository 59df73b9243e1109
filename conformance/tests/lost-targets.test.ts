import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../faults/inject.ts';
import { after, answerWith, expectEnded, hang, prepareRuns } from './lost-target.ts';

describe('a target that is lost during a run', { timeout: 120_000 }, () => {
  const run = prepareRuns();

  it.each([
    ['hangs', hang, /The target stopped answering at \d\d:\d\d, after \d+ requests\./],
    ['answers only errors', answerWith(500), /has answered nothing but errors since \d\d:\d\d/],
  ] as const)('ends it with 4 and one line when it %s', async (_, end, line) => {
    expectEnded(await run(after(200, end)), line);
  });

  it('is waited for when its gateway answers 503 for five seconds', async () => {
    let until: number | undefined;
    const away = answerWith(503);
    const outage: Fault = (fetch, name) => {
      const refused = away(fetch, name);
      return (request, signal) => {
        until ??= Date.now() + 5_000;
        return (Date.now() < until ? refused : fetch)(request, signal);
      };
    };
    const { code, report } = await run(after(200, outage));
    expect([code, report.verdict]).toEqual([0, 'conformant']);
  });

  it('is slow, not lost, when it answers late now and then', async () => {
    let count = 0;
    const fault: Fault = (fetch) => async (request, signal) => {
      count += 1;
      if (count % 100 === 0) await sleep(800);
      return fetch(request, signal);
    };
    const { code } = await run(fault);
    expect(code).toBe(0);
  });
});
