import type { RequirementId } from '../../../../openapi/register.ts';
import type { Freedoms } from '../../plain-server/freedoms.ts';
import type { Dress, Variant } from '../variant.ts';

type Named = readonly [id: string, varies: string, legal: string];

/**
 * A freedom that no alternative of the register spells out, or that goes further than one.
 *
 * @param decisions - those that rules see taken otherwise
 */
export const freedom = (
  [id, varies, legal]: Named,
  freedoms: Freedoms,
  decisions: readonly RequirementId[] = [],
): Variant => ({
  ...{ id: `freedom/${id}`, kind: 'freedom', varies, legal, decisions, combines: [] },
  make: { server: 'plain', freedoms },
});

/** One that the reference server takes when it is dressed otherwise. */
export const dressed = (
  [id, varies, legal]: Named,
  dress: () => Dress,
  decisions: readonly RequirementId[] = [],
): Variant => ({
  ...{ id: `dressed/${id}`, kind: 'freedom', varies, legal, decisions, combines: [] },
  make: { server: 'reference', dresses: [dress] },
});
