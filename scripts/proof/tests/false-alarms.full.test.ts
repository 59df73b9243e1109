import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../../conformance/rules/index.ts';
import { readRegister } from '../../../openapi/register.ts';
import { type Harness, openHarness } from '../harness/harness.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { formatVariant } from '../variants/result.ts';
import { harnessOptions, runVariant } from '../variants/run.ts';

const register = readRegister();
const { variants } = readCatalogue(register);

interface Case {
  readonly variant: string;
  /** Prefixes of the ids of the rules that could accuse it. */
  readonly rules: readonly string[];
  readonly seeds: readonly number[];
}

const unknownValues = ['errors/unknown-value', 'errors/form-fields', 'changes/unknown-status'];
const unknownItems = ['links/role-values', 'contacts/unknown-kind'];
const searches = ['contacts/search', 'contacts/filters', 'contacts/foreign-filters'];
const others = [
  'contacts/any-of-kinds',
  'contacts/deletion',
  'contacts/many-dossiers',
  'sequences/search',
];

const texts = ['contacts/text', 'dossiers/text-of', 'changes/text-of', 'notes/content'];
const moreTexts = [
  'contacts/notes',
  'contacts/company',
  'dossiers/name',
  'requests/json-spellings',
];
const unlinkings = ['links/unlink', 'sequences/refusals', 'sequences/dossier-count'];
const pages = ['pagination/', 'links/pages', 'notes/', 'flows/pages', 'contacts/page'];

/** Lawful servers that rules once accused, and these rules. */
const cases: readonly Case[] = [
  {
    variant: 'freedom/empty-texts-ignored',
    rules: [...unknownValues, ...unknownItems],
    seeds: [2, 3],
  },
  { variant: 'freedom/search-lags-a-second', rules: [...searches, ...others], seeds: [1] },
  { variant: 'LG-CON-085/1', rules: [...searches, ...others], seeds: [1] },
  { variant: 'LG-CON-085/3', rules: [...searches, ...others], seeds: [1] },
  { variant: 'LG-GEN-055/1', rules: [...texts, ...moreTexts], seeds: [2] },
  { variant: 'LG-GEN-055/2', rules: [...texts, ...moreTexts], seeds: [3] },
  { variant: 'LG-LNK-030/1', rules: unlinkings, seeds: [1] },
  { variant: 'LG-GEN-021/6', rules: pages, seeds: [1] },
  { variant: 'LG-GEN-022/4', rules: pages, seeds: [1] },
];

describe('a lawful server that was once accused', { timeout: 120_000 }, () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(harnessOptions);
  });
  afterAll(() => harness.close());

  const runs = cases.flatMap((one) => one.seeds.map((seed) => [one.variant, seed, one] as const));
  it.each(runs)('is cleared: %s with seed %i', async (id, seed, { rules: beginnings }) => {
    const variant = variants.find((one) => one.id === id);
    expect(variant).toBeDefined();
    if (!variant) return;
    const chosen = rules.filter((rule) => beginnings.some((begin) => rule.id.startsWith(begin)));
    const options = { harness, register, seed, runs: 10, rules: chosen };
    const result = await runVariant(variant, options);
    expect(result.cleared, formatVariant(result)).toBe(true);
    // It deviates only from its own decisions.
    expect(result.unexpected, formatVariant(result)).toEqual([]);
  });
});
