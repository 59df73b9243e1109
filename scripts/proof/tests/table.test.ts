import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../../openapi/register.ts';
import type { FaultResult } from '../fleet/result.ts';
import { makeMatrix } from '../table/matrix.ts';
import { quote } from '../table/publish.ts';
import { row } from '../table/rows.ts';
import { holds, type Figures } from '../table/summary.ts';

const sound: Figures = {
  ...{ statements: 2, broken: 2, faults: 3, killed: 3, mutants: 9, mutantsFound: 100 },
  ...{ unexplained: 0, notJudged: 0, variants: 4, cleared: 4, runs: 5, steady: 5 },
};

describe('the table of the proof', () => {
  it.each([
    ['a statement that no server breaks', { broken: 1 }],
    ['a faulty server that got away', { killed: 2 }],
    ['a mutant that nobody explains', { unexplained: 1 }],
    ['a mutant that was not judged', { notJudged: 1 }],
    ['a lawful variant that was accused', { cleared: 3 }],
    ['a run that found something in an honest server', { steady: 4 }],
  ])('does not hold with %s', (_, flaw) => {
    expect(holds(sound)).toBe(true);
    expect(holds({ ...sound, ...flaw })).toBe(false);
  });

  it('puts each server beside the statement that it breaks, with all that saw it', () => {
    const entry = (id: Requirement['id'], more: Partial<Requirement> = {}): Requirement => ({
      ...{ id, area: 'CON', level: 'MUST', source: 'Contacts', statement: 'So it is.' },
      concerns: ['getContact'],
      ...more,
    });
    const kill = { rule: 'contacts/one', expected: 'this', actual: 'that' };
    const result: FaultResult = {
      ...{ fault: 'contacts/lost', breaks: 'LG-CON-001', does: 'loses one' },
      ...{ kills: [kill, null], requests: 1, milliseconds: 1 },
    };
    const register = [
      entry('LG-CON-001'),
      entry('LG-CON-002'),
      entry('LG-CON-003', { unobservable: 'Nobody sees it.' }),
      entry('LG-CON-004', { level: 'SHOULD' }),
    ];
    const matrix = makeMatrix(register, { faults: [result] }, { peers: [] });
    expect(matrix.map(({ requirement, faults: cells }) => [requirement, cells.length])).toEqual([
      ['LG-CON-001', 1],
      ['LG-CON-002', 0],
    ]);
    expect(matrix[0]?.faults[0]).toMatchObject({ killed: false, by: ['contacts/one'], peers: [] });
  });

  it('keeps a cell in its place, whatever stands in it', () => {
    expect(row('a|b', 'two\nlines')).toBe('| a\\|b | two lines |');
  });

  it('has its head line quoted where the README keeps the place for it', () => {
    const readme = 'Before.\n\n<!-- proof -->\n\n> Old.\n\n<!-- /proof -->\n\nAfter.\n';
    const quoted = quote(readme, 'All $1 is well');
    expect(quoted).toContain('<!-- proof -->\n\n> All $1 is well.\n\n<!-- /proof -->');
    expect(quoted).toMatch(/^Before[^]*After\.\n$/);
    expect(quoted).not.toContain('Old');
  });
});
