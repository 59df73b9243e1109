import { describe, expect, it } from 'vitest';
import type { FaultResult } from '../fleet/result.ts';
import { makeMatrix } from '../table/matrix.ts';
import { readRegister, type Requirement } from '../../../openapi/register.ts';
import { faults } from '../fleet/faults/index.ts';
import { compose, quote, readPresent } from '../table/publish.ts';
import { row } from '../table/rows.ts';
import { makeProof } from '../table/summary.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { present, soundRecords } from './sound-records.ts';

describe('the table of the proof', () => {
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

  it('is composed for people, for programs and for the README', () => {
    const register = readRegister().filter(({ id }) => id === 'LG-CON-001');
    const proof = makeProof(register, soundRecords, present);
    const [markdown = '', json = '', readme = ''] = compose(proof).values();
    for (const text of [markdown, json, readme]) expect(text).toContain(proof.headline);
    expect(markdown).toContain('| **suite** | 0 | 1 | 0 | 0 | all |');
    expect(markdown).not.toContain('does not hold');
  });

  it('tells what keeps the proof from holding', () => {
    const proof = makeProof([], soundRecords, { ...present, variants: [] });
    const [markdown = ''] = compose(proof).values();
    expect(markdown).toContain('It does not hold:\n\n- The variants are others');
  });

  it('is held against the fleet and the variants as they are now', () => {
    const register = readRegister();
    const now = readPresent(register);
    expect(now.faults).toEqual(faults.map(({ id }) => id));
    const alone = readCatalogue(register).variants.map(({ id }) => id);
    expect(now.variants).toEqual(expect.arrayContaining([...alone, 'covering/1', 'random/1']));
  });
});
