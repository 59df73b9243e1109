import { describe, expect, it } from 'vitest';
import { addSight } from '../peers/measure.ts';
import { findingsIn as findingsOfNewman } from '../peers/portman/findings.ts';
import { findingsIn as findingsOfRespect } from '../peers/respect/findings.ts';
import { readViolations } from '../prism/violations.ts';
import { replacePeer, type MeasuredPeer } from '../peers/result.ts';

const begun: MeasuredPeer = {
  ...{ id: 'peer', name: 'Peer', version: '1.0.0', given: 'the bundle' },
  honest: { rounds: 2, findings: ['always', 'at times'], requests: 5, seconds: 1 },
  ...{ faults: 0, detected: [], undetected: [], requests: 0, seconds: 0 },
};

describe('What a peer says of a faulty server', () => {
  it('detects the fault when it never said so of the honest server', () => {
    const look = { findings: ['always', 'new', 'newer'], requests: 7, milliseconds: 1500 };
    expect(addSight(begun, 'answers/fault', look)).toMatchObject({
      ...{ faults: 1, requests: 7, seconds: 1.5, undetected: [] },
      detected: [{ fault: 'answers/fault', finding: 'new' }],
    });
  });

  it('detects nothing when it says so of the honest server too, even if not always', () => {
    const look = { findings: ['at times'], requests: 7, milliseconds: 1500 };
    expect(addSight(begun, 'answers/fault', look)).toMatchObject({
      ...{ faults: 1, requests: 7, detected: [] },
      undetected: [{ fault: 'answers/fault' }],
    });
  });

  it('tells why it could not look', () => {
    const sight = { findings: [], requests: 0, milliseconds: 0, unseen: 'broke down: gone' };
    expect(addSight(begun, 'answers/fault', sight).undetected).toEqual([
      { fault: 'answers/fault', unseen: 'broke down: gone' },
    ]);
  });

  it('takes the place of what was measured of the same peer before', () => {
    const other = { id: 'other', unavailable: 'No network.' };
    const fresh = { ...begun, faults: 3 };
    expect(replacePeer({ peers: [begun, other] }, fresh).peers).toEqual([other, fresh]);
  });
});

describe('What newman tells', () => {
  it('is read as the tests that failed, each with its request', () => {
    const assertion = { test: 'Status code is 2xx', message: 'expected 500 to be 2xx' };
    const failures = [
      { source: { name: 'List dossiers' }, error: assertion },
      { source: { name: 'Read a dossier' }, error: { message: 'socket hang up' } },
    ];
    expect(findingsOfNewman({ run: { failures } })).toEqual([
      'List dossiers: Status code is 2xx',
      'Read a dossier: socket hang up',
    ]);
  });

  it('holds no finding when nothing failed', () => {
    expect(findingsOfNewman({ run: { failures: [] } })).toEqual([]);
  });
});

describe('What Respect logs', () => {
  const logOf = (checks: readonly object[]): string => {
    const steps = [{ stepId: 'read', checks }];
    const executedWorkflows = [{ workflowId: 'dossier', executedSteps: steps }];
    return JSON.stringify({ files: { 'flows.yaml': { executedWorkflows } } });
  };

  it('is read as the checks that failed, each with its step and its condition', () => {
    const condition = '$statusCode == 200';
    const log = logOf([
      { name: 'success criteria check', passed: false, condition },
      { name: 'schema check', passed: false },
      { name: 'content-type check', passed: true },
    ]);
    expect(findingsOfRespect(log)).toEqual([
      'dossier/read: success criteria check $statusCode == 200',
      'dossier/read: schema check',
    ]);
  });

  it('holds no finding when every check passed', () => {
    expect(findingsOfRespect(logOf([{ name: 'schema check', passed: true }]))).toEqual([]);
  });
});

describe('What Prism says of an answer', () => {
  const read = (headers: Record<string, string>) =>
    readViolations('getDossier 200', new Response('{}', { headers }));

  it('is read as what is wrong with the answer, not with the request', () => {
    const violations = [
      { location: ['request', 'query', 'page'], message: 'must be integer' },
      { location: ['response', 'body', 'data', 'id'], message: 'must be string' },
    ];
    expect(read({ 'sl-violations': JSON.stringify(violations) })).toEqual([
      { where: 'getDossier 200', place: 'body.data.id', message: 'must be string' },
    ]);
  });

  it('holds a violation when Prism could not make the answer out', () => {
    expect(read({ 'content-type': 'application/problem+json' })).toHaveLength(1);
    expect(read({ 'content-type': 'application/json' })).toEqual([]);
  });
});
