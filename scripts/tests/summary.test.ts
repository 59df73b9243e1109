import { describe, expect, it } from 'vitest';
import { slowestFiles, textLine } from '../cli/test-summary.ts';

const results = (passed: number, failed: number, unloaded: number): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: Array.from({ length: unloaded }, () => ({
      status: 'failed',
      assertionResults: [],
    })),
  });

describe('The last line of a run', () => {
  it('counts the tests that passed and failed.', () => {
    expect(textLine(results(12, 0, 0), 0)).toBe('12 passed, 0 failed');
    expect(textLine(results(10, 2, 0), 1)).toBe('10 passed, 2 failed');
  });

  it('counts a test file that could not be loaded as a failure.', () => {
    expect(textLine(results(10, 0, 1), 1)).toBe('10 passed, 1 failed');
  });

  it('reports a failure when a gate failed before any test ran.', () => {
    expect(textLine(undefined, 1)).toBe('0 passed, 1 failed');
  });
});

it('The slowest files come first, with their seconds.', () => {
  const file = (name: string, seconds: number) => ({
    ...{ name: `/kit/${name}`, startTime: 1000, endTime: 1000 + seconds * 1000 },
    ...{ status: 'passed', assertionResults: [{}] },
  });
  const text = JSON.stringify({
    ...{ numPassedTests: 3, numFailedTests: 0 },
    testResults: [file('a.test.ts', 1.5), file('b.test.ts', 12), file('c.test.ts', 0.2)],
  });
  expect(slowestFiles(text, '/kit', 2)).toEqual(['   12.0 s  b.test.ts', '    1.5 s  a.test.ts']);
});
