import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { type Permit, readRegister, type Requirement } from '../../openapi/register.ts';
import { readAcceptances } from '../contract/permitted-responses.ts';

const contract = readContract();

const decision = (permits: Permit): Requirement => ({
  id: 'LG-GEN-050',
  area: 'GEN',
  level: 'SHOULD',
  source: 'Overview',
  statement: 'It is so.',
  since: '0.1.0',
  concerns: ['all'],
  why: 'Because.',
  alternatives: [{ statement: 'It is otherwise.', permits }],
});

describe('what contract and register accept', () => {
  it('returns the responses of the contract', () => {
    const { of } = readAcceptances(contract, []);
    expect(of('createDossier', 201)).toMatchObject({ success: true, decided: true });
    expect(of('createDossier', 400)).toMatchObject({ success: false, codes: ['invalid_body'] });
    expect(of('createDossier', 200)).toBeUndefined();
    expect(of('getDossier', 418)).toBeUndefined();
  });

  it('accepts an alternative status as a success', () => {
    const { of } = readAcceptances(contract, [
      decision({ operations: ['createDossier'], status: 200, as: 201 }),
    ]);
    expect(of('createDossier', 200)).toMatchObject({ success: true, decided: false });
    expect(of('createDossier', 200)?.response?.status).toBe(201);
    expect(of('createContact', 200)).toBeUndefined();
  });

  it('accepts an alternative refusal, with its own code or any', () => {
    const permits: Permit = { operations: ['*'], status: 415, code: 'any' };
    const { of } = readAcceptances(contract, [decision(permits)]);
    const accepted = of('createDossier', 415);
    expect(accepted).toMatchObject({ success: false, decided: false, codes: undefined });
  });

  it('accepts an alternative code for a status of the contract', () => {
    const permits: Permit = { operations: ['*'], status: 400, code: 'any' };
    const { of } = readAcceptances(contract, [decision(permits)]);
    expect(of('createDossier', 400)).toMatchObject({ decided: true, codes: undefined });
    expect(of('createDossier', 403)).toMatchObject({ decided: true, codes: ['forbidden'] });
  });

  it('returns on which responses a header may be missing', () => {
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

  it('reads the allowed refusals from a decision and its alternatives', () => {
    const { refusals } = readAcceptances(contract, readRegister());
    expect(refusals('createDossier', 'LG-DOS-027')).toEqual([400, 404, 422]);
    expect(refusals('updateDossier', 'LG-DOS-085')).toEqual([400, 404, 422]);
    expect(refusals('createDossier', 'LG-CV-020')).toEqual([400, 413, 422]);
    // Only a 400 may be a 422 instead, and other operations aren't concerned.
    expect(refusals('archiveDossier', 'LG-DOS-099')).toEqual([404, 409]);
    expect(refusals('getDossier', 'LG-DOS-099')).toEqual([]);
  });

  it('does not take the status of a success for a refusal', () => {
    const permits: Permit = { operations: ['createDossier'], status: 200, as: 201 };
    const { refusals } = readAcceptances(contract, [decision(permits)]);
    expect(refusals('createDossier', 'LG-GEN-050')).toEqual([]);
  });

  it.each(['LG-DOS-026', 'LG-DOS-054', 'LG-DOS-084', 'LG-LNK-012'] as const)(
    'fits the statuses that %s names',
    (id) => {
      const register = readRegister();
      const { refusals } = readAcceptances(contract, register);
      const entry = register.find((one) => one.id === id);
      const decisions = {
        'LG-DOS-026': ['createDossier', 'LG-DOS-027'],
        'LG-DOS-054': ['createDossier', 'LG-DOS-055'],
        'LG-DOS-084': ['updateDossier', 'LG-DOS-085'],
        'LG-LNK-012': ['linkDossierContact', 'LG-LNK-013'],
      } as const;
      const named = entry?.statement.match(/\b4\d\d\b/g)?.map(Number);
      const [operation, decided] = decisions[id];
      expect(refusals(operation, decided)).toEqual(named);
    },
  );
});
