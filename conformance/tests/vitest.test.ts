import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../faults/faulty-proxy.ts';
import { rules } from '../rules/index.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { type ConformanceOptions, describeConformance, type TestRunner } from '../vitest.ts';
import { provision } from './provision.ts';

// As a team would use it in its own tests; here with the reference server.
describeConformance(
  { only: ['authentication', 'flows'], runs: 2 },
  { describe, it, beforeAll, afterAll },
);

interface TestResult {
  readonly title: string;
  /** The error of the test; undefined when it passed. */
  readonly failure: string | undefined;
  readonly skipped: string | undefined;
}

/** Runs the tests that the host defines, as a test runner would. */
const runTests = async (options: ConformanceOptions): Promise<TestResult[]> => {
  const tests: { title: string; test: Parameters<TestRunner['it']>[1] }[] = [];
  const around: (() => Promise<void>)[] = [];
  describeConformance(options, {
    describe: (_, body) => {
      body();
    },
    it: (title, test) => tests.push({ title, test }),
    beforeAll: (open) => around.push(open),
    afterAll: (close) => around.push(close),
  });
  const [open, close] = around;
  await open?.();
  const results: TestResult[] = [];
  for (const { title, test } of tests) {
    let skipped: string | undefined;
    const skip = (note = '') => (skipped = note);
    let failure: string | undefined;
    try {
      await test({ skip });
    } catch (thrown) {
      failure = String(thrown);
    }
    results.push({ title, failure, skipped });
  }
  await close?.();
  return results;
};

describe('the rules as tests', { timeout: 120_000 }, () => {
  let server: EmbeddedServer;
  let proxy: FaultyProxy;
  beforeAll(async () => {
    server = await startReferenceServer();
    proxy = await startFaultyProxy(server.url);
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });

  const judge = async (id: string, options: ConformanceOptions = {}) => {
    const rule = rules.find((one) => one.id === id);
    if (!rule?.fault) throw new Error(`${id} has no fault between suite and server.`);
    proxy.inject(rule.fault);
    const where = { target: proxy.url, control: server.controlUrl, environment: {} };
    const tests = await runTests({ ...where, only: [id], skip: ['ambient'], seed: 1, ...options });
    expect(tests.map(({ title }) => title)).toEqual([
      `${rule.level} ${id}: ${rule.sentence}`,
      'the verdict is conformant',
    ]);
    return tests;
  };

  it('fail when the target violates a MUST, with the counterexample', async () => {
    const [result, verdict] = await judge('pagination/total');
    expect(result?.skipped).toBeUndefined();
    for (const part of [/LG-GEN-\d+ /, /expected {2}/, /actual {4}/, /\$ curl /, /repeat {4}/]) {
      expect(result?.failure).toMatch(part);
    }
    expect(result?.failure).not.toContain('lg_live_');
    expect(verdict?.failure).toContain('non-conformant');
  });

  it('are skipped when it deviates from a decision, and fail only when strict', async () => {
    const [lenient, good] = await judge('pagination/newest-first');
    expect(lenient).toMatchObject({ failure: undefined });
    expect(lenient?.skipped).toContain('A deviation from a decision.');
    expect(good?.failure).toContain('incomplete');
    const [strict, bad] = await judge('pagination/newest-first', { strict: true });
    expect(strict?.failure).toContain('repeat');
    expect(bad?.failure).toContain('non-conformant');
  });

  it('rest on the gates of the configuration', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitest-gates-'));
    const configure = (gates: object) => {
      const config = join(folder, 'leadgrid.config.json');
      writeFileSync(config, JSON.stringify({ target: proxy.url, ...gates }));
      return { config };
    };
    try {
      const [none, any] = await judge('pagination/total', configure({ failOn: 'none' }));
      expect(none?.skipped).toContain('A failure, under failOn none.');
      expect(any?.failure).toBeUndefined();
      const [newer] = await judge('pagination/total', configure({ asOf: '0' }));
      expect(newer?.skipped).toContain('A failure new since 0.');
      const [should] = await judge('pagination/newest-first', configure({ failOn: 'should' }));
      expect(should?.failure).toContain('repeat');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are skipped when a capability is missing, which the verdict then names', async () => {
    const made = await provision(server.controlUrl);
    const only = ['authentication/expired-key'];
    const environment = { LEADGRID_KEY: made };
    const tests = await runTests({ target: server.url, only, skip: ['ambient'], environment });
    const [result, verdict] = tests;
    expect(result?.skipped).toContain('LEADGRID_EXPIRED_KEY');
    expect(verdict?.failure).toContain('incomplete');
    expect(verdict?.failure).toContain('LG-AUT-008');
  });

  it('fail without a verdict when a rule ends in an error', async () => {
    const where = { target: proxy.url, control: server.controlUrl, environment: {} };
    proxy.inject(() => (request) => {
      // The run begins, and then no connection holds.
      if (/per_page=1$/.test(request.url)) return Promise.resolve(new Response('{}'));
      return Promise.reject(new Error('The connection broke.'));
    });
    const only = { only: ['flows/type-filter'], skip: ['ambient'], seed: 1, runs: 1 };
    const [result, verdict] = await runTests({ ...where, ...only });
    expect(result?.failure).toContain('failed');
    expect(verdict?.failure).toContain('There is no verdict: flows/type-filter ended in an error');
  });

  it('are not defined for unknown names', () => {
    const runner = { describe, it, beforeAll, afterAll };
    expect(() => {
      describeConformance({ only: ['pagination/totall'] }, runner);
    }).toThrow('pagination/total');
  });

  it('report why the target could not be opened', async () => {
    await expect(runTests({ target: server.url, environment: {} })).rejects.toThrow('LEADGRID_KEY');
  });
});
