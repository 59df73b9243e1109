import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { startFaultyProxy } from '../faults/faulty-proxy.ts';
import type { Fault } from '../faults/inject.ts';
import type { Report } from '../report/report.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { callInProcess } from './call-command.ts';

/** From the so many-th request on, a request ends so. */
export const after = (requests: number, end: Fault): Fault => {
  let count = 0;
  return (fetch, name) => {
    const broken = end(fetch, name);
    return (request, signal) => {
      count += 1;
      return count > requests ? broken(request, signal) : fetch(request, signal);
    };
  };
};

export const hang: Fault = () => () => new Promise(() => undefined);
export const reset: Fault = () => () => Promise.reject(new Error('The connection is reset.'));
export const answerWith =
  (status: number, headers: Readonly<Record<string, string>> = {}): Fault =>
  () =>
  () => {
    const body = JSON.stringify({ error: { code: 'internal_error', message: 'No.' } });
    return Promise.resolve(
      new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } }),
    );
  };

/** A way to run rules about contacts at a target with a fault; for the tests of one file. */
export const prepareRuns = () => {
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
  return async (fault: Fault | undefined, ...more: readonly string[]) => {
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
};

type EndedRun = Awaited<ReturnType<ReturnType<typeof prepareRuns>>>;

/** The run ended for its target, with 4 and this line, and its report says so and what passed. */
export const expectEnded = ({ code, err, report, seconds }: EndedRun, line: RegExp): void => {
  expect(err).toMatch(line);
  expect([code, report.verdict, report.breakdown?.exitCode]).toEqual([4, null, 4]);
  expect(report.breakdown?.message).toMatch(line);
  expect(report.counts.rules.passed).toBeGreaterThan(0);
  expect(report.counts.rules.error).toBe(0);
  expect(seconds).toBeLessThan(60);
};
