import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../../conformance/rules/index.ts';
import { onAnswer } from '../../../conformance/liars/answers.ts';
import { readRegister } from '../../../openapi/register.ts';
import { openBench, type Bench } from '../bench.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { judgeVariant, pace } from '../variants/judge.ts';
import { planCovering } from '../variants/plan.ts';
import { printVariant } from '../variants/print.ts';
import type { Variant } from '../variants/variant.ts';

const register = readRegister();
const { variants, untried } = readCatalogue(register);
const servers = planCovering(variants, 1);
/** The command judges all of them, which takes longer than tests may. */
const quick = servers.filter(({ make }) => make.server === 'reference');

/** What a combined server is judged by here: all MUSTs, and the SHOULDs that it must be told of. */
const rulesFor = ({ decisions }: Variant) =>
  rules.filter(
    ({ level, kind, verifies }) =>
      level === 'MUST' || kind === 'ambient' || verifies.some((id) => decisions.includes(id)),
  );

describe('legal variants', { timeout: 600_000 }, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench(pace);
  });
  afterAll(() => bench.close());

  it.each(quick.map((server) => [server.varies, server] as const))(
    'a server with %s is not called non-conformant',
    async (_, server) => {
      const options = { bench, register, seed: 1, runs: 1, rules: rulesFor(server) };
      const result = await judgeVariant(server, options);
      expect(result.cleared, printVariant(result)).toBe(true);
      // What it decides otherwise is told, as a SHOULD.
      expect(result.deviations).not.toEqual([]);
    },
  );

  it('a variant that forgets the total of its lists is called non-conformant', async () => {
    const forgetful = onAnswer('all', ({ body }) => {
      delete (body as { meta?: { total?: number } }).meta?.total;
    });
    const broken: Variant = {
      ...{ id: 'broken', kind: 'freedom', varies: 'Lists have no total.', legal: 'It is not.' },
      ...{ decisions: [], combines: [] },
      make: { server: 'reference', dresses: [() => ({ wire: forgetful })] },
    };
    const result = await judgeVariant(broken, {
      ...{ bench, register, seed: 1, runs: 1 },
      rules: rules.filter(({ id }) => id.startsWith('pagination/')),
    });
    expect(result.cleared).toBe(false);
    expect(result.accusations).toContainEqual(
      expect.objectContaining({ rule: 'pagination/total' }),
    );
  });
});

describe('the catalogue of variants', () => {
  it('has every alternative of the register, or says why not', () => {
    const all = register.flatMap(({ id, alternatives = [] }) =>
      alternatives.map((_, index) => `${id}/${index + 1}`),
    );
    const told = [...variants, ...untried].map(({ id }) => id);
    expect(told.filter((id) => id.startsWith('LG-'))).toEqual(expect.arrayContaining(all));
    for (const { reason } of untried) expect(reason).not.toBe('');
  });

  it('occurs in the combined servers as a whole, each variant once', () => {
    const combined = servers.flatMap(({ combines }) => combines);
    expect(combined.sort()).toEqual(variants.map(({ id }) => id).sort());
  });
});
