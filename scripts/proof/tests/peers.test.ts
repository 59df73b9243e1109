import { describe, expect, it } from 'vitest';
import { faultyServer, onWire } from '../faulty-servers/faulty-server.ts';
import { examine } from '../peers/faulty-server-proxy.ts';
import { assessFindings, measure, whyInvisible } from '../peers/measure.ts';
import { countShown, keepEarlier, type MeasuredPeer, replacePeer } from '../peers/peer.ts';
import { newmanFindings } from '../peers/portman.ts';
import { respectFindings } from '../peers/respect.ts';
import { readViolations } from '../prism/proxy.ts';

const cost = { requests: 7, milliseconds: 1500 };
const baseline = { findings: ['always', 'at times'] };
const measured: MeasuredPeer = {
  ...{ id: 'prism', name: 'Prism', version: '1.0.0', given: 'the bundle', runs: 8 },
  commits: ['abc1234'],
  baseline: { rounds: 2, ...baseline, ...cost },
  shown: [
    { fault: 'answers/one', finding: 'new', ...cost },
    { fault: 'answers/two', ...cost },
    { fault: 'answers/three', brokeDown: 'gone', ...cost },
    { fault: 'answers/four', invisible: 'It sees no deliveries.', requests: 0, milliseconds: 0 },
  ],
};

describe('The findings of a peer on a faulty server', () => {
  it('detect the fault when it has none of them on the unmodified server', () => {
    const findings = { findings: ['always', 'new', 'newer'], ...cost };
    expect(assessFindings('answers/fault', findings, baseline)).toEqual({
      ...{ fault: 'answers/fault', finding: 'new', ...cost },
    });
  });

  it('detect nothing when it has them on the unmodified server too, even if not always', () => {
    const findings = { findings: ['at times'], ...cost };
    expect(assessFindings('answers/fault', findings, baseline)).toEqual({
      fault: 'answers/fault',
      ...cost,
    });
  });

  it('include the cost when it breaks down', async () => {
    const findings = await examine({ requests: () => 7 }, () => Promise.reject(new Error('gone')));
    expect(assessFindings('answers/fault', findings, baseline)).toEqual({
      ...{ fault: 'answers/fault', brokeDown: 'Error: gone', requests: 7 },
      milliseconds: Math.round(findings.milliseconds),
    });
  });

  it('are counted by their kind, with their cost', () => {
    expect(countShown(measured.shown)).toEqual({
      ...{ shown: 4, detected: 1, invisible: 1, brokenDown: 1, requests: 21, milliseconds: 4500 },
    });
  });

  it('replace the earlier ones of the same peer', () => {
    const other = { id: 'respect', unavailable: 'No network.' } as const;
    const fresh = { ...measured, shown: [] };
    expect(replacePeer({ peers: [measured, other] }, fresh).peers).toEqual([fresh, other]);
  });

  it('are kept when the peer is no longer available', () => {
    const gone = { id: 'prism', unavailable: 'No network.' } as const;
    expect(replacePeer({ peers: [measured] }, gone).peers).toEqual([measured]);
    expect(replacePeer({ peers: [] }, gone).peers).toEqual([gone]);
  });

  it('are those of a breakdown when the tool exited during the run', async () => {
    const findings = await examine(
      { requests: () => 7 },
      () => Promise.resolve(['new']),
      () => 'It exited.',
    );
    expect(findings).toMatchObject({ findings: ['new'], brokeDown: 'It exited.' });
  });
});

describe('A fault is invisible to a peer', () => {
  const blind = { deliveries: false, keys: false };
  const about = (inject: Parameters<typeof faultyServer>[3]) =>
    faultyServer('answers/fault', 'LG-GEN-001', 'does something wrong', inject);
  const letPass = <Sent>(send: Sent): Sent => send;
  const events = about(() => ({ deliver: letPass }));
  const keys = about(() => ({ control: letPass, wire: letPass }));

  it('when it shows only in events, or in how keys are given out', () => {
    expect(whyInvisible(events, blind)).toContain('Only deliveries');
    expect(whyInvisible(keys, blind)).toContain('Only the keys');
    expect(whyInvisible(events, { ...blind, keys: true })).toBeDefined();
    expect(whyInvisible(keys, { ...blind, deliveries: true })).toBeDefined();
  });

  it('but not when the peer sees these, or the fault shows in a response', () => {
    const both = { deliveries: true, keys: true };
    expect([events, keys].map((one) => whyInvisible(one, both))).toEqual([undefined, undefined]);
    const wire = onWire('answers/fault', 'LG-GEN-001', 'answers wrongly', letPass);
    const more = about(() => ({ deliver: letPass, handlers: {} }));
    expect([wire, more].map((one) => whyInvisible(one, blind))).toEqual([undefined, undefined]);
  });
});

