import { describe, expect, it } from 'vitest';
import { faultyServer, onWire } from '../faulty-servers/faulty-server.ts';
import { examine } from '../peers/faulty-server-proxy.ts';
import { assessFindings, measure, whyInvisible } from '../peers/measure.ts';
import { countShown, keepEarlier, type MeasuredPeer, replacePeer } from '../peers/peer.ts';
import { newmanFindings as findingsOfNewman } from '../peers/portman.ts';
import { respectFindings as findingsOfRespect } from '../peers/respect.ts';
import { readViolations } from '../prism/proxy.ts';

const cost = { requests: 7, milliseconds: 1500 };
const honest = { findings: ['always', 'at times'] };
const measured: MeasuredPeer = {
  ...{ id: 'prism', name: 'Prism', version: '1.0.0', given: 'the bundle', runs: 8 },
  commits: ['abc1234'],
  honest: { rounds: 2, ...honest, ...cost },
  shown: [
    { fault: 'answers/one', finding: 'new', ...cost },
    { fault: 'answers/two', ...cost },
    { fault: 'answers/three', brokeDown: 'gone', ...cost },
    { fault: 'answers/four', unseen: 'not its business', requests: 0, milliseconds: 0 },
  ],
};

describe('What a peer says of a faulty server', () => {
  it('detects the fault when it never said so of the honest server', () => {
    const look = { findings: ['always', 'new', 'newer'], ...cost };
    expect(assessFindings('answers/fault', look, honest)).toEqual({
      ...{ fault: 'answers/fault', finding: 'new', ...cost },
    });
  });

  it('detects nothing when it says so of the honest server too, even if not always', () => {
    const look = { findings: ['at times'], ...cost };
    expect(assessFindings('answers/fault', look, honest)).toEqual({
      fault: 'answers/fault',
      ...cost,
    });
  });

  it('keeps its cost when it breaks down', async () => {
    const look = await examine({ requests: () => 7 }, () => Promise.reject(new Error('gone')));
    expect(assessFindings('answers/fault', look, honest)).toEqual({
      ...{ fault: 'answers/fault', brokeDown: 'Error: gone', requests: 7 },
      milliseconds: Math.round(look.milliseconds),
    });
  });

  it('is counted by how it ended, with all that it cost', () => {
    expect(countShown(measured.shown)).toEqual({
      ...{ shown: 4, detected: 1, unseen: 1, brokenDown: 1, requests: 21, milliseconds: 4500 },
    });
  });

  it('takes the place of what was measured of the same peer before', () => {
    const other = { id: 'respect', unavailable: 'No network.' } as const;
    const fresh = { ...measured, shown: [] };
    expect(replacePeer({ peers: [measured, other] }, fresh).peers).toEqual([fresh, other]);
  });

  it('stays where the peer cannot be had any more', () => {
    const gone = { id: 'prism', unavailable: 'No network.' } as const;
    expect(replacePeer({ peers: [measured] }, gone).peers).toEqual([measured]);
    expect(replacePeer({ peers: [] }, gone).peers).toEqual([gone]);
  });

  it('has broken down when the tool ended while it looked, whatever it found before', async () => {
    const look = await examine(
      { requests: () => 7 },
      () => Promise.resolve(['new']),
      () => 'It ended.',
    );
    expect(look).toMatchObject({ findings: ['new'], brokeDown: 'It ended.' });
  });
});

describe('What a peer is not shown', () => {
  const blind = { deliveries: false, keys: false };
  const about = (bend: Parameters<typeof faultyServer>[3]) =>
    faultyServer('answers/fault', 'LG-GEN-001', 'does something wrong', bend);
  const letPass = <Sent>(send: Sent): Sent => send;
  const events = about(() => ({ deliver: letPass }));
  const keys = about(() => ({ control: letPass, wire: letPass }));

  it('is what shows in events alone, or in keys as people get them', () => {
    expect(whyInvisible(events, blind)).toContain('sends by itself');
    expect(whyInvisible(keys, blind)).toContain('given as a key');
    expect(whyInvisible(events, { ...blind, keys: true })).toBeDefined();
    expect(whyInvisible(keys, { ...blind, deliveries: true })).toBeDefined();
  });

  it('is nothing that it looks at, and no answer', () => {
    const both = { deliveries: true, keys: true };
    expect([events, keys].map((one) => whyInvisible(one, both))).toEqual([undefined, undefined]);
    const wire = onWire('answers/fault', 'LG-GEN-001', 'answers wrongly', letPass);
    const more = about(() => ({ deliver: letPass, handlers: {} }));
    expect([wire, more].map((one) => whyInvisible(one, blind))).toEqual([undefined, undefined]);
  });
});

describe('What was measured before', () => {
  it('is told with each state of the repository that it is of', async () => {
    const peer = { ...measured, sees: { deliveries: true, keys: true } };
    const look = () => Promise.resolve({ findings: [], ...cost });
    const tool = { ...peer, look, close: () => Promise.resolve() };
    const quiet = { rounds: 1, tell: () => undefined, keep: () => undefined };
    const measureWith = (commit: string, earlier?: MeasuredPeer) =>
      measure('prism', tool, [], { ...quiet, commit, earlier });
    expect((await measureWith('def5678', measured)).commits).toEqual(['abc1234', 'def5678']);
    expect((await measureWith('abc1234', measured)).commits).toEqual(['abc1234']);
    expect((await measureWith('def5678')).commits).toEqual(['def5678']);
  });

  const faults = ['answers/one', 'answers/two', 'answers/five'];

  it('is kept for the faults that are still there', () => {
    const kept = keepEarlier(measured, measured, faults);
    expect(kept?.shown.map(({ fault: id }) => id)).toEqual(['answers/one', 'answers/two']);
  });

  it('is worth nothing when the tool, its configuration or the runs are others', () => {
    expect(keepEarlier(measured, { ...measured, version: '2.0.0' }, faults)).toBeUndefined();
    expect(keepEarlier(measured, { ...measured, given: 'more' }, faults)).toBeUndefined();
    expect(keepEarlier({ ...measured, runs: 9 }, measured, faults)).toBeUndefined();
    const unavailable = { id: 'prism', unavailable: 'No network.' } as const;
    expect(keepEarlier(unavailable, measured, faults)).toBeUndefined();
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
