import { describe, expect, it } from 'vitest';
import type { Fault } from '../faults/inject.ts';
import { after, answerWith, expectEnded, prepareRuns, reset } from './lost-target.ts';

describe('a target that is lost in other ways', { timeout: 120_000 }, () => {
  const run = prepareRuns();

  it.each([
    ['resets every connection', reset, /The target stopped answering at/],
    ['is away behind its gateway', answerWith(503), /The target stopped answering at/],
    [
      'answers only 429',
      answerWith(429, { 'retry-after': '4' }),
      /has answered only 429 since \d\d:\d\d, after \d+ requests\./,
    ],
  ] as const)('ends it with 4 and one line when it %s', async (_, end, line) => {
    expectEnded(await run(after(200, end)), line);
  });

  it('is waited for when it is away for five seconds', async () => {
    let until: number | undefined;
    const outage: Fault = (fetch) => async (request, signal) => {
      until ??= Date.now() + 5_000;
      if (Date.now() < until) throw new Error('The connection is reset.');
      return fetch(request, signal);
    };
    const { code, err, report } = await run(after(200, outage));
    expect(err).not.toContain('failed');
    expect([code, report.verdict]).toEqual([0, 'conformant']);
  });

  it('is judged when only one operation hangs', async () => {
    const fault: Fault = (fetch, name) => (request, signal) =>
      name(request.method, request.url) === 'updateContact'
        ? new Promise(() => undefined)
        : fetch(request, signal);
    const { code, err, report, seconds } = await run(fault);
    expect(code).toBe(4);
    expect(report.counts.rules.passed).toBeGreaterThan(40);
    expect(report.counts.rules.error).toBeGreaterThan(10);
    expect(err).toContain('PATCH /api/v1/contacts/… got no response 3 times in a row');
    expect(seconds).toBeLessThan(100);
  });
});
