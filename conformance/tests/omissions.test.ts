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

describe('the omissions of a target', () => {
  it('are empty by default', () => {
    const { operations, omitted } = scope();
    expect(operations).toHaveLength(Object.keys(contract.operations).length);
    expect(omitted.size).toBe(0);
  });

  it('may name a requirement by its id, with a reason', () => {
    const { omitted } = scope({ requirements: ['LG-AUT-001'], reason: 'A gateway does it.' });
    expect([...omitted]).toEqual([['LG-AUT-001', 'A gateway does it.']]);
  });

  it('may name an area with a star', () => {
    const { omitted } = scope({ requirements: ['LG-NOT-*'], reason: 'No notes.' });
    const notes = register.filter(({ area }) => area === 'NOT');
    expect(omitted.size).toBe(notes.length);
  });

  it('may name an operation, with the requirements that concern nothing else', () => {
    const { operations, omitted } = scope({ operations: ['listFlows'], reason: 'No flows.' });
    expect(operations.map(({ id }) => id)).not.toContain('listFlows');
    const about = register.filter(({ concerns }) => concerns.includes('listFlows'));
    for (const { id, concerns } of about) expect(omitted.has(id)).toBe(concerns.length === 1);
  });

  it("are refused when they name something that doesn't exist", () => {
    expect(() => scope({ operations: ['listFlow'], reason: 'A slip.' })).toThrow(Breakdown);
    expect(() => scope({ requirements: ['LG-XYZ-001'], reason: 'A slip.' })).toThrow('LG-XYZ-001');
  });

  it("don't hide a requirement that failed", () => {
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
