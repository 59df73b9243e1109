import { expect, it } from 'vitest';
import { isSteady } from '../steadiness/result.ts';

it.each([
  ['passed all its rules', { exitCode: 0, unsteady: [] }, true],
  ['saw a decision taken otherwise', { exitCode: 0, unsteady: ['contacts/order failed'] }, false],
  ['left no report', { exitCode: 0, unsteady: ['no report: '] }, false],
  ['called the server non-conformant', { exitCode: 1, unsteady: ['contacts/one failed'] }, false],
  ['was ended from outside', { exitCode: null, unsteady: [] }, false],
])('a run that %s is steady or not', (_, run, expected) => {
  expect(isSteady(run)).toBe(expected);
});
