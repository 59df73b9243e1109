import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../report/report.ts';
import { rules } from '../rules/index.ts';
import { callCommand } from './call-command.ts';

/** One run of the command without a target: all rules at the same time, none may disturb another. */
describe('leadgrid-conformance without a target', () => {
  let result: Awaited<ReturnType<typeof callCommand>>;
  let report: Report;
  let outcomes: ReadonlyMap<string, Report['rules'][number]>;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-pass-'));
    const file = join(folder, 'report.json');
    result = await callCommand([
      ...['--seed', '7', '--runs', '8', '--concurrency', '16'],
      ...['--report', 'pretty', '--report', `json:${file}`],
    ]);
    report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    outcomes = new Map(report.rules.map((rule) => [rule.id, rule]));
    rmSync(folder, { recursive: true });
  }, 300_000);

  it.each(rules.map(({ id }) => id))('finds that %s passes on the reference server', (id) => {
    expect(outcomes.get(id)).toMatchObject({ outcome: 'passed' });
  });

  it('says that the reference server is conformant, and stops it', async () => {
    expect(result.code, result.out).toBe(0);
    expect(result.out).toMatch(/Verdict {7}conformant/);
    expect(report).toMatchObject({ verdict: 'conformant', seed: 7, strict: false });
    expect(report.counts.rules).toMatchObject({ failed: 0, error: 0, 'not-verified': 0 });
    expect(report.counts.requirements).toMatchObject({ 'not-verified': 0, omitted: 0 });
    expect(report.counts.exchanges).toBeGreaterThan(1_000);
    expect(report.target.remains).toBeNull();
    await expect(fetch(report.target.url)).rejects.toThrow();
  });
});
