import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../conformance/http/exchange.ts';
import type { Counterexample, Outcome } from '../../../conformance/runner/outcome.ts';
import type { OperationId } from '../../../openapi/contract.ts';
import type { Requirement } from '../../../openapi/register.ts';
import { findCatch } from '../faulty-servers/catch.ts';

const about = (...concerns: Requirement['concerns']): Requirement => ({
  ...{ id: 'LG-CON-001', area: 'CON', level: 'MUST', source: 'Contacts' },
  ...{ statement: 'A contact is a contact.', since: '0.1.0', concerns },
});

const exchange = (method: string, status: number, operation?: OperationId): Exchange => ({
  operation,
  request: { method, url: 'http://127.0.0.1/', headers: {}, body: new Uint8Array() },
  response: { status, headers: {}, body: '' },
  ...{ json: undefined, startedAt: 0, milliseconds: 0 },
});

const create = exchange('POST', 201, 'createContact');
const link = exchange('POST', 201, 'linkDossierContact');
const get = exchange('GET', 200, 'getContact');
const list = exchange('GET', 200, 'listContacts');
const delivery: Exchange = { ...exchange('POST', 200), received: true };

const failed = (changes: Partial<Outcome>, counterexample: Partial<Counterexample>): Outcome => ({
  ...{ id: 'contacts/one', level: 'MUST', verifies: ['LG-CON-001'], sentence: '', exchanges: 1 },
  ...{ outcome: 'failed', reason: undefined },
  counterexample: {
    ...{ expected: 'this', actual: 'that', exchanges: [], falsification: undefined },
    ...counterexample,
  },
  ...changes,
});

const knowledge = {
  operations: new Set(['getContact', 'listContacts', 'createContact', 'linkDossierContact']),
  failureRules: new Set(['errors/internal']),
  unfit: new Set(['contacts/unfit']),
};

const catches = (
  requirement: Requirement,
  counterexample: Partial<Counterexample>,
  changes: Partial<Outcome> = {},
) => findCatch(requirement, [failed(changes, counterexample)], knowledge) !== undefined;

describe('a catch', () => {
  const catchesBy = (changes: Partial<Outcome>) =>
    catches(about('getContact'), { exchanges: [get] }, changes);

  it('is a failed rule that verifies the requirement, and has its counterexample', () => {
    const outcome = failed({}, { exchanges: [get] });
    expect(findCatch(about('getContact'), [outcome], knowledge)).toEqual({
      ...{ rule: 'contacts/one', expected: 'this', actual: 'that' },
    });
  });

  it('is not the failure of a rule that verifies something else', () => {
    expect(catchesBy({ verifies: ['LG-CON-002'] })).toBe(false);
  });

  it('is not a deviation from a decision', () => {
    expect(catchesBy({ level: 'SHOULD' })).toBe(false);
  });

  it('is not a rule that broke down or passed', () => {
    expect(catchesBy({ outcome: 'error' })).toBe(false);
    expect(catchesBy({ outcome: 'passed' })).toBe(false);
  });

  it('is not a rule that the unmodified server did not pass', () => {
    expect(catchesBy({ id: 'contacts/unfit' })).toBe(false);
  });

  it('is not a crash, unless the rule requested the failure', () => {
    const crash = { exchanges: [exchange('POST', 500, 'createContact'), get] };
    expect(catches(about('getContact'), crash)).toBe(false);
    expect(catches(about('getContact'), crash, { id: 'errors/internal' })).toBe(true);
  });
});

describe('the exchanges of a catch', () => {
  it('is the last exchange, and no read before a write', () => {
    expect(catches(about('getContact'), { exchanges: [create, get] })).toBe(true);
    expect(catches(about('getContact'), { exchanges: [get, create] })).toBe(false);
    expect(catches(about('linkDossierContact'), { exchanges: [create, get] })).toBe(false);
  });

  it('is the latest write, whose effect is read, and no write that prepared it', () => {
    expect(catches(about('linkDossierContact'), { exchanges: [create, link, list, get] })).toBe(
      true,
    );
    expect(catches(about('createContact'), { exchanges: [create, link, list, get] })).toBe(false);
  });

  it('is the latest writes, if several were simultaneous', () => {
    const [first, second] = [create, link].map((one) => ({ ...one, milliseconds: 1 }));
    const race = { exchanges: [get, first, second, list] as Exchange[] };
    expect(catches(about('createContact'), race)).toBe(true);
    expect(catches(about('linkDossierContact'), race)).toBe(true);
    expect(catches(about('getContact'), race)).toBe(false);
  });

  it('is no read before the last one', () => {
    expect(catches(about('getContact'), { exchanges: [create, get, list] })).toBe(false);
  });

  it('is no read before the one that was judged', () => {
    const seen = { exchanges: [create, get, list], judged: { exchange: list } };
    expect(catches(about('getContact'), seen)).toBe(false);
    expect(catches(about('listContacts'), seen)).toBe(true);
    expect(catches(about('createContact'), seen)).toBe(true);
  });

  it('are only the write that was judged', () => {
    const seen = { exchanges: [create, link], judged: { exchange: link } };
    expect(catches(about('linkDossierContact'), seen)).toBe(true);
    expect(catches(about('createContact'), seen)).toBe(false);
  });

  it('is any exchange, for a requirement about all operations', () => {
    expect(catches(about('all'), { exchanges: [create, get] })).toBe(true);
    expect(catches(about('all'), { exchanges: [] })).toBe(true);
    const judged = { missing: 'dossier.created' } as const;
    expect(catches(about('all'), { exchanges: [create], judged })).toBe(false);
  });
});

describe('a catch for a statement about events', () => {
  it('is seen at a delivery, and at no other exchange', () => {
    expect(catches(about('events'), { exchanges: [create, delivery] })).toBe(true);
    expect(catches(about('dossier.created'), { exchanges: [create, delivery] })).toBe(true);
    expect(catches(about('events'), { exchanges: [create] })).toBe(false);
    expect(catches(about('events'), { exchanges: [delivery, create, get] })).toBe(false);
    const judged = { exchange: get };
    expect(catches(about('events'), { exchanges: [create, delivery, get], judged })).toBe(false);
  });

  it('is a missing event that the requirement is about', () => {
    const judged = { missing: 'dossier.created' } as const;
    expect(catches(about('events'), { exchanges: [create], judged })).toBe(true);
    expect(catches(about('dossier.created'), { exchanges: [create], judged })).toBe(true);
    expect(catches(about('note.created'), { exchanges: [create], judged })).toBe(false);
    expect(catches(about('createContact'), { exchanges: [create], judged })).toBe(false);
  });

  it('is seen at either if operations are concerned too', () => {
    const both = about('createContact', 'dossier.created');
    expect(catches(both, { exchanges: [create] })).toBe(true);
    expect(catches(both, { exchanges: [link, delivery] })).toBe(true);
    expect(catches(both, { exchanges: [link] })).toBe(false);
  });

  it('is seen at the request that caused it if only operations are concerned', () => {
    expect(catches(about('createContact'), { exchanges: [create, delivery] })).toBe(true);
    expect(catches(about('linkDossierContact'), { exchanges: [create, delivery] })).toBe(false);
  });
});
