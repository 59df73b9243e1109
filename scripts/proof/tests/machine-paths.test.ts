import { expect, it } from 'vitest';
import { type MachinePaths, removeMachinePaths } from '../harness/machine-paths.ts';

const places: MachinePaths = {
  root: '/home/me/kit',
  temporary: ['/private/tmp', '/tmp'],
  home: '/home/me',
};

it.each([
  ['/home/me/kit/openapi/a.yaml', 'openapi/a.yaml'],
  ['at file:///home/me/kit/scripts/a.ts:3:4', 'at file://scripts/a.ts:3:4'],
  ['cwd: "/home/me/kit"', 'cwd: "."'],
  ['/home/me/kit-2/a.ts', '~/kit-2/a.ts'],
  ['/home/me/.npm/_logs', '~/.npm/_logs'],
  ['no report in /tmp/flakiness-x1Y2z3/report.json', 'no report in (temporary)/report.json'],
  ['/private/tmp/kit-1: gone', '(temporary): gone'],
  ['"/tmp"', '"(temporary)"'],
  ['/tmpfs/a', '/tmpfs/a'],
])('%s becomes %s', (text, expected) => {
  expect(removeMachinePaths(text, places)).toBe(expected);
});

it('a machine whose home is the root keeps its slashes', () => {
  expect(removeMachinePaths('a/b and /c', { ...places, home: '/' })).toBe('a/b and /c');
});
