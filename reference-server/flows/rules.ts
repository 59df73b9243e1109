import type { Schemas } from '../../openapi/contract.ts';
import type { Organization } from '../state/organization.ts';
import type { Flow, Stage } from '../state/records.ts';

/** A flow to add; a stage without a position gets its number in the list, from 1. */
export interface FlowDraft {
  readonly name: string;
  readonly type: Schemas['DossierType'];
  readonly is_default: boolean;
  readonly stages: readonly (Partial<Omit<Stage, 'id' | 'name'>> & Pick<Stage, 'name'>)[];
}

/**
 * Adds a flow with its stages by position; a new default replaces the previous one (LG-FLO-003,
 * LG-FLO-016).
 */
export const addFlow = (
  { flows }: Organization,
  { name, type, is_default, stages }: FlowDraft,
  newId: () => string,
): Flow => {
  const previous = is_default && defaultFlow({ flows }, type);
  if (previous) flows.replace({ ...previous, is_default: false });
  const flow: Flow = {
    id: newId(),
    name,
    type,
    is_default,
    stages: stages
      .map((stage, index) => createStage(stage, index + 1, newId()))
      .sort((a, b) => a.position - b.position),
  };
  flows.insert(flow);
  return flow;
};

const createStage = (stage: FlowDraft['stages'][number], number: number, id: string): Stage => ({
  id,
  name: stage.name,
  position: stage.position ?? number,
  deadline_days: stage.deadline_days ?? null,
  win_probability: stage.win_probability ?? null,
  color: stage.color ?? null,
});

/** The flow of new dossiers of a type if none is sent. */
export const defaultFlow = (
  { flows }: Pick<Organization, 'flows'>,
  type: Schemas['DossierType'],
): Flow | undefined => flows.firstBy('default', type);
