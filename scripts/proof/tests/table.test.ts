import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../../openapi/register.ts';
import type { FaultyServerResult } from '../faulty-servers/result.ts';
import { findMatrix } from '../table/markdown.ts';
import { row } from '../table/markdown-table.ts';
import { countFormatted, formatMatrix, makeMatrix } from '../table/matrix.ts';
import { compose, quote } from '../table/publish.ts';
import type { Records } from '../table/summary.ts';
import { caught, cleared, imperfect, register, soundRecords } from './sample-records.ts';

const { 'faulty-servers': faultyServers, mutation, variants, peers } = soundRecords;
const readme = 'Before.\n\n<!-- proof -->\n\n> Old.\n\n<!-- /proof -->\n\nAfter.\n';

/** What is published when these records replace the sound ones. */
const publishedWith = (change: Partial<Records> = {}, statements: readonly Requirement[] = []) =>
  compose(statements, { ...soundRecords, ...change }, { readme });

const tableWith = (...change: Parameters<typeof publishedWith>): string =>
  publishedWith(...change).table;

describe('The published proof', () => {
  it('keeps a cell in its place, whatever it contains', () => {
    expect(row('a|b', 'two\nlines')).toBe('| a\\|b | two lines |');
  });

  it('is quoted in the README', () => {
    const quoted = quote(readme, 'All $1 is well');
    expect(quoted).toContain('<!-- proof -->\n\n> All $1 is well.\n\n<!-- /proof -->');
    expect(quoted).toMatch(/^Before[^]*After\.\n$/);
    expect(quoted).not.toContain('Old');
  });

  it('has one headline in table, summary and README', () => {
    const { table, summary, readme, result } = publishedWith({}, register.slice(0, 1));
    for (const text of [table, summary, readme]) expect(text).toContain(result.headline);
    expect(table).not.toContain('does not hold');
  });

  it('says what keeps it from holding', () => {
    const faults = [{ ...caught, catches: [null] }];
    const table = tableWith({ 'faulty-servers': { ...faultyServers, faults } });
    expect(table).toContain('It does not hold:\n\n- Faulty servers that were not caught: 1');
  });

  it('says where and when each part was measured', () => {
    expect(tableWith()).toContain('| mutation | 2026-01-01T00:00Z | a | v20 | 2 |');
  });

  it('keeps all sections and entries of parts without a record, and changes the others', () => {
    const before = publishedWith({}, register);
    // Without known statements, a new matrix would be empty.
    expect(compose([], {}, before)).toEqual(before);
    const after = compose([], { variants: { ...variants, variants: [] } }, before);
    const changed = (section: string, one = before, other = after) =>
      one.table.split('\n## ').find((text) => text.startsWith(section)) !==
      other.table.split('\n## ').find((text) => text.startsWith(section));
    expect(changed('Lawful variants')).toBe(true);
    for (const section of ['The same', 'Mutants', 'Flakiness', 'Statement by fault']) {
      expect(changed(section)).toBe(false);
    }
  });

  it('cannot be created without faulty servers, measured or published', () => {
    const before = publishedWith();
    expect(() => compose([], {}, { ...before, table: '' })).toThrow('has no matrix');
  });
});

describe('The matrix', () => {
  it('lists the servers that break each statement', () => {
    const matrix = makeMatrix(register, { faults: [caught] });
    expect(matrix.map(({ requirement, faults: cells }) => [requirement, cells.length])).toEqual([
      ['LG-CON-001', 1],
      ['LG-CON-002', 0],
    ]);
  });

  it('names the rules that caught a server, and those that were not caught with each seed', () => {
    const [first] = caught.catches;
    const result: FaultyServerResult = { ...caught, catches: [first ?? null, null] };
    const table = tableWith({ 'faulty-servers': { ...faultyServers, faults: [result] } }, register);
    expect(table).toContain('| `contacts/lost` loses one | **not caught**, contacts/one |');
    expect(tableWith({}, register)).toContain('| `contacts/lost` loses one | contacts/one |');
    expect(table).toContain('| LG-CON-002: This is stated. | **none** |  |');
  });

  it('names the documented statements that no client can observe, each with its reason', () => {
    const table = tableWith({}, register);
    expect(table).toContain(
      'the 1 documented statements (MUSTs) that no client can observe:\n\n- LG-CON-003: Nobody',
    );
    expect(table).not.toContain('LG-CON-005');
    expect(tableWith({}, register.slice(0, 2))).not.toContain('no client can observe');
  });

  it('says when a server is caught, with which seeds, and what that does not prove', () => {
    const table = tableWith({ 'faulty-servers': { ...faultyServers, seeds: [4, 7], runs: 9 } });
    expect(table).toContain('with every seed, a rule that verifies the statement fails');
    expect(table).toContain('The seeds are 4, 7, with 9 generated cases');
    expect(table).toContain('only the label of the fault does');
  });

  it('can be found in a table, and counted', () => {
    const escaped = { ...caught, fault: 'contacts/kept', catches: [null] };
    const matrix = formatMatrix(register, { ...faultyServers, faults: [caught, escaped] });
    expect(findMatrix(`# The proof\n\n${matrix}\n`)).toBe(matrix);
    expect(findMatrix('# The proof\n')).toBeUndefined();
    expect(countFormatted(matrix)).toEqual({ statements: 2, broken: 1, faults: 2, caught: 1 });
  });
});