describe('The earlier result', () => {
  it('has each commit at which it was measured', async () => {
    const peer = { ...measured, visibility: { deliveries: true, keys: true } };
    const run = () => Promise.resolve({ findings: [], ...cost });
    const tool = { ...peer, run, close: () => Promise.resolve() };
    const quiet = { rounds: 1, print: () => undefined, keep: () => undefined };
    const measureWith = (commit: string, earlier?: MeasuredPeer) =>
      measure('prism', tool, [], { ...quiet, commit, earlier });
    expect((await measureWith('def5678', measured)).commits).toEqual(['abc1234', 'def5678']);
    expect((await measureWith('abc1234', measured)).commits).toEqual(['abc1234']);
    expect((await measureWith('def5678')).commits).toEqual(['def5678']);
  });

  const faults = ['answers/one', 'answers/two', 'answers/five'];

  it('is kept for the faults that still exist', () => {
    const kept = keepEarlier(measured, measured, faults);
    expect(kept?.shown.map(({ fault: id }) => id)).toEqual(['answers/one', 'answers/two']);
  });

  it('is dropped when the tool, its configuration or the number of cases has changed', () => {
    expect(keepEarlier(measured, { ...measured, version: '2.0.0' }, faults)).toBeUndefined();
    expect(keepEarlier(measured, { ...measured, given: 'more' }, faults)).toBeUndefined();
    expect(keepEarlier({ ...measured, runs: 9 }, measured, faults)).toBeUndefined();
    const unavailable = { id: 'prism', unavailable: 'No network.' } as const;
    expect(keepEarlier(unavailable, measured, faults)).toBeUndefined();
  });
});

describe('The summary of newman', () => {
  it('is read as the tests that failed, each with its request', () => {
    const assertion = { test: 'Status code is 2xx', message: 'expected 500 to be 2xx' };
    const failures = [
      { source: { name: 'List dossiers' }, error: assertion },
      { source: { name: 'Read a dossier' }, error: { message: 'socket hang up' } },
    ];
    expect(newmanFindings({ run: { failures } })).toEqual([
      'List dossiers: Status code is 2xx',
      'Read a dossier: socket hang up',
    ]);
  });

  it('has no finding when nothing failed', () => {
    expect(newmanFindings({ run: { failures: [] } })).toEqual([]);
  });
});

describe('The log of Respect', () => {
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
    expect(respectFindings(log)).toEqual([
      'dossier/read: success criteria check $statusCode == 200',
      'dossier/read: schema check',
    ]);
  });

  it('has no finding when every check passed', () => {
    expect(respectFindings(logOf([{ name: 'schema check', passed: true }]))).toEqual([]);
  });
});

describe('The header of Prism', () => {
  const read = (headers: Record<string, string>) =>
    readViolations('getDossier 200', new Response('{}', { headers }));

  it('is read as violations in the response, not in the request', () => {
    const violations = [
      { location: ['request', 'query', 'page'], message: 'must be integer' },
      { location: ['response', 'body', 'data', 'id'], message: 'must be string' },
    ];
    expect(read({ 'sl-violations': JSON.stringify(violations) })).toEqual([
      { where: 'getDossier 200', location: 'body.data.id', message: 'must be string' },
    ]);
  });

  it('is missing from a response that Prism could not parse, which is a violation', () => {
    expect(read({ 'content-type': 'application/problem+json' })).toHaveLength(1);
    expect(read({ 'content-type': 'application/json' })).toEqual([]);
  });
});
