import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onResponse } from '../../../conformance/faults/inject.ts';
import { rules } from '../../../conformance/rules/index.ts';
import { readRegister } from '../../../openapi/register.ts';
import { type Harness, openHarness } from '../harness/harness.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { whyUnnoticed } from '../variants/result.ts';
import { harnessOptions, runVariant } from '../variants/run.ts';
import type { Variant } from '../variants/variant.ts';
import { describeCombined } from './combined-variants.ts';

const register = readRegister();
const { variants } = readCatalogue(register);

describeCombined(0);

describe('a faulty server among the variants', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(harnessOptions);
  });
  afterAll(() => harness.close());

  it('that omits the total of its lists is called non-conformant', async () => {
    const forgetful = onResponse('all', ({ body }) => {
      delete (body as { meta?: { total?: number } }).meta?.total;
    });
    const broken: Variant = {
      ...{ id: 'broken', kind: 'variation', varies: 'Lists have no total.', legal: 'It is not.' },
      ...{ decisions: [], combines: [] },
      make: { server: 'reference', wrappings: [() => ({ wire: forgetful })] },
    };
    const result = await runVariant(broken, {
      ...{ harness, register, seed: 1, runs: 1 },
      rules: rules.filter(({ id }) => id.startsWith('pagination/')),
    });
    expect(result.cleared).toBe(false);
    expect(result.accusations).toContainEqual(
      expect.objectContaining({ rule: 'pagination/total' }),
    );
  });
});

describe('a variant that no rule notices', { timeout: 120_000 }, () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(harnessOptions);
  });
  afterAll(() => harness.close());

  it.each(Object.keys(whyUnnoticed))('is still %s, as explained', async (id) => {
    const variant = variants.find((one) => one.id === id);
    expect(variant).toBeDefined();
    if (!variant) return;
    const about = rules.filter(({ verifies }) =>
      verifies.some((one) => variant.decisions.includes(one)),
    );
    const options = { harness, register, seed: 1, runs: 1, rules: about };
    const { unnoticed } = await runVariant(variant, options);
    expect(unnoticed).not.toEqual([]);
    expect(unnoticed.filter(({ because }) => because === undefined)).toEqual([]);
  });
});
