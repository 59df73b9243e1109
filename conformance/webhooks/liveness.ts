import type { EventType } from '../../openapi/contract.ts';

/** Which events come at all: what depends on one that never comes need not be waited for. */
export interface EventLiveness {
  /** Notes an event that was waited for and came in time. */
  readonly noteArrival: (type: unknown) => void;
  /** Notes that a rule failed because an event did not come in time. */
  readonly noteMissing: (type: EventType, rule: string) => void;
  /** The rules that showed that no event of this type comes; undefined if some do. */
  readonly shownMissingBy: (type: EventType) => readonly string[] | undefined;
}

/** So many rules must miss an event that never came: one may be about a special cause. */
const fewestRules = 2;

export const createEventLiveness = (): EventLiveness => {
  const came = new Set<unknown>();
  const missedBy = new Map<EventType, Set<string>>();
  return {
    noteArrival: (type) => {
      came.add(type);
    },
    noteMissing: (type, rule) => {
      const rules = missedBy.get(type) ?? new Set();
      missedBy.set(type, rules.add(rule));
    },
    shownMissingBy: (type) => {
      const rules = [...(missedBy.get(type) ?? [])];
      return came.has(type) || rules.length < fewestRules ? undefined : rules;
    },
  };
};