describe('The table of mutants', () => {
  it('lists crashed and caught mutants separately, with both percentages', () => {
    const table = tableWith({ mutation: { ...mutation, total: imperfect } });
    const titles = 'mutants | caught | timed out | crashed | survived | explained | unexplained';
    expect(table).toContain(`| area | ${titles} | not judged | found of all judged | found of`);
    expect(table).toContain('| all | 10 | 5 | 1 | 2 | 2 | 1 | 1 | 0 | 80 % | 88.8 % |');
  });

  it('says why crashed mutants count, and what the second percentage excludes', () => {
    const table = tableWith();
    expect(table).toMatch(/Crashed are .* did not start or died, its state was empty, requests/);
    expect(table).toContain('broken down (exit code 4)');
    expect(table).toContain('is of the mutants that a client could see break the documentation');
    expect(table).toContain('They are written by hand');
    expect(table).toContain('either invisible to clients or a lawful difference');
  });

  it('has a column for mutants at which rules broke down, when there are any', () => {
    expect(tableWith()).not.toContain('| broken down |');
    const table = tableWith({ mutation: { ...mutation, total: { ...imperfect, brokenDown: 3 } } });
    expect(table).toContain('| survived | broken down | explained |');
    expect(table).toContain('| all | 10 | 5 | 1 | 2 | 2 | 3 | 1 |');
    // A row without such mutants has a cell there too.
    expect(table).toContain('| contacts | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 100 % | 100 % |');
  });
});

describe('The table of variants', () => {
  it('says how many rules judged variants of a kind, and which', () => {
    const counts = [3, 100, 6, 5];
    const all = counts.map((rules) => ({ ...cleared, kind: 'alternative' as const, rules }));
    const table = tableWith({ variants: { ...variants, variants: all } });
    expect(table).toContain('| alternatives of the register, one by one | 4 | 5.5 | 4 | 0 |');
    expect(table).toContain('| combinations of them | 0 |  | 0 | 0 |');
    expect(table).toMatch(/alternative is judged by the MUSTs near.*variation by all MUSTs/);
  });
});

describe('The table of peers', () => {
  it('counts complaints about the unmodified server, and says that they are no detections', () => {
    const complaining = peers.peers.map((peer) =>
      'baseline' in peer
        ? { ...peer, baseline: { ...peer.baseline, findings: ['One.', 'Two.'] } }
        : peer,
    );
    const table = tableWith({ peers: { ...peers, peers: complaining } });
    expect(table).toContain('| broke down | complaints about the unmodified server |');
    expect(table).toContain('| prism 1 | 0 | 1 | 0 | 0 | 2 | all |');
    expect(table).toContain('Complaints about the unmodified server are no detections');
  });

  it('names every commit at which a tool was measured', () => {
    const grown = peers.peers.map((peer) => ({ ...peer, commits: ['abc1234', 'def5678'] }));
    const table = tableWith({ peers: { ...peers, peers: grown } });
    expect(table).toContain('| prism 1 | 1 | 0 | 1 | 0 | abc1234, def5678 |');
  });

  it('names the suite first, and its schemas alone as a part of it', () => {
    const table = tableWith({ peers: { ...peers, peers: peers.peers.toReversed() } });
    expect(table).toContain('| --- |\n| **suite** | 1 | 1 | 0 | 0 | 0 | all |');
    expect(table).toContain('| ambient, of this suite | 0 | 1 |');
  });
});

it('The table of runs has those without load and those under load', () => {
  const table = tableWith();
  expect(table).toContain('2 runs at a time');
  expect(table).toContain('| without load | 100 | 100 | 100 | 1 |');
  expect(table).toContain('| with 2 busy threads, responses 50 ± 25 ms late | 20 | 20 | 20 | 1 |');
});
