import type { Contract } from '../../../openapi/contract.ts';
import type { Requirement } from '../../../openapi/register.ts';

/** All operations and events that a requirement is about, each by its own name. */
export const readConcerns = (
  { concerns }: Requirement,
  { operations, events }: Pick<Contract, 'operations' | 'events'>,
): ReadonlySet<string> => {
  const groups: Record<string, readonly string[]> = { all: Object.keys(operations), events };
  return new Set(concerns.flatMap((name) => groups[name] ?? name));
};
