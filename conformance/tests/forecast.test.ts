import { describe, expect, it } from 'vitest';
import { computeForecast, type ForecastInput, formatForecast } from '../commands/forecast.ts';
import { measurePace } from '../commands/pace.ts';
import type { Probe } from '../doctor/probe.ts';
import { rules } from '../rules/index.ts';
import { readOrder } from '../rules/order.ts';
import { callInProcess } from './call-command.ts';

const costs = [
  { id: 'a/plain', requests: [100, 0], organizations: [1, 0], catches: [0, 1] },
  { id: 'a/property', requests: [10, 5], organizations: [0, 2], catches: [0, 1] },
] as const;

const input = (change: Partial<ForecastInput> = {}): ForecastInput => ({
  ...{ rules: ['a/plain', 'a/property'], costs, runs: 20, concurrency: 4 },
  ...{ freshOrganizations: true, pace: { latency: 20 } },
  ...change,
});

const textOf = (change: Partial<ForecastInput> = {}) => {
  const given = input(change);
  return formatForecast(computeForecast(given), given).join('\n');
};

describe('the forecast of a run', () => {
  it('adds up what the rules send and create, fixed and for each case', () => {
    expect(computeForecast(input())).toMatchObject({ requests: 210, organizations: 41 });
    expect(computeForecast(input({ runs: 1 }))).toMatchObject({ requests: 115, organizations: 3 });
    expect(computeForecast(input({ rules: ['a/plain'] })).requests).toBe(100);
  });

  it('takes the average for a rule that was not measured', () => {
    expect(computeForecast(input({ rules: ['a/new'] })).requests).toBe(105);
  });

  it('creates no organisations where the rules share one', () => {
    expect(computeForecast(input({ freshOrganizations: false })).organizations).toBe(0);
  });

  it('follows the pace of the target, and how many rules run at a time', () => {
    const slow = computeForecast(input({ pace: { latency: 1_000 }, concurrency: 1 }));
    expect(slow.seconds).toBeCloseTo(210, 0);
    const wide = computeForecast(input({ pace: { latency: 1_000 }, concurrency: 10 }));
    expect(wide.seconds).toBeCloseTo(21, 0);
    expect(textOf()).toBe(
      'It sends at most 210 requests in 41 new organisations.\n' +
        'That takes about 2 s at the pace of the target, 20 ms per response, 4 rules at a time.',
    );
  });

  it('respects --max-rps', () => {
    expect(computeForecast(input({ maxRps: 2 }))).toMatchObject({
      ...{ seconds: 105, boundBy: '--max-rps' },
    });
    expect(textOf({ maxRps: 2 })).toContain('about 105 s with --max-rps 2.');
  });

  it('waits for the windows of a rate limit that the rules share', () => {
    const pace = { latency: 1, limit: 50 };
    expect(computeForecast(input({ pace })).boundBy).toBeUndefined();
    const shared = input({ pace, freshOrganizations: false });
    expect(computeForecast(shared)).toMatchObject({ seconds: 240, boundBy: 'rate limit' });
    expect(textOf(shared)).toBe(
      'It sends at most 210 requests.\n' +
        'That takes about 4 min within its rate limit, 50 requests in 60 s.',
    );
    const longer = input({ pace: { ...pace, windowSeconds: 3_600 }, freshOrganizations: false });
    expect(textOf(longer)).toContain('about 4 h within its rate limit, 50 requests in 3600 s.');
  });

  it('says that the time is unknown where nothing was measured', () => {
    expect(textOf({ pace: undefined })).toContain('How long that takes is unknown');
  });
});

describe('doctor', () => {
  it('says with --profile what the run itself will say', async () => {
    const figures = /It sends at most [\d,]+ requests in [\d,]+ new organisations\./;
    const run = ['--profile', 'smoke', '--max-requests', '1', '--report', 'github'];
    const said = (await callInProcess(run)).err.match(figures)?.[0];
    expect(said).toBeDefined();
    const { out } = await callInProcess(['doctor', '--profile', 'smoke']);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`A run with --profile smoke: ${said ?? ''}`);
    expect((await callInProcess(['doctor'])).out).not.toContain('It sends');
  });
});

describe('the pace of a target', () => {
  const answering =
    (latencies: readonly (number | undefined)[], limit?: string): Probe =>
    (_, key) => {
      const [latency, ...rest] = latencies;
      latencies = rest;
      if (latency === undefined) return Promise.reject(new Error('refused'));
      const headers = new Headers(limit && key ? { 'x-ratelimit-limit': limit } : {});
      return Promise.resolve({
        ...{ asked: '', status: 200, headers, json: {}, text: '{}' },
        ...{ sentAt: 1_000, receivedAt: 1_000 + latency },
      });
    };

  it('is the median of the first responses', async () => {
    expect(await measurePace(answering([90, 5, 7]), undefined)).toEqual({ latency: 7 });
  });

  it('has the rate limit that the responses show', async () => {
    expect(await measurePace(answering([1, 1, 1], '600'), 'k')).toEqual({ latency: 1, limit: 600 });
    expect(await measurePace(answering([1, 1, 1], 'many'), 'k')).toEqual({ latency: 1 });
  });

  it('is unknown without a response, and known after one', async () => {
    expect(await measurePace(answering([undefined]), undefined)).toBeUndefined();
    expect(await measurePace(answering([30, undefined]), undefined)).toEqual({ latency: 30 });
  });
});

describe('the measured costs', () => {
  it('are of rules that exist, each once, and of most of them', () => {
    const ids = readOrder().map(({ id }) => id);
    const checks = rules.filter(({ kind }) => kind === 'check').map(({ id }) => id);
    expect(ids.filter((id) => !checks.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(checks.length * 0.8);
  });

  it('are numbers of at least zero, and no rule is free', () => {
    const free = readOrder().filter(({ requests: [fixed, perCase] }) => fixed + perCase <= 0);
    expect(free.map(({ id }) => id)).toEqual([]);
  });
});
