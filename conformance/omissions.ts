import type { Contract, EventType, Operation } from '../openapi/contract.ts';
import type { Requirement, RequirementId } from '../openapi/register.ts';
import { misuse } from './breakdown.ts';
import type { Omission } from './targets/target.ts';

/** What a run leaves out because the user said so. */
export interface Scope {
  readonly operations: readonly Operation[];
  readonly events: readonly EventType[];
  /** Each omitted requirement with the reason that was given. */
  readonly omitted: ReadonlyMap<RequirementId, string>;
}

/**
 * Applies the declared omissions to contract and register. A requirement is omitted by its id, by
 * its area, or because all that it concerns is omitted.
 *
 * @throws Breakdown when an omission names what doesn't exist: it would omit less than it says
 */
export const readScope = (
  contract: Contract,
  register: readonly Requirement[],
  omissions: readonly Omission[],
): Scope => {
  const reasons = new Map<string, string>();
  for (const { operations = [], events = [], reason } of omissions) {
    for (const name of [...operations, ...events]) reasons.set(name, reason);
  }
  const known = new Set<string>([...Object.keys(contract.operations), ...contract.events]);
  for (const name of reasons.keys()) {
    if (!known.has(name)) throw unknown(name, 'operation or event');
  }
  const groups: Record<string, readonly string[]> = {
    all: Object.keys(contract.operations),
    events: contract.events,
  };
  const omitted = new Map<RequirementId, string>();
  for (const { id, concerns } of register) {
    const named = concerns.flatMap((name) => groups[name] ?? name);
    const [first, ...rest] = named.map((name) => reasons.get(name));
    if (first !== undefined && rest.every((reason) => reason !== undefined)) omitted.set(id, first);
  }
  for (const { requirements = [], reason } of omissions) {
    for (const pattern of requirements) {
      const ids = register.map(({ id }) => id).filter((id) => matches(pattern, id));
      if (ids.length === 0) throw unknown(pattern, 'requirement');
      for (const id of ids) omitted.set(id, reason);
    }
  }
  const operations = Object.values(contract.operations).filter(({ id }) => !reasons.has(id));
  const sent = contract.events.filter((event) => !reasons.has(event));
  return { operations, events: sent, omitted };
};

const matches = (pattern: string, id: string): boolean =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;

const unknown = (name: string, kind: string) =>
  misuse(`The target's description omits ${name}, but no ${kind} is called so. Correct the name.`);
