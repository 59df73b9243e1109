import type { RequirementId } from '../../../openapi/generated/requirement-ids.ts';

/** The k-th alternative of a decision. */
export interface Alternative {
  readonly decision: RequirementId;
  readonly alternative: number;
}

/** An alternative that this server doesn't offer. */
export interface Unimplemented extends Alternative {
  readonly reason: string;
}

export const unimplemented: readonly Unimplemented[] = [
  {
    ...{ decision: 'LG-WEB-035', alternative: 2 },
    reason:
      'The control API chooses no kinds of events; with all kinds chosen it is the decision itself.',
  },
];

/** Two alternatives that can't be had together. */
export interface Exclusion {
  readonly both: readonly [Alternative, Alternative];
  readonly reason: string;
}

const excluded = (
  one: RequirementId,
  first: number,
  other: RequirementId,
  second: number,
  reason: string,
): Exclusion => ({
  both: [
    { decision: one, alternative: first },
    { decision: other, alternative: second },
  ],
  reason,
});

const keptNowhere = 'Details that neither the dossier nor its contact shows would be lost.';

export const exclusions: readonly Exclusion[] = [
  excluded('LG-DOS-018', 5, 'LG-DOS-061', 1, keptNowhere),
  excluded('LG-DOS-042', 1, 'LG-DOS-061', 1, keptNowhere),
  excluded('LG-DOS-042', 2, 'LG-DOS-061', 1, keptNowhere),
  excluded('LG-LIM-008', 2, 'LG-LIM-015', 2, 'Allowance comes back in one way; it slides then.'),
  excluded(
    'LG-WEB-036',
    1,
    'LG-WEB-038',
    1,
    'Who waits for receivers gives them a time of its own.',
  ),
  excluded('LG-LNK-018', 1, 'LG-LNK-026', 1, 'Two links of a contact would come to one role.'),
  excluded('LG-LNK-023', 1, 'LG-LNK-026', 1, 'Two links of a contact would come to one role.'),
];
