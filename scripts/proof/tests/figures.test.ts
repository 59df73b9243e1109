import { expect, it } from 'vitest';
import { median } from '../table/figures.ts';

it.each([
  [[], undefined],
  [[7], 7],
  [[9, 1, 2], 2],
  [[10.4, 1, 10.1, 100], 10.3],
  [[10, 9], 9.5],
])('has the middle of %j for its median', (numbers, middle) => {
  expect(median(numbers)).toBe(middle);
});
