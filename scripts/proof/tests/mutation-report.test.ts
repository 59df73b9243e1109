import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../cli/command.ts';
import { areaOf, areas, isExcluded, patternsOf } from '../mutation/config.ts';
import type { MutantResult } from '../mutation/results.ts';
import { isSound, makeReport, score } from '../mutation/report.ts';
import { orderRules } from '../mutation/rule-order.ts';

type Judged = Pick<MutantResult, 'status' | 'killedBy'>;
const times = (number: number, entry: Judged): Judged[] =>
  Array.from({ length: number }, () => entry);

describe('The score of an area', () => {
  it('counts a mutant that a rule failed and one that crashed the server separately', () => {
    const caught: Judged = { status: 'Killed', killedBy: ['dossiers/name'] };
    const crashed: Judged = { status: 'Killed', killedBy: ['server/starts'] };
    const entries = [...times(3, caught), ...times(2, crashed)];
    expect(score(entries, 0)).toMatchObject({ mutants: 5, caught: 3, crashed: 2, found: 100 });
  });

  it('counts timed out mutants as found, and survivors, breakdowns and unreached ones as not found', () => {
    const entries: Judged[] = [
      ...times(5, { status: 'Timeout' }),
      ...times(2, { status: 'Survived' }),
      ...times(2, { status: 'RuntimeError' }),
      ...times(1, { status: 'NoCoverage' }),
    ];
    expect(score(entries, 0)).toMatchObject({ found: 50, foundOfVisible: 50, unexplained: 5 });
  });

  it('leaves explained mutants out of those that a client could observe', () => {
    const entries = [...times(6, { status: 'Killed' }), ...times(4, { status: 'Survived' })];
    expect(score(entries, 4)).toMatchObject({ found: 60, foundOfVisible: 100, unexplained: 0 });
    expect(score(entries, 2)).toMatchObject({ found: 60, foundOfVisible: 75, unexplained: 2 });
  });

  it('leaves out mutants that were not judged yet, and counts them separately', () => {
    const entries = [...times(1, { status: 'Killed' }), ...times(9, { status: 'Pending' })];
    expect(score(entries, 0)).toMatchObject({ found: 100, notJudged: 9, unexplained: 0 });
  });

  it('is never rounded up to 100 %', () => {
    const entries = [...times(2_999, { status: 'Killed' }), ...times(1, { status: 'Survived' })];
    expect(score(entries, 0).found).toBe(99.9);
  });
});

describe('The report of mutants', () => {
  const entry = (file: string, status: MutantResult['status']): MutantResult => ({
    ...{ file, status, hash: '', fingerprint: '', place: [1, 1, 1, 7] },
    ...{ mutator: 'StringLiteral', original: 'import', replacement: '""' },
  });
  const oneOfEach = Object.values(areas).map(([pattern]) =>
    entry(`reference-server/${pattern.replace('**', 'rules.ts')}`, 'Killed'),
  );
  const survivor = entry('reference-server/links/handlers.ts', 'Survived');
  const reason = 'It is the same.';
  const explanation = { file: survivor.file, reason, mutants: [{ original: 'import' }] };

  it('is sound when every area is judged and every survivor explained', () => {
    expect(isSound(makeReport(oneOfEach, []))).toBe(true);
    const explained = makeReport([...oneOfEach, survivor], [explanation]);
    expect(isSound(explained)).toBe(true);
    expect(explained.survivors).toMatchObject([{ lineNumber: 1, status: 'Survived', reason }]);
    expect(explained.areas.links).toMatchObject({ mutants: 2, survived: 1, explained: 1 });
  });

  it('is not sound with an unexplained survivor', () => {
    expect(isSound(makeReport([...oneOfEach, survivor], []))).toBe(false);
  });

  it('is not sound with an explanation that explains no survivor', () => {
    const report = makeReport(oneOfEach, [explanation]);
    expect(isSound(report)).toBe(false);
    expect(report.unused).toEqual([{ file: survivor.file, original: 'import' }]);
  });

  it('ignores areas that were not selected', () => {
    const links = oneOfEach.filter(({ file }) => file.includes('/links/'));
    const elsewhere = { ...explanation, file: 'reference-server/notes/rules.ts' };
    const general = { ...explanation, file: 'reference-server/…' };
    expect(isSound(makeReport(links, [elsewhere, general]), ['links'])).toBe(true);
    expect(isSound(makeReport(links, [explanation]), ['links'])).toBe(false);
    expect(isSound(makeReport(links, []), ['links', 'notes'])).toBe(false);
  });

  it('is not sound as long as an area, or a mutant of it, is not judged', () => {
    expect(isSound(makeReport(oneOfEach.slice(1), []))).toBe(false);
    const pending = entry('reference-server/links/handlers.ts', 'Pending');
    expect(isSound(makeReport([...oneOfEach, pending], []))).toBe(false);
  });

  it('is not sound with a survivor of the quick pass only', () => {
    const partial: MutantResult = { ...survivor, partial: true };
    expect(isSound(makeReport([...oneOfEach, partial], []))).toBe(false);
    expect(makeReport([...oneOfEach, partial], [explanation]).total.partial).toBe(1);
  });
});

