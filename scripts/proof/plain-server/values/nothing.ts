import type { Body } from '../call.ts';
import type { RequirementId } from '../../../../openapi/generated/requirement-ids.ts';
import type { Installation } from '../installation.ts';
import { invalid, unforeseen } from '../refusal.ts';

/**
 * Lets null pass where it takes a value away, or counts as left out.
 *
 * @throws Refusal when the decision goes the other way
 */
export const checkNull = <Value>(
  installation: Installation,
  value: Value,
  name: string,
  decision: RequirementId,
): Value => {
  if (value === null && installation.takes(decision, 1)) {
    throw invalid(installation, `${name} is null`);
  }
  return value;
};

/** @throws Refusal when the body names a field that nobody knows, where that matters (LG-GEN-033) */
export const checkFields = (
  installation: Installation,
  body: Body,
  known: readonly string[],
): void => {
  if (!installation.takes('LG-GEN-033', 1)) return;
  const odd = Object.keys(body).find((name) => !known.includes(name));
  if (odd !== undefined) throw unforeseen(installation, `${odd} is unknown`, 'unknown_field');
};

/** A yes or no with a default. */
export const readFlag = (
  installation: Installation,
  sent: unknown,
  name: string,
): boolean | undefined => {
  const { takes } = installation;
  if (sent === undefined || typeof sent === 'boolean') return sent;
  if (sent === null && takes('LG-GEN-036', 1)) return undefined;
  if (sent !== null && takes('LG-GEN-034', 2)) return undefined;
  if (takes('LG-GEN-034', 1) && (sent === 'true' || sent === 'false')) return sent === 'true';
  throw invalid(installation, `${name} is neither true nor false`);
};
