import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { determineHitLimitReached } from '@stryker-mutator/api/test-runner';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgePaths, takeFingerprint } from '../mutation/results.ts';
import { statusToKeep } from '../mutation/stryker-plugin.ts';

describe('The fingerprint of contract, server and rules', () => {
  const root = mkdtempSync(join(tmpdir(), 'fingerprint-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const changedBy = (path: string): boolean => {
    const before = takeFingerprint(root);
    write(path, 'something else');
    return takeFingerprint(root) !== before;
  };

  it('changes with each of them, and not with their tests', () => {
    onTestFinished(() => {
      rmSync(root, { recursive: true });
    });
    const files = ['conformance/rules/one.ts', 'openapi/openapi.yaml', 'reference-server/app.ts'];
    const judge = 'scripts/proof/mutation/judge.ts';
    const test = 'reference-server/tests/app.test.ts';
    for (const path of [...files, ...judgePaths, test]) write(path, 'something');
    expect([...files, judge].map(changedBy)).toEqual([true, true, true, true]);
    expect(changedBy(test)).toBe(false);
  });
});

describe('A mutant that took too long', () => {
  it('is found when its code was executed too often, and is not judged when it was merely slow', () => {
    const endless = determineHitLimitReached(101, 100);
    expect(statusToKeep('Timeout', endless?.reason)).toBe('Timeout');
    expect(statusToKeep('Timeout', 'It took an hour.')).toBe('Pending');
    expect(statusToKeep('Survived')).toBe('Survived');
  });
});
