import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultyServers } from '../faulty-servers/faults/index.ts';
import { firstCandidates, laterCandidates } from '../order/candidates.ts';
import { formatCurve } from '../order/curve.ts';
import { checks } from '../order/measure.ts';
import { type CostLine, keepLine, type OrderRecord, readOrderRecord } from '../order/record.ts';
import { basics, sortRules } from '../order/sort.ts';

const cost = (rule: string, requests: number, perCase = 0): CostLine => ({
  ...{ rule, requests: [requests, perCase], organizations: [1, 0], milliseconds: 20 },
});

const recordOf = (
  costs: readonly CostLine[],
  catches: Readonly<Record<string, readonly string[]>>,
): OrderRecord => ({
  costs: new Map(costs.map((line) => [line.rule, line])),
  catches: new Map(
    Object.entries(catches).map(([fault, failed]) => [fault, { fault, judged: failed, failed }]),
  ),
  profiles: new Map(),
});

describe('the order of the rules', () => {
  const [basic = ''] = basics;
  const record = recordOf(
    [cost('a/dear', 49), cost('a/cheap', 4, 1), cost('a/nothing', 1), cost(basic, 3)],
    {
      'x/1': ['a/dear', 'a/cheap'],
      'x/2': ['a/dear', 'a/cheap'],
      'x/3': ['a/dear'],
      'x/4': ['a/dear', basic],
      'x/5': [],
    },
  );
  const sorted = sortRules(['a/nothing', 'a/unmeasured', 'a/dear', 'a/cheap', basic], record);

  it('begins with basic rules, goes on by new catches for the requests, and ends with the rest', () => {
    expect(sorted.map(({ id, catches }) => [id, catches[0]])).toEqual([
      [basic, 1],
      ['a/cheap', 2],
      ['a/dear', 1],
      ['a/nothing', 0],
      ['a/unmeasured', 0],
    ]);
  });

  it('is published with what each number of requests catches', () => {
    const text = formatCurve(sorted, {
      ...record,
      profiles: new Map([
        [
          'smoke x/1',
          { profile: 'smoke', fault: 'x/1', caughtBy: 'a/cheap', requests: 5, milliseconds: 800 },
        ],
        [
          'smoke x/5',
          { profile: 'smoke', fault: 'x/5', caughtBy: null, requests: 57, milliseconds: 900 },
        ],
      ]),
    });
    expect(text).toContain('| 100 | 5 | 4 | 80.0 % |');
    expect(text).toContain('| smoke | 2 | 1 | 50.0 % | 5 | 0.8 |');
    expect(text).toContain('| a | 4 | 95 | 102 |');
  });
});

describe('the record of the order', () => {
  it('goes on where an interrupted run ended, and later results replace earlier ones', () => {
    const folder = mkdtempSync(join(tmpdir(), 'order-'));
    const path = join(folder, 'records', 'order.ndjson');
    const record = readOrderRecord(path);
    keepLine(record, cost('a/one', 3), path);
    keepLine(record, { fault: 'x/1', judged: ['a/one', 'a/two'], failed: ['a/one'] }, path);
    keepLine(record, { fault: 'x/1', judged: ['a/one', 'b/one'], failed: ['b/one'] }, path);
    const { catches, costs } = readOrderRecord(path);
    expect(costs.get('a/one')).toEqual(cost('a/one', 3));
    expect(catches.get('x/1')).toEqual({
      ...{ fault: 'x/1', judged: ['a/two', 'a/one', 'b/one'], failed: ['b/one'] },
    });
    writeFileSync(path, '{"fault":"x/1","judged":["a/tw');
    expect(readOrderRecord(path).catches.size).toBe(0);
    rmSync(folder, { recursive: true });
  });
});

describe('the rules that are executed on a faulty server', () => {
  const costs = new Map(
    checks.map(({ id }, index) => [id, cost(id, id.startsWith('tours/') ? 60 : 1 + (index % 40))]),
  );
  const [fault] = faultyServers.filter(({ id }) => id.startsWith('flows/'));
  if (!fault) throw new Error('No faulty server of flows.');

  it('are tours and rules of few requests first, then all that may concern it, and none twice', () => {
    const first = firstCandidates(fault, checks, costs).map(({ id }) => id);
    const later = laterCandidates(fault, checks, costs).map(({ id }) => id);
    expect(first).toContain('tours/flows');
    expect(first.filter((id) => later.includes(id))).toEqual([]);
    const verifying = checks.filter(
      ({ verifies, level }) => level === 'MUST' && verifies.includes(fault.breaks),
    );
    for (const { id } of verifying) expect([...first, ...later]).toContain(id);
  });
});
