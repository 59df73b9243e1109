import type { RequirementId } from '../../openapi/register.ts';
import { errorCodeOf } from './expectations.ts';
import type { Exchange } from './exchange.ts';
import { Nonconformity } from './nonconformity.ts';
import type { World } from './world.ts';

/**
 * Why something may be refused: a decision of the register, with the statuses that it and its
 * alternatives allow, or a status that the documentation gives.
 */
export type Reason = RequirementId | number;

type Judge = Pick<World, 'acceptances'>;

/** It was refused for one of these reasons, with the code that contract or register gives. */
export const isPermittedRefusal = (
  { acceptances }: Judge,
  { operation, response, json }: Exchange,
  reasons: readonly Reason[],
): boolean => {
  const { status } = response;
  const accepted = operation && acceptances.of(operation, status);
  if (!accepted || accepted.success) return false;
  const right = accepted.codes?.includes(errorCodeOf(json) ?? 'no code') ?? true;
  return right && statusesOf(acceptances, operation, reasons).includes(status);
};

/** @throws Nonconformity where it was not refused for one of these reasons */
export const expectPermittedRefusal = (
  world: Judge,
  exchange: Exchange,
  reasons: readonly Reason[],
): void => {
  if (isPermittedRefusal(world, exchange, reasons)) return;
  const { operation, response, json } = exchange;
  const statuses = operation ? statusesOf(world.acceptances, operation, reasons) : [];
  const code = errorCodeOf(json) ?? 'no code';
  const expected = `a refusal with ${statuses.join(' or ')}`;
  throw new Nonconformity(expected, `${String(response.status)} ${code}`, { exchange });
};

const statusesOf = (
  acceptances: World['acceptances'],
  operation: NonNullable<Exchange['operation']>,
  reasons: readonly Reason[],
): number[] => {
  const statuses = reasons.flatMap((reason) =>
    typeof reason === 'number' ? [reason] : acceptances.refusals(operation, reason),
  );
  return [...new Set(statuses)];
};
