import { describe, expect, it } from 'vitest';
import { readRegister } from '../../../openapi/register.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { planCovering } from '../variants/combine.ts';

const register = readRegister();
const { variants, untested } = readCatalogue(register);
const servers = planCovering(variants, 1);

describe('the catalogue of variants', () => {
  it('has every alternative of the register, or says why not', () => {
    const all = register.flatMap(({ id, alternatives = [] }) =>
      alternatives.map((_, index) => `${id}/${index + 1}`),
    );
    const ids = [...variants, ...untested].map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('LG-'))).toEqual(expect.arrayContaining(all));
    for (const { id, reason } of untested) expect(reason, id).toMatch(/^[A-Z].+\.$/);
  });

  it('is covered by the combinations, each variant once', () => {
    const combined = servers.flatMap(({ combines }) => combines);
    expect(combined.sort()).toEqual(variants.map(({ id }) => id).sort());
  });
});
