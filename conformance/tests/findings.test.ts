import { describe, expect, it } from 'vitest';
import { readRegister, type RequirementId } from '../../openapi/register.ts';
import { createFindAccused } from '../report/accused.ts';
import { findCauses } from '../report/findings.ts';
import type { ReportedCounterexample, ReportedRule } from '../report/report.ts';
import { showDifference } from '../reporters/difference.ts';
import type { Outcome } from '../runner/outcome.ts';
import { counterexample, exchange, rule } from './sample-reports.ts';

const register = readRegister();

/** A rule that failed, about these requirements, after exchanges with these operations. */
const failed = (
  id: string,
  accuses: readonly RequirementId[],
  {
    operations = ['createDossier'],
    level = 'MUST',
    ...shown
  }: Partial<ReportedCounterexample> & {
    readonly operations?: readonly string[];
    readonly level?: 'MUST' | 'SHOULD';
  } = {},
): ReportedRule =>
  rule(id, {
    ...{ level, accuses, verifies: [accuses[0] ?? 'LG-GEN-017'], outcome: 'failed' },
    counterexample: counterexample({
      exchanges: operations.map((operation) => exchange({ operation })),
      operation: operations.at(-1) ?? null,
      expected: `what ${id} expects`,
      ...shown,
    }),
  });

const breadth = (id: string, number: number) => ({ id, catches: [0, number] as const });

const causesOf = (
  rules: readonly ReportedRule[],
  order: ReturnType<typeof breadth>[] = [],
  newer: readonly string[] = [],
) => findCauses(rules, { register, order, newer });

describe('the causes of failures', () => {
  it('are one where the same step fails in many rules', () => {
    const step = { step: true, actual: '500 internal_error', operation: 'createDossier' };
    const [found, ...others] = causesOf([
      failed('links/adding', ['LG-LNK-001'], { ...step, preparation: true }),
      failed('dossiers/round-trip', ['LG-DOS-024'], step),
      failed('notes/order', ['LG-NOT-003'], { ...step, preparation: true }),
    ]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      ...{ rule: 'dossiers/round-trip', requirements: ['LG-DOS-024'], seenBy: [] },
      blocked: ['links/adding', 'notes/order'],
    });
  });

  it('are one where the same event is missing', () => {
    const missing = { missing: 'dossier.deleted' };
    const found = causesOf([
      failed('webhooks/signature', ['LG-SIG-001'], { ...missing, preparation: true }),
      failed('webhooks/deletion', ['LG-WEB-018'], missing),
    ]);
    expect(found.map(({ rule: id }) => id)).toEqual(['webhooks/deletion']);
    expect(found[0]?.blocked).toEqual(['webhooks/signature']);
  });

  it('are one where rules about different statements expect the same, but for ids', () => {
    const expected = (id: string) => ({
      expected: `a flow with the stage "${id}"`,
      actual: 'none',
    });
    const found = causesOf([
      failed('scopes/moves', ['LG-AUT-020'], expected('one')),
      failed('changes/moves', ['LG-DOS-003'], expected('other')),
    ]);
    expect(found).toHaveLength(1);
  });

  it('begin with what is narrow, and what is broad may be its consequence', () => {
    const found = causesOf(
      [
        failed('tours/everything', ['LG-DOS-001', 'LG-DOS-002'], {
          operations: ['createDossier', 'updateDossier', 'listDossiers'],
        }),
        failed('dossiers/role', ['LG-DOS-037'], { operations: ['createDossier'] }),
      ],
      [breadth('tours/everything', 80), breadth('dossiers/role', 2)],
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ rule: 'dossiers/role', perhaps: ['tours/everything'] });
  });

  it('stay apart where both are narrow', () => {
    const order = [breadth('dossiers/role', 2), breadth('dossiers/company', 3)];
    const rules = [
      failed('dossiers/role', ['LG-DOS-037']),
      failed('dossiers/company', ['LG-DOS-036']),
    ];
    expect(causesOf(rules, order)).toHaveLength(2);
  });

  it('name requests before the events that follow from them', () => {
    const rules = [
      failed('webhooks/deletion', ['LG-WEB-018'], { missing: 'dossier.deleted' }),
      failed('archiving/one-dossier', ['LG-DOS-093'], { operations: ['archiveDossier'] }),
    ];
    const order = [breadth('webhooks/deletion', 1), breadth('archiving/one-dossier', 9)];
    expect(causesOf(rules, order)[0]?.rule).toBe('archiving/one-dossier');
  });

  it('have deviations last, one for each decision, in the words of what the target does', () => {
    const [broken, deviation, ...others] = causesOf([
      failed('pagination/maximum', ['LG-GEN-020'], { level: 'SHOULD' }),
      failed('pagination/clamped', ['LG-GEN-020'], { level: 'SHOULD' }),
      failed('dossiers/role', ['LG-DOS-037']),
    ]);
    expect(others).toEqual([]);
    expect(broken?.rule).toBe('dossiers/role');
    expect(deviation).toMatchObject({ level: 'SHOULD', seenBy: ['pagination/clamped'] });
    const decision = register.find(({ id }) => id === 'LG-GEN-020');
    const [only, another] = decision?.alternatives ?? [];
    expect(deviation?.title).toBe(
      another ? `Not as decided: ${decision?.statement ?? ''}` : only?.statement,
    );
  });

  it('leave out known failures, and what is newer than the verdict asks for', () => {
    const known = { ...failed('dossiers/role', ['LG-DOS-037']), known: 'Since March.' };
    const newer = failed('dossiers/company', ['LG-DOS-036']);
    expect(causesOf([known, newer], [], ['dossiers/company'])).toEqual([]);
  });
});

