import { errorCodeOf } from './expectations.ts';
import type { Exchange } from './exchange.ts';
import { Nonconformity } from './nonconformity.ts';
import type { World } from './world.ts';

/**
 * It was refused with one of these statuses and the code that contract or register gives to it:
 * where a decision has alternatives that the contract doesn't show.
 */
export const expectPermittedRefusal = (
  { acceptances }: Pick<World, 'acceptances'>,
  exchange: Exchange,
  statuses: readonly number[],
): void => {
  const { operation, response, json } = exchange;
  const { status } = response;
  const code = errorCodeOf(json) ?? 'no code';
  const accepted = operation && acceptances.of(operation, status);
  const right = accepted && !accepted.success && (accepted.codes?.includes(code) ?? true);
  if (right && statuses.includes(status)) return;
  const expected = `a refusal with ${statuses.join(' or ')}`;
  throw new Nonconformity(expected, `${String(status)} ${code}`, { exchange });
};
