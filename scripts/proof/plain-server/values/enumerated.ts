import type { Installation } from '../installation.ts';
import { invalid } from '../refusal.ts';

/** The value of an enumeration that was sent, in its documented spelling (LG-GEN-028). */
export const matchOne = <Value extends string>(
  { takes }: Installation,
  sent: unknown,
  values: readonly Value[],
): Value | undefined => {
  const text = typeof sent === 'string' && takes('LG-GEN-028', 1) ? sent.toLowerCase() : sent;
  return values.find((value) => value === text);
};

/** @throws Refusal when the value is none of these */
export const oneOf = <Value extends string>(
  installation: Installation,
  sent: unknown,
  values: readonly Value[],
  name: string,
): Value => {
  const value = matchOne(installation, sent, values);
  if (value === undefined) throw invalid(installation, `${name} is none of ${values.join(', ')}`);
  return value;
};
