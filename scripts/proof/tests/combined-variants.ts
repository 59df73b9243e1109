import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../../conformance/rules/index.ts';
import { readRegister } from '../../../openapi/register.ts';
import { type Harness, openHarness } from '../harness/harness.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { planCovering } from '../variants/combine.ts';
import { formatVariant } from '../variants/result.ts';
import { harnessOptions, runVariant } from '../variants/run.ts';
import type { Variant } from '../variants/variant.ts';

const register = readRegister();

/** All MUSTs, and the SHOULDs about the decisions that the server deviates from. */
const rulesFor = ({ decisions }: Variant) =>
  rules.filter(
    ({ level, kind, verifies }) =>
      level === 'MUST' || kind === 'ambient' || verifies.some((id) => decisions.includes(id)),
  );

/** Runs every second covering combination of the variants. */
export const describeCombined = (half: 0 | 1): void => {
  const servers = planCovering(readCatalogue(register).variants, 1).filter(
    (_, index) => index % 2 === half,
  );
  describe('lawful variants', { timeout: 600_000 }, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await openHarness(harnessOptions);
    });
    afterAll(() => harness.close());

    it.each(servers.map((server) => [server.varies, server] as const))(
      'a server with %s is not called non-conformant',
      async (_, server) => {
        const options = { harness, register, seed: 1, runs: 1, rules: rulesFor(server) };
        const result = await runVariant(server, options);
        expect(result.cleared, formatVariant(result)).toBe(true);
        // Its deviations are reported as SHOULDs.
        expect(result.deviations).not.toEqual([]);
      },
    );
  });
};
