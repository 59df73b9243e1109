import { describe, expect, it } from 'vitest';
import type { RequirementId } from '../../openapi/generated/requirement-ids.ts';
import { checkVerifies } from '../contract/coverage.ts';

const register = [{ id: 'LG-GEN-001' }, { id: 'LG-GEN-002' }];

describe('A requirement that a rule verifies', () => {
  it('is accepted when the register has it.', () => {
    expect(checkVerifies([{ rule: 'a/b', verifies: ['LG-GEN-001'] }], register)).toEqual([]);
  });

  it('is named with its rule when the register lacks it.', () => {
    expect(
      checkVerifies([{ rule: 'a/b', verifies: ['LG-GEN-002', 'LG-GEN-9'] }], register),
    ).toEqual(['Rule a/b verifies LG-GEN-9, which is not in the register.']);
  });

  it('does not compile when the register lacks it.', () => {
    // @ts-expect-error The type holds the ids of the register and no others.
    const unknown: RequirementId = 'LG-GEN-9';
    expect(unknown).toBe('LG-GEN-9');
  });
});
