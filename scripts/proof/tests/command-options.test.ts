import { afterEach, expect, it, vi } from 'vitest';
import { newCommand } from '../../cli/command.ts';
import { selectOrExit } from '../harness/command-options.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const named = [
  ['contacts/lost LG-CON-001', 1],
  ['notes/lost LG-NOT-001', 2],
] as const;

it('selects those whose name contains a text', () => {
  expect(selectOrExit(newCommand('proof:faulty-servers', ''), 'LG-CON', named)).toEqual([1]);
  expect(selectOrExit(newCommand('proof:faulty-servers', ''), '', named)).toEqual([1, 2]);
});

it('reports a text that no name contains as a usage error', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${String(code)}`);
  });
  expect(() => selectOrExit(newCommand('proof:faulty-servers', ''), 'NOPE', named)).toThrow(
    'exit 2',
  );
  expect(exit).toHaveBeenCalledWith(2);
  expect(String(written.mock.calls[0]?.[0])).toContain('None of the 2 has a name with "NOPE"');
});
