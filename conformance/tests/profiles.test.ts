import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../report/report.ts';
import { readOrder } from '../rules/order.ts';
import { profiles, rulesOfProfile } from '../runner/selection.ts';
import { callCommand } from './call-command.ts';

/** A run of a profile at the reference server. */
const runProfile = async (name: 'smoke' | 'quick', seed: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  const file = join(folder, 'report.json');
  const flags = ['--profile', name, '--seed', String(seed), '--report', `json:${file}`];
  const { code } = await callCommand([...flags, '--report', 'pretty']);
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  rmSync(folder, { recursive: true });
  return { code, report };
};

describe.each(['smoke', 'quick'] as const)('--profile %s', { timeout: 120_000 }, (name) => {
  it.each([3, 77])('passes within its requests, with seed %d', async (seed) => {
    const { code, report } = await runProfile(name, seed);
    expect(code).toBe(0);
    expect(report.verdict).toBe('conformant');
    expect(report.counts.exchanges).toBeLessThanOrEqual(profiles[name].requests);
    const ids = rulesOfProfile(name, readOrder())?.ids;
    const outcomes = report.rules.filter(({ id }) => ids?.has(id)).map(({ outcome }) => outcome);
    expect(new Set(outcomes)).toEqual(new Set(['passed']));
    const others = report.rules.filter(({ outcome }) => outcome === 'omitted');
    expect(others.length).toBeGreaterThan(0);
    for (const { reason } of others) expect(reason).toContain(`Not in --profile ${name}`);
  });
});
