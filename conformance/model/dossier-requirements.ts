import type { RequirementId } from '../../openapi/register.ts';
import type { PagePart } from '../assertions/lists.ts';
import { Form } from '../http/form.ts';
import type { ModelRequirements } from './subjects.ts';

/*
 * What the tours compare of dossiers, and the requirements that each comparison is about: those about
 * their values in creations and lists, and those about their updates.
 */

/** The requirements about the value of each field of a new dossier. */
const createdDossierFields: Readonly<Record<string, readonly RequirementId[]>> = {
  ...{ type: ['LG-DOS-001'], name: ['LG-DOS-030', 'LG-GEN-039'], phone: ['LG-DOS-034'] },
  ...{ company: ['LG-DOS-035', 'LG-GEN-039'], role: ['LG-DOS-036', 'LG-GEN-039'] },
  ...{ intake_notes: ['LG-DOS-038', 'LG-GEN-039'], contact_person: ['LG-DOS-039', 'LG-GEN-039'] },
  ...{ deal_currency: ['LG-DOS-041'], status: ['LG-DOS-021'] },
  current_stage_id: ['LG-DOS-022', 'LG-DOS-023'],
};

const amountOf = (expected: unknown): readonly RequirementId[] =>
  Number.isInteger(expected)
    ? ['LG-DOS-040', 'LG-GEN-011', 'LG-GEN-012']
    : ['LG-DOS-040', 'LG-GEN-011', 'LG-GEN-013'];

/** What a list of dossiers with these filters is about. */
const membersOf = (filters: readonly string[]): readonly RequirementId[] => {
  const [filter, ...others] = filters;
  if (others.length > 0) return ['LG-GEN-023'];
  if (filter === 'type') return ['LG-DOS-007', 'LG-DOS-112'];
  if (filter === 'status') return ['LG-DOS-008'];
  return [filter === 'stage_id' ? 'LG-DOS-009' : 'LG-DOS-006'];
};

/** What a new dossier, the list and its filters are about. */
export const dossierValueRequirements: ModelRequirements = {
  accepted: ({ operation, request }) => {
    if (operation === 'updateDossier') return ['LG-DOS-067'];
    return [request?.body instanceof Form ? 'LG-CV-004' : 'LG-DOS-019'];
  },
  dossierShown: ({ place = '' }) => [place.startsWith('the list') ? 'LG-DOS-016' : 'LG-DOS-020'],
  dossier: ({ field = '', place = '', expected }) => {
    if (place.startsWith('the response to the update')) return ['LG-DOS-067'];
    const isChanged = field === 'status' || field === 'current_stage_id';
    if (isChanged && place.startsWith('the list')) return ['LG-DOS-067', 'LG-DOS-068'];
    return field === 'deal_size'
      ? amountOf(expected)
      : (createdDossierFields[field] ?? ['LG-DOS-019']);
  },
  ...{ ownFlow: ['LG-DOS-022'], updatedId: ['LG-DOS-067'] },
  ...{ page: ['LG-GEN-016'], once: ['LG-GEN-017'] },
  members: ({ filters = [] }) => membersOf(filters),
  total: ({ filters = [] }) => [filters.length === 0 ? 'LG-GEN-014' : 'LG-GEN-015'],
  rest: ['LG-DOS-019'],
};

/** The requirements about the pages of dossiers with this size, or with the default. */
export const dossierPages = (part: PagePart, perPage?: number): readonly RequirementId[] => {
  const isDefault = perPage === undefined;
  if (part === 'size') return [isDefault ? 'LG-DOS-012' : 'LG-GEN-016'];
  if (part === 'meta') return isDefault ? ['LG-GEN-018', 'LG-DOS-011'] : ['LG-GEN-018'];
  return [({ total: 'LG-GEN-014', items: 'LG-GEN-017', order: 'LG-GEN-016' } as const)[part]];
};

/** The requirements about an update of each field. */
const changedDossierFields: Readonly<Record<string, readonly RequirementId[]>> = {
  ...{ type: ['LG-DOS-065'], name: ['LG-DOS-070'], email: ['LG-DOS-071'], phone: ['LG-DOS-072'] },
  ...{ company: ['LG-DOS-073'], role: ['LG-DOS-074'], contact_person: ['LG-DOS-075'] },
  ...{ deal_size: ['LG-DOS-076'], deal_currency: ['LG-DOS-077'], status: ['LG-DOS-078'] },
  ...{ intake_notes: ['LG-DOS-082'], current_stage_id: ['LG-DOS-083'] },
};

const changedField = (field: string, value: unknown): readonly RequirementId[] => {
  if (field === 'assigned_to') return [value === null ? 'LG-DOS-081' : 'LG-DOS-080'];
  const isDecimal = field === 'deal_size' && !Number.isInteger(value);
  return [
    ...(changedDossierFields[field] ?? ['LG-DOS-067']),
    ...(isDecimal ? (['LG-GEN-013'] as const) : []),
  ];
};

/**
 * What an update of a dossier is about. A dossier is archived and restored after all other changes, so from then on that is tested.
 */
export const dossierChangeRequirements = (): ModelRequirements => {
  let archived = false;
  return {
    accepted: ({ operation, request }) => {
      if (operation === 'createDossier') archived = false;
      if (operation === 'archiveDossier') archived = true;
      if (operation !== 'updateDossier') return ['LG-DOS-093'];
      const fields = Object.entries(request?.body ?? {});
      if (archived) return ['LG-DOS-098'];
      return fields.length > 1 ? ['LG-DOS-067'] : fields.flatMap((one) => changedField(...one));
    },
    updatedId: ['LG-DOS-069'],
    retrieved: ({ expected }) => [expected === 'archived' ? 'LG-DOS-095' : 'LG-DOS-065'],
    dossierShown: ({ place = '' }) => [
      place.startsWith('the response to the update') ? 'LG-DOS-069' : 'LG-DOS-066',
    ],
    dossier: ({ field = '', place = '', expected }) => {
      if (field === 'status' && archived) {
        return [expected === 'archived' ? 'LG-DOS-093' : 'LG-DOS-098'];
      }
      if (archived) return ['LG-DOS-097'];
      const changed = changedField(field, expected);
      return place.startsWith('the response') ? changed : [...changed, 'LG-DOS-068'];
    },
    ownFlow: ['LG-DOS-002'],
    members: ({ filters = [] }) => [filters.length === 0 ? 'LG-DOS-068' : 'LG-DOS-096'],
    rest: ['LG-DOS-096'],
  };
};
