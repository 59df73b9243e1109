import { describe, expect, it } from 'vitest';
import { formatJson } from '../table/publish.ts';
import { digestIds, makeSummary, type Records } from '../table/summary.ts';
import { caught, perfect, register, soundRecords } from './sample-records.ts';

const summaryWith = (change: Partial<Records> = {}) =>
  makeSummary(register, { ...soundRecords, ...change });

describe('The summary', () => {
  it('says when and where each part was measured', () => {
    const { measuredAt, node, cores } = soundRecords.mutation.circumstances;
    expect(summaryWith().parts.mutation).toMatchObject({ measuredAt, node, cores, commits: ['a'] });
    const merged = { ...soundRecords['faulty-servers'], commits: ['a', 'b'] };
    const { parts } = summaryWith({ 'faulty-servers': merged });
    expect(parts['faulty-servers'].commits).toEqual(['a', 'b']);
  });

  it('has count and digest of the ids that were judged, in any order', () => {
    const { parts } = summaryWith();
    expect(parts['faulty-servers'].ids).toEqual(digestIds(['contacts/lost']));
    expect(parts.peers.ids).toEqual(digestIds(['contacts/lost']));
    expect(parts.variants.ids).toEqual(digestIds(['random/1']));
    expect(digestIds(['a', 'b'])).toEqual(digestIds(['b', 'a']));
    expect(digestIds(['a', 'b'])).not.toEqual(digestIds(['a', 'c']));
  });

  it('has no single faults, mutants, variants, runs and tools', () => {
    for (const name of ['catches', 'survivors', 'legal', 'seed"', 'findings', 'settings']) {
      expect(JSON.stringify(summaryWith())).not.toContain(name);
    }
  });

  it('keeps what was published about a part without a record', () => {
    const published = summaryWith();
    const { variants } = soundRecords;
    const now = makeSummary(register, { variants: { ...variants, variants: [] } }, published);
    expect(now.parts).toEqual({ ...published.parts, variants: now.parts.variants });
    expect(now.headline).toContain('1 of 1 faulty servers caught');
    expect(now.headline).toContain('0 of 0 lawful variants cleared');
  });

  it('cannot be created for a part that was never measured', () => {
    expect(() => makeSummary(register, {})).toThrow('`npm run proof:faulty-servers`');
  });

  it('has a headline that says which statements and mutants it counts', () => {
    const total = { ...perfect, found: 90.1, foundOfVisible: 99.2 };
    const { headline } = summaryWith({ mutation: { ...soundRecords.mutation, total } });
    expect(headline).toContain(
      'of the 2 documented statements that a client can see, 1 are broken',
    );
    expect(headline).toContain(
      '90.1 % of the judged mutants found, and 99.2 % of those that a client could see',
    );
    const escaped = [{ ...caught, catches: [null] }];
    const faultyServers = { ...soundRecords['faulty-servers'], faults: escaped };
    expect(summaryWith({ 'faulty-servers': faultyServers }).headline).toMatch(/^0 of 1 faulty/);
  });

  it('is written with short values on one line', () => {
    const long = 'x'.repeat(200);
    const value = { short: { a: 1, b: [2, null] }, long: [long, { c: true }] };
    const text = formatJson(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text.split('\n')).toEqual([
      '{',
      ' "short": {"a":1,"b":[2,null]},',
      ' "long": [',
      `  "${long}",`,
      '  {"c":true}',
      ' ]',
      '}',
    ]);
  });
});
