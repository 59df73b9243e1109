import { invalid } from '../http/refusal.ts';

/**
 * Reads a moment, in milliseconds since 1970; null for none.
 *
 * @throws Refusal invalid_body, which names the field
 */
export const readMoment = (name: string, text: string | null | undefined): number | null => {
  if (text === null || text === undefined) return null;
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw invalid(`${name} must be a moment, as 2026-05-04T08:30:00Z.`);
  return moment;
};
