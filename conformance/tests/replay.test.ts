import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { openTestHarness, type TestHarness } from './harness.ts';
import { injectionsOf, runWithFault } from './caught.ts';

/** Rules that generate cases: with one request, with several, with sequences and files. */
const replayed = [
  'contacts/duplicate-email',
  'contacts/phone',
  'dossiers/company',
  'dossiers/contact-person',
  'changes/company',
  'links/roles',
  'pagination/full-walk',
  'errors/unknown-value',
  'sequences/notes-through-changes',
  'sequences/stage-through-changes',
];

describe('a failed case', { timeout: 300_000 }, () => {
  let harness: TestHarness;
  beforeAll(async () => {
    harness = await openTestHarness({ showsWritesAtOnce: true });
  });
  afterAll(() => harness.close());

  const chosen = rules.filter(({ id }) => replayed.includes(id));

  it('is tested with existing rules', () => {
    expect(chosen.map(({ id }) => id).sort()).toEqual([...replayed].sort());
  });

  it.each(chosen.map((rule) => [rule.id, rule] as const))(
    'of %s fails again by its seed and path',
    async (_, rule) => {
      for (const injection of injectionsOf(rule)) {
        const found = await runWithFault(harness, rule, injection);
        const path = found?.counterexample?.falsification?.path;
        expect(path).toBeDefined();
        const again = await runWithFault(harness, rule, injection, path);
        expect(again).toMatchObject({ outcome: 'failed' });
      }
    },
  );
});
