import { expect, it } from 'vitest';
import { addRun, isClean, seedsLeft } from '../flakiness/run.ts';

it.each([
  ['passed all its rules', { exitCode: 0, notPassed: [] }, true],
  ['reported a deviation', { exitCode: 0, notPassed: ['contacts/order failed'] }, false],
  ['left no report', { exitCode: 0, notPassed: ['no report: '] }, false],
  ['called the server non-conformant', { exitCode: 1, notPassed: ['contacts/one failed'] }, false],
  ['was stopped from outside', { exitCode: null, notPassed: [] }, false],
])('a run that %s is clean or not', (_, run, expected) => {
  expect(isClean(run)).toBe(expected);
});

it('runs continue with the remaining seeds, and are ordered by seed', () => {
  const run = (seed: number) => ({ seed, exitCode: 0, notPassed: [], exchanges: 1, seconds: 1 });
  const runs = addRun(addRun([run(5)], run(3)), run(4));
  expect(runs.map(({ seed }) => seed)).toEqual([3, 4, 5]);
  expect(seedsLeft({ from: 2, times: 5 }, runs)).toEqual([2, 6]);
  expect(seedsLeft({ from: 1, times: 2 }, [])).toEqual([1, 2]);
});
