import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../conformance/outcome.ts';
import type { Exchange } from '../../../conformance/world/exchange.ts';
import type { Requirement } from '../../../openapi/register.ts';
import { findKill } from '../fleet/kill.ts';

const requirement: Requirement = {
  id: 'LG-CON-001',
  area: 'CON',
  level: 'MUST',
  source: 'Contacts',
  statement: 'A contact is a contact.',
  concerns: ['getContact'],
};

const exchange = (operation: Exchange['operation'], status: number): Exchange => ({
  operation,
  request: { method: 'GET', url: 'http://127.0.0.1/', headers: {}, body: new Uint8Array() },
  response: { status, headers: {}, body: '' },
  ...{ json: undefined, startedAt: 0, milliseconds: 0 },
});

const failed = (changes: Partial<Outcome>, ...exchanges: Exchange[]): Outcome => ({
  ...{ id: 'contacts/one', level: 'MUST', verifies: ['LG-CON-001'], sentence: '', exchanges: 1 },
  ...{ outcome: 'failed', reason: undefined },
  counterexample: { expected: 'this', actual: 'that', exchanges, falsification: undefined },
  ...changes,
});

const knowledge = {
  operations: new Set(['getContact', 'createContact']),
  provoking: new Set(['errors/internal']),
};
const kill = (outcome: Outcome) => findKill(requirement, [outcome], knowledge);

describe('a kill', () => {
  it('is a failed rule that verifies the requirement, on an exchange that it concerns', () => {
    expect(kill(failed({}, exchange('getContact', 200)))).toEqual({
      ...{ rule: 'contacts/one', expected: 'this', actual: 'that' },
    });
  });

  it('is no failure of a rule that verifies something else', () => {
    expect(kill(failed({ verifies: ['LG-CON-002'] }, exchange('getContact', 200)))).toBeUndefined();
  });

  it('is no deviation from a decision', () => {
    expect(kill(failed({ level: 'SHOULD' }, exchange('getContact', 200)))).toBeUndefined();
  });

  it('is no rule that broke down or passed', () => {
    expect(kill(failed({ outcome: 'error' }, exchange('getContact', 200)))).toBeUndefined();
    expect(kill(failed({ outcome: 'passed' }, exchange('getContact', 200)))).toBeUndefined();
  });

  it('is nothing that was seen at other operations alone', () => {
    expect(kill(failed({}, exchange('createContact', 201)))).toBeUndefined();
  });

  it('is no crash, unless the rule asked the server to fail', () => {
    const crash = [exchange('createContact', 500), exchange('getContact', 200)];
    expect(kill(failed({}, ...crash))).toBeUndefined();
    expect(kill(failed({ id: 'errors/internal' }, ...crash))).toBeDefined();
  });
});
