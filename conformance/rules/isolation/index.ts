import type { Rule } from '../../rule.ts';
import foreignFlows from './foreign-flows.ts';
import foreignId from './foreign-id.ts';
import foreignMember from './foreign-member.ts';
import foreignStage from './foreign-stage.ts';
import foreignThings from './foreign-things.ts';
import lists from './lists.ts';
import noDifferenceInReferences from './no-difference-in-references.ts';
import noDifference from './no-difference.ts';
import sameMessage from './same-message.ts';
import statuses from './statuses.ts';

/** The rules of the area isolation. */
export const isolation: readonly Rule[] = [
  foreignFlows,
  foreignId,
  foreignMember,
  foreignStage,
  foreignThings,
  lists,
  noDifferenceInReferences,
  noDifference,
  sameMessage,
  statuses,
];
