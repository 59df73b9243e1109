import { relative } from 'node:path';

/**
 * "N passed, N failed" from the JSON of vitest (undefined if it never ran) and the check's exit
 * code. A test file that couldn't be loaded, like a gate that failed, is a failure too.
 */
export const textLine = (results: string | undefined, exitCode: number): string => {
  const { passed, failed } = results === undefined ? { passed: 0, failed: 0 } : count(results);
  return `${passed} passed, ${exitCode === 0 ? failed : Math.max(failed, 1)} failed`;
};

/** The slowest test files, one line each: `12.3 s  path`. */
export const slowestFiles = (results: string, root: string, count: number): string[] => {
  const { testResults } = JSON.parse(results) as VitestResults;
  return testResults
    .map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${relative(root, name)}`);
};

interface VitestResults {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    /** The path of the file. */
    name: string;
    /** Milliseconds since 1970. */
    startTime: number;
    endTime: number;
    status: string;
    assertionResults: unknown[];
  }[];
}

const count = (results: string): { passed: number; failed: number } => {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(results) as VitestResults;
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
};