describe('what a failure is about', () => {
  const find = createFindAccused(register);
  const outcome = (
    verifies: readonly RequirementId[],
    shown: Partial<NonNullable<Outcome['counterexample']>>,
  ) =>
    ({
      verifies,
      counterexample: { expected: 'a', actual: 'b', exchanges: [], ...shown },
    }) as unknown as Outcome;
  const judged = (operation: string, wanted?: string) =>
    ({ exchange: { operation }, wanted }) as unknown as { exchange: never };

  it('is what its assertion named', () => {
    const shown = { about: ['LG-DOS-037'] as const };
    expect(find(outcome(['LG-DOS-036', 'LG-DOS-037'], shown)).requirements).toEqual(['LG-DOS-037']);
  });

  it('is what concerns the operation that was not as expected', () => {
    const shown = { judged: judged('listDossierNotes') };
    const { requirements } = find(outcome(['LG-DOS-024', 'LG-NOT-001'], shown));
    expect(requirements).not.toContain('LG-DOS-024');
  });

  it('is preparation where nothing that the rule is about concerns the operation', () => {
    const shown = { judged: judged('createDossier', 'success') };
    expect(find(outcome(['LG-NOT-001'], shown))).toMatchObject({ step: true, preparation: true });
    expect(find(outcome(['LG-DOS-024'], shown)).preparation).toBe(false);
  });
});

describe('two long texts', () => {
  const list = Array.from({ length: 40 }, (_, index) => `"item ${String(index)}"`).join(',');

  it('are cut to what differs, and keep what introduces the first', () => {
    const changed = list.replace('"item 20"', '"other"');
    const [expected, actual] = showDifference(`the ids [${list}]`, `[${changed}]`);
    expect(expected).toMatch(/^the ids …/);
    expect(expected).toContain('"item 20"');
    expect(actual).toContain('"other"');
    expect(Math.max(expected.length, actual.length)).toBeLessThan(130);
  });

  it('stay whole where they are short, or have nothing in common', () => {
    expect(showDifference('status 201', '"500"')).toEqual(['status 201', '"500"']);
    expect(showDifference(list, 'x'.repeat(300))).toEqual([list, 'x'.repeat(300)]);
  });
});
