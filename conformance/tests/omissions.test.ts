import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { Breakdown } from '../errors.ts';
import { readCoverage } from '../report/verdict.ts';
import { readScope } from '../runner/selection.ts';

const contract = readContract();
const register = readRegister();
const scope = (...omissions: Parameters<typeof readScope>[2]) =>
  readScope(contract, register, omissions);

describe('what a target is not judged by', () => {
  it('is nothing, unless it was declared', () => {
    const { operations, omitted } = scope();
    expect(operations).toHaveLength(Object.keys(contract.operations).length);
    expect(omitted.size).toBe(0);
  });

  it('is a requirement by its id, with the reason given', () => {
    const { omitted } = scope({ requirements: ['LG-AUT-001'], reason: 'A gateway does it.' });
    expect([...omitted]).toEqual([['LG-AUT-001', 'A gateway does it.']]);
  });

  it('is a whole area by a star', () => {
    const { omitted } = scope({ requirements: ['LG-NOT-*'], reason: 'No notes.' });
    const notes = register.filter(({ area }) => area === 'NOT');
    expect(omitted.size).toBe(notes.length);
  });

  it('is an operation, with the requirements that concern nothing else', () => {
    const { operations, omitted } = scope({ operations: ['listFlows'], reason: 'No flows.' });
    expect(operations.map(({ id }) => id)).not.toContain('listFlows');
    const about = register.filter(({ concerns }) => concerns.includes('listFlows'));
    for (const { id, concerns } of about) expect(omitted.has(id)).toBe(concerns.length === 1);
  });

  it('never silently is something that does not exist', () => {
    expect(() => scope({ operations: ['listFlow'], reason: 'A slip.' })).toThrow(Breakdown);
    expect(() => scope({ requirements: ['LG-XYZ-001'], reason: 'A slip.' })).toThrow('LG-XYZ-001');
  });

  it('does not hide a requirement that was seen to be broken', () => {
    const { omitted } = scope({ requirements: ['LG-AUT-001'], reason: 'A gateway does it.' });
    const outcome = {
      id: 'authentication/missing-key',
      level: 'MUST',
      verifies: ['LG-AUT-001'],
      sentence: '',
      outcome: 'failed',
      reason: undefined,
      exchanges: 1,
      counterexample: undefined,
    } as const;
    const states = readCoverage(register, [outcome], omitted);
    expect(states.find(({ id }) => id === 'LG-AUT-001')?.state).toBe('failed');
  });
});
