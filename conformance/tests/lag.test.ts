import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { expectThat } from '../context/expectations.ts';
import { type CheckRule, defineRule, type Rule } from '../context/rule.ts';
import { trailingReads } from '../contract/operations.ts';
import type { Fault } from '../faults/inject.ts';
import { createDossier, findListedDossier } from '../fixtures/dossiers.ts';
import { rules } from '../rules/index.ts';
import { openTestHarness, type TestHarness } from './harness.ts';

let harness: TestHarness;
beforeAll(async () => {
  harness = await openTestHarness();
});
afterAll(() => harness.close());

const rule = (id: string, check: CheckRule['check']): CheckRule =>
  defineRule({
    ...{ id, check, level: 'MUST', verifies: ['LG-DOS-001'], needs: [] },
    sentence: 'It holds.',
    fault: (fetch) => fetch,
  });

const listed = rule('a/listed', async (context) => {
  const org = await context.organization();
  const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
  await findListedDossier(org, id);
});

const failing = (id: string): CheckRule =>
  rule(id, async (context) => {
    const org = await context.organization();
    await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    expectThat(false, 'something else', () => 'this');
  });

/** Two rules: one that takes its time, and one that fails as long as the other is executed. */
const crowd = () => {
  let [times, busy] = [0, false];
  const long = rule('a/long', async (context) => {
    busy = true;
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    await findListedDossier(org, id);
    while (times === 0) await context.wait(0.05);
    await context.wait(4);
    busy = false;
  });
  const disturbed = rule('a/disturbed', async (context) => {
    const org = await context.organization();
    await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    times += 1;
    expectThat(!busy, 'the new dossier in the list', () => 'none');
  });
  return [long, disturbed];
};

/** The rule about the decision that lists show writes at once. */
const visibleAtOnce = rules.filter(({ id }) => id === 'dossiers/visible-at-once');

const reads = trailingReads(readContract());

/** Empties lists and counts for so many milliseconds after each write. */
const trailBy =
  (lag: number): Fault =>
  (fetch, name) => {
    let last = 0;
    return async (request) => {
      const operation = name(request.method, request.url);
      const response = await fetch(request);
      if (request.method !== 'GET') last = Date.now();
      const stale = operation && reads.has(operation) && Date.now() - last < lag;
      if (!stale) return response;
      const { headers } = response;
      const meta = { total: 0, page: 1, per_page: 25 };
      const { data: now } = (await response.json()) as { data: object };
      const body =
        operation === 'getContact' ? { data: { ...now, dossier_count: 0 } } : { data: [], meta };
      return new Response(JSON.stringify(body), { headers });
    };
  };

/** Counts the requests that it sends. */
const counting = (inner: Fault = (fetch) => fetch) => {
  const sent = { requests: 0, probes: 0 };
  const fault: Fault = (fetch, name) => {
    const send = inner(fetch, name);
    return async (request) => {
      sent.requests += 1;
      if (request.method === 'POST' && (await request.clone().text()).includes('Lena Vos')) {
        sent.probes += 1;
      }
      return send(request);
    };
  };
  return { sent, fault };
};

const endings = async (executed: readonly Rule[], fault: Fault) =>
  (await harness.run(executed, { fault })).map(({ id, outcome }) => `${id} ${outcome}`);

describe('a target whose lists lag behind', () => {
  it('passes the other rules, and deviates from the decision', async () => {
    expect(await endings([listed, ...visibleAtOnce], trailBy(200))).toEqual([
      'a/listed passed',
      'dossiers/visible-at-once failed',
    ]);
  });

  it('is measured again when it was too slow at first', async () => {
    let slow = 1;
    const busy: Fault = (fetch, name) => {
      const trailing = trailBy(200)(fetch, name);
      return async (request) => {
        const probe = request.method === 'POST' && (await request.clone().text()).includes('Lena');
        // Longer than the slowest response that a measurement accepts.
        if (probe && slow-- > 0) await new Promise((resolve) => setTimeout(resolve, 2_100));
        return trailing(request);
      };
    };
    expect(await endings([listed], busy)).toEqual(['a/listed passed']);
  });

  it('gets an assumed lag when it was too busy to be measured, as long as a rule passes with it', async () => {
    let [measuring, reads, measurements] = [false, 0, 0];
    const busy: Fault = (fetch, name) => {
      const trailing = trailBy(100)(fetch, name);
      return async (request) => {
        if (request.method === 'POST') {
          const body = await request.clone().text();
          measuring = /Lena|Called/.test(body);
          if (body.includes('full_name')) {
            [reads, measurements] = [0, measurements + 1];
          }
        } else if (measuring) {
          // After these delays the lag is over, and most reads take longer than the fastest.
          const delay = (reads += 1) === 1 ? 120 : 240;
          await new Promise((resolve) => setTimeout(resolve, delay));
        }
        return trailing(request);
      };
    };
    expect(await endings([listed], busy)).toEqual(['a/listed passed']);
    expect(measurements).toBeGreaterThan(5);
  });

  it('executes a rule that failed beside others once more alone, when the lag is known', async () => {
    const outcomes = await harness.run(crowd(), { fault: trailBy(200), concurrency: 4 });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
  });

  it('still fails when a write never shows', async () => {
    const forgetful: Fault = (fetch, name) => {
      const trailing = trailBy(200)(fetch, name);
      return async (request) =>
        name(request.method, request.url) === 'listDossiers'
          ? new Response('{"data":[],"meta":{"total":0,"page":1,"per_page":25}}', {
              headers: { 'content-type': 'application/json' },
            })
          : trailing(request);
    };
    expect(await endings([listed], forgetful)).toEqual(['a/listed failed']);
  });
});

describe('a target whose lists have no lag', () => {
  it('gets only the requests of the rules when they pass', async () => {
    const { sent, fault } = counting();
    expect(await endings([listed], fault)).toEqual(['a/listed passed']);
    expect(sent).toEqual({ requests: 2, probes: 0 });
  });

  it('is measured once when rules fail, and they stay failed', async () => {
    const { sent, fault } = counting();
    expect(await endings([failing('a/one'), failing('a/two')], fault)).toEqual([
      'a/one failed',
      'a/two failed',
    ]);
    // A contact and a dossier, twice.
    expect(sent.probes).toBe(4);
  });

  it('executes no failed rule again, beside others either', async () => {
    const outcomes = await harness.run(crowd(), { fault: counting().fault, concurrency: 4 });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['passed', 'failed']);
  });

  it('fails when a list never shows a write', async () => {
    const empty: Fault = (fetch, name) => async (request) =>
      name(request.method, request.url) === 'listDossiers'
        ? new Response('{"data":[],"meta":{"total":0,"page":1,"per_page":25}}')
        : fetch(request);
    expect(await endings([listed], empty)).toEqual(['a/listed failed']);
  });
});
