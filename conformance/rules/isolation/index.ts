import type { Rule } from '../../rule.ts';
import foreignId from './foreign-id.ts';
import foreignMember from './foreign-member.ts';
import lists from './lists.ts';
import noDifferenceInReferences from './no-difference-in-references.ts';
import noDifference from './no-difference.ts';

/** The rules of the area isolation. */
export const isolation: readonly Rule[] = [
  foreignId,
  foreignMember,
  lists,
  noDifferenceInReferences,
  noDifference,
];
