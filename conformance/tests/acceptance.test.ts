import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import type { Permit, Requirement } from '../../openapi/register.ts';
import { readAcceptances } from '../world/acceptance.ts';

const contract = readContract();

const decision = (permits: Permit): Requirement => ({
  id: 'LG-GEN-050',
  area: 'GEN',
  level: 'SHOULD',
  source: 'Overview',
  statement: 'It is so.',
  concerns: ['all'],
  why: 'Because.',
  alternatives: [{ statement: 'It is otherwise.', permits }],
});

describe('what contract and register accept', () => {
  it('knows what the contract decided', () => {
    const { of } = readAcceptances(contract, []);
    expect(of('createDossier', 201)).toMatchObject({ success: true, decided: true });
    expect(of('createDossier', 400)).toMatchObject({ success: false, codes: ['invalid_body'] });
    expect(of('createDossier', 200)).toBeUndefined();
    expect(of('getDossier', 418)).toBeUndefined();
  });

  it('takes an alternative status for the success that it stands for', () => {
    const { of } = readAcceptances(contract, [
      decision({ operations: ['createDossier'], status: 200, as: 201 }),
    ]);
    expect(of('createDossier', 200)).toMatchObject({ success: true, decided: false });
    expect(of('createDossier', 200)?.response?.status).toBe(201);
    expect(of('createContact', 200)).toBeUndefined();
  });

  it('takes an alternative refusal, with a code of its own or any', () => {
    const permits: Permit = { operations: ['*'], status: 415, code: 'any' };
    const { of } = readAcceptances(contract, [decision(permits)]);
    const accepted = of('createDossier', 415);
    expect(accepted).toMatchObject({ success: false, decided: false, codes: undefined });
  });

  it('takes an alternative code for a status that the contract has', () => {
    const permits: Permit = { operations: ['*'], status: 400, code: 'any' };
    const { of } = readAcceptances(contract, [decision(permits)]);
    expect(of('createDossier', 400)).toMatchObject({ decided: true, codes: undefined });
    expect(of('createDossier', 403)).toMatchObject({ decided: true, codes: ['forbidden'] });
  });

  it('knows on which answers a header may be missing', () => {
    const permits: Permit = {
      operations: ['*'],
      header: 'X-RateLimit-Limit',
      absent: true,
      onStatus: [401],
    };
    const { mayLack } = readAcceptances(contract, [decision(permits)]);
    expect(mayLack('getDossier', 401, 'x-ratelimit-limit')).toBe(true);
    expect(mayLack('getDossier', 200, 'x-ratelimit-limit')).toBe(false);
    expect(mayLack('getDossier', 401, 'retry-after')).toBe(false);
  });
});
