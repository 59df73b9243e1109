import type { RequirementId } from '../../../openapi/register.ts';
import { forget, type Facts } from './facts.ts';
import { factsOf, type DossierFacts, type Oracle } from './oracle.ts';

/**
 * What a dossier may share with its primary contact: one may follow the other, or not
 * (LG-DOS-087, LG-CON-073).
 */
export const sharedFields = ['email', 'phone', 'company', 'role'];

/** What is shown of a dossier, though nobody told what it should be. */
export const learnedOfDossier = ['status', 'current_stage_id', 'assigned_to', ...sharedFields];

export interface Creation {
  readonly id: string;
  readonly draft: Readonly<Record<string, unknown>> & { readonly type: string };
  /** The ids of the stages of the flow that it is in. */
  readonly stages: readonly string[];
  /** The stage that it must be in; undefined where the documentation leaves that open. */
  readonly stage: string | undefined;
  readonly cv: boolean;
}

/** A dossier was created; who is on it is told separately. */
export const dossierCreated = (oracle: Oracle, creation: Creation): DossierFacts => {
  const { id, draft, stages, stage, cv } = creation;
  const facts: Facts = new Map(Object.entries(draft));
  forget(facts, ['contact_id', 'flow_id']);
  facts.set('status', 'active').set('cv_url', cv || null);
  if (stage !== undefined) facts.set('current_stage_id', stage);
  const belongings = { links: new Map(), former: new Set<string>(), notes: [] };
  const created: DossierFacts = { id, type: draft.type, stages, facts, ...belongings };
  oracle.dossiers.set(id, created);
  oracle.made += 1;
  return created;
};

/** Fields of a dossier were changed. */
export const dossierChanged = (
  oracle: Oracle,
  dossier: DossierFacts,
  changes: Readonly<Record<string, unknown>>,
): void => {
  const { facts } = dossier;
  for (const [name, value] of Object.entries(changes)) facts.set(name, value);
  const shared = sharedFields.filter((name) => name in changes);
  for (const contact of dossier.links.keys()) {
    if (!oracle.decided) forget(factsOf(oracle, contact), shared);
  }
};

/** A CV was stored with a dossier. */
export const cvStored = ({ facts }: DossierFacts): void => {
  facts.set('cv_url', true);
};

/** A CV was refused: whether an earlier one is still there is a decision (LG-CV-029). */
export const cvRefused = (oracle: Oracle, { facts }: DossierFacts): void => {
  if (facts.get('cv_url') === true && !oracle.decided) forget(facts, ['cv_url']);
};

/**
 * Why a change may be refused though nothing is wrong with it: where dossiers have to be active, or
 * unarchived, for it.
 */
export const reasonsAgainst = (
  oracle: Oracle,
  { facts }: DossierFacts,
  changes: Readonly<Record<string, unknown>>,
): RequirementId[] => {
  if (oracle.decided || facts.get('status') === 'active') return [];
  const mayBeArchived = !facts.has('status') || facts.get('status') === 'archived';
  const renewed = changes['status'] !== undefined && changes['status'] !== 'archived';
  return [
    ...(mayBeArchived && !renewed ? (['LG-DOS-100'] as const) : []),
    ...('current_stage_id' in changes ? (['LG-DOS-086'] as const) : []),
  ];
};

/** Why work on what belongs to a dossier may be refused: where it is archived. */
export const reasonsAgainstWork = (oracle: Oracle, { facts }: DossierFacts): RequirementId[] => {
  const unarchived = facts.has('status') && facts.get('status') !== 'archived';
  return unarchived || oracle.decided ? [] : ['LG-DOS-101'];
};
