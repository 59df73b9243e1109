import type { RequirementId } from '../../openapi/register.ts';
import type { PagePart } from '../assertions/lists.ts';
import type { ModelRequirements } from './subjects.ts';

/*
 * What the tours compare of contacts, and the requirements that each comparison is about: those about
 * their values in creations and lists, and those about their updates.
 */

/** The requirements about the value of each field of a new contact. */
const createdContactFields: Readonly<Record<string, readonly RequirementId[]>> = {
  ...{ full_name: ['LG-CON-027', 'LG-GEN-039'], email: ['LG-CON-030'], phone: ['LG-CON-038'] },
  ...{ linkedin_url: ['LG-CON-039'], company: ['LG-CON-041', 'LG-GEN-039'] },
  ...{ role: ['LG-CON-042', 'LG-GEN-039'], city: ['LG-CON-043', 'LG-GEN-039'] },
  notes: ['LG-CON-049', 'LG-GEN-039'],
};

const kindsOf = (expected: unknown): readonly RequirementId[] => {
  const { length } = expected as readonly string[];
  if (length === 0) return ['LG-CON-045'];
  return length > 1 ? ['LG-CON-044', 'LG-CON-002'] : ['LG-CON-044'];
};

/** What a new contact, the list and its filters are about. */
export const contactValueRequirements: ModelRequirements = {
  contactShown: ({ place = '' }) => [place.startsWith('the list') ? 'LG-CON-022' : 'LG-CON-026'],
  contact: ({ field = '', expected }) =>
    field === 'kind' ? kindsOf(expected) : (createdContactFields[field] ?? []),
  count: ['LG-CON-050'],
  ...{ page: ['LG-GEN-016'], once: ['LG-GEN-017'] },
  members: ({ filters = [] }) => [filters.length === 0 ? 'LG-CON-004' : 'LG-CON-005'],
  total: ({ filters = [] }) => [filters.length === 0 ? 'LG-GEN-014' : 'LG-GEN-015'],
  rest: ['LG-CON-026'],
};

/** The requirements about the pages of contacts with this size, or with the default. */
export const contactPages = (part: PagePart, perPage?: number): readonly RequirementId[] => {
  const isDefault = perPage === undefined;
  if (part === 'size') return [isDefault ? 'LG-CON-019' : 'LG-GEN-016'];
  if (part === 'meta') return isDefault ? ['LG-GEN-018', 'LG-CON-018'] : ['LG-GEN-018'];
  return [({ total: 'LG-GEN-014', items: 'LG-GEN-017', order: 'LG-GEN-016' } as const)[part]];
};

/** The requirements about an update of each field. */
const changedContactFields: Readonly<Record<string, readonly RequirementId[]>> = {
  ...{ full_name: ['LG-CON-058'], email: ['LG-CON-059'], phone: ['LG-CON-063'] },
  ...{ linkedin_url: ['LG-CON-064'], company: ['LG-CON-065'], role: ['LG-CON-066'] },
  ...{ city: ['LG-CON-067'], kind: ['LG-CON-068'], notes: ['LG-CON-069'] },
};

/**
 * What an update of a contact is about.
 *
 * @param accepted - what it means now that a request is accepted
 */
export const contactChangeRequirements = (accepted: () => RequirementId): ModelRequirements => ({
  accepted: () => [accepted()],
  refused: ({ operation, reasons = [] }) => {
    if (reasons.includes(404)) return ['LG-CON-074'];
    return operation === 'createContact' ? ['LG-CON-032', 'LG-CON-033'] : ['LG-CON-060'];
  },
  updatedId: ['LG-CON-057'],
  contactShown: ({ place = '' }) => [
    place.startsWith('the response to the update') ? 'LG-CON-057' : 'LG-CON-052',
  ],
  contact: ({ field = '', place = '' }) => {
    const changed = changedContactFields[field] ?? [];
    return place.startsWith('the response') ? changed : [...changed, 'LG-CON-056'];
  },
  ...{ retrieved: ['LG-CON-051'], count: ['LG-CON-052'], deletedContact: ['LG-CON-074'] },
  members: ({ filters = [] }) => [filters.length === 0 ? 'LG-CON-074' : 'LG-CON-005'],
  total: ({ filters = [] }) => [filters.length === 0 ? 'LG-CON-074' : 'LG-CON-005'],
});
