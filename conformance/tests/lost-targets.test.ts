import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultyProxy } from '../faults/faulty-proxy.ts';
import type { Fault } from '../faults/inject.ts';
import type { Report } from '../report/report.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { callInProcess } from './call-command.ts';

/** From the so many-th request on, a request ends so. */
const after = (requests: number, end: Fault): Fault => {
  let count = 0;
  return (fetch, name) => {
    const broken = end(fetch, name);
    return (request, signal) => {
      count += 1;
      return count > requests ? broken(request, signal) : fetch(request, signal);
    };
  };
};

const hang: Fault = () => () => new Promise(() => undefined);
const reset: Fault = () => () => Promise.reject(new Error('The connection is reset.'));
const answerWith =
  (status: number, headers: Readonly<Record<string, string>> = {}): Fault =>
  () =>
  () => {
    const body = JSON.stringify({ error: { code: 'internal_error', message: 'No.' } });
    return Promise.resolve(
      new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } }),
    );
  };

describe('a target that is lost during a run', { timeout: 120_000 }, () => {
  let folder: string;
  let server: EmbeddedServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lost-targets-'));
    server = await startReferenceServer();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const run = async (fault: Fault | undefined, ...more: readonly string[]) => {
    const proxy = await startFaultyProxy(server.url);
    proxy.inject(fault);
    const file = join(folder, `${randomUUID()}.json`);
    const began = Date.now();
    const words = ['--target', proxy.url, '--control', server.controlUrl, '--report'];
    const flags = ['--only', 'contacts', '--runs', '1', '--timeout', '5000', ...more];
    const { code, err } = await callInProcess([...words, `json:${file}`, ...flags]);
    await proxy.close();
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    return { code, err, report, seconds: (Date.now() - began) / 1_000 };
  };

  it.each([
    ['hangs', hang, /The target stopped answering at \d\d:\d\d, after \d+ requests\./],
    ['resets every connection', reset, /The target stopped answering at/],
    ['is away behind its gateway', answerWith(503), /The target stopped answering at/],
    ['answers only errors', answerWith(500), /has answered nothing but errors since \d\d:\d\d/],
    [
      'answers only 429',
      answerWith(429, { 'retry-after': '4' }),
      /has answered only 429 since \d\d:\d\d, after \d+ requests\./,
    ],
  ] as const)('ends it with 4 and one line when it %s', async (_, end, line) => {
    const { code, err, report, seconds } = await run(after(200, end));
    expect(err).toMatch(line);
    expect([code, report.verdict, report.breakdown?.exitCode]).toEqual([4, null, 4]);
    expect(report.breakdown?.message).toMatch(line);
    expect(report.counts.rules.passed).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(60);
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