describe('The areas of mutation', () => {
  it('assign each file to one area, and exclude tests and test equipment', () => {
    expect(areaOf('reference-server/http/form-parts.ts')).toBe('general');
    expect(areaOf('reference-server/http/access.ts')).toBe('authentication');
    expect(areaOf('reference-server/http/rate-limit.ts')).toBe('limits');
    expect(areaOf('reference-server/http/refusals.ts')).toBe('errors');
    expect(areaOf('reference-server/runtime/http-client.ts')).toBe('webhooks');
    expect(areaOf('reference-server/playground/playground.ts')).toBeUndefined();
    expect(areaOf('reference-server/http/validation-messages.ts')).toBeUndefined();
    expect(patternsOf(['general'])).toContain('reference-server/state/**/*.ts');
    expect(patternsOf(['general'])).toContain('!reference-server/control/**/*.ts');
  });

  it('are the names of areas of the register', () => {
    const files = readdirSync(join(repositoryRoot, 'openapi/requirements'));
    for (const area of Object.keys(areas)) expect(files).toContain(`${area}.yaml`);
  });

  it('include every file of the server, or exclude it with a reason', () => {
    const folder = join(repositoryRoot, 'reference-server');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => file.split(sep).join('/'))
      .filter((file) => file.endsWith('.ts') && !file.startsWith('tests/'));
    const forgotten = files.filter(
      (file) => areaOf(`reference-server/${file}`) === undefined && !isExcluded(file),
    );
    expect(forgotten).toEqual([]);
  });
});

describe('The rules that judge a mutant', () => {
  const rule = (id: string, duration: number) => ({ id, duration });
  const rules = [
    ...[rule('notes/total', 9), rule('links/again', 3), rule('links/once', 2)],
    ...[rule('flows/pages', 1), rule('flows/colors', 2), rule('cv/none', 4)],
  ];
  const chosen = (given = rules, catchers: string[] = [], quick = false): string[] => {
    const file = 'reference-server/links/handlers.ts';
    return orderRules(given, { file, catchers, quick }).map(({ id }) => id);
  };

  it('begin with those about the same area, and continue with other prefixes in turn', () => {
    const others = ['flows/pages', 'cv/none', 'notes/total', 'flows/colors'];
    expect(chosen()).toEqual(['links/once', 'links/again', ...others]);
  });

  it('begin with those that have already caught a mutant in the file', () => {
    expect(chosen(rules, ['notes/total', 'links/again']).slice(0, 3)).toEqual([
      ...['notes/total', 'links/again', 'links/once'],
    ]);
  });

  it('are a few of each kind in the quick pass', () => {
    const many = ['links', 'flows'].flatMap((prefix) =>
      Array.from({ length: 100 }, (_, index) => rule(`${prefix}/number-${index}`, index)),
    );
    const some = chosen(many, ['flows/number-99'], true);
    expect(some[0]).toBe('flows/number-99');
    expect(some.filter((id) => id.startsWith('links/'))).toHaveLength(14);
    expect(some).toHaveLength(1 + 14 + 10);
  });
});
