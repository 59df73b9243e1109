import { createHash } from 'node:crypto';
import type { Installation } from '../installation.ts';
import { writeMoment } from '../moments.ts';
import type { Key } from '../records.ts';

/** Who looks, and at which occasion. */
export interface View {
  readonly installation: Installation;
  /** Whose key asks; nobody's where an event tells. */
  readonly key?: Key;
}

export type Shown = Readonly<Record<string, unknown>>;

/** Leaves out what has no value, where the server does so (LG-GEN-007). */
export const sparse = ({ installation }: View, shown: Shown): Shown =>
  installation.takes('LG-GEN-007', 1) ? withValue(shown) : shown;

export const withValue = (shown: Shown): Shown =>
  Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null));

export const only = (shown: Shown, names: readonly string[]): Shown =>
  Object.fromEntries(Object.entries(shown).filter(([name]) => names.includes(name)));

export const without = (shown: Shown, names: readonly string[]): Shown =>
  Object.fromEntries(Object.entries(shown).filter(([name]) => !names.includes(name)));

/** Adds members that the documentation doesn't name, where the server does so (LG-GEN-006). */
export const enriched = ({ installation, key }: View, shown: Shown): Shown => {
  const { takes, freedoms, now, next } = installation;
  const further = { updated_at: writeMoment(installation, now()), _links: { self: '/' }, tags: [] };
  return {
    ...shown,
    ...(takes('LG-GEN-006', 1) && further),
    ...(freedoms.volatileMember && { served: next() }),
    ...(freedoms.memberByKey && key && { requested_by: initials(key) }),
  };
};

const initials = ({ key }: Key): string =>
  createHash('sha256').update(key).digest('hex').slice(0, 8);
