import type { RequirementId } from '../../openapi/register.ts';
import {
  type DossierFacts,
  dossiersOf,
  type Facts,
  factsOf,
  type LinkFacts,
  type Oracle,
  reopen,
} from './oracle.ts';

/**
 * The fields that a dossier may share with its primary contact, by decision (LG-DOS-087,
 * LG-CON-073).
 */
const sharedFields = ['email', 'phone', 'company', 'role'];

/** The fields of a dossier that are known only from responses. */
export const learnableDossierFields = [
  'status',
  'current_stage_id',
  'assigned_to',
  ...sharedFields,
];

export interface Creation {
  readonly id: string;
  readonly draft: Readonly<Record<string, unknown>> & { readonly type: string };
  /** The ids of the stages of its flow. */
  readonly stages: readonly string[];
  /** The stage that it must be in; undefined if that is open. */
  readonly stage: string | undefined;
  readonly cv: boolean;
}

/** Records a creation; its contacts are recorded separately. */
export const dossierCreated = (oracle: Oracle, creation: Creation): DossierFacts => {
  const { id, draft, stages, stage, cv } = creation;
  const facts: Facts = new Map(Object.entries(draft));
  reopen(facts, ['contact_id', 'flow_id']);
  facts.set('status', 'active').set('cv_url', cv || null);
  if (stage !== undefined) facts.set('current_stage_id', stage);
  const belongings = { links: new Map(), former: new Set<string>(), notes: [] };
  const created: DossierFacts = { id, type: draft.type, stages, facts, ...belongings };
  oracle.dossiers.set(id, created);
  oracle.made += 1;
  return created;
};

/** Records an update of a dossier. */
export const dossierUpdated = (
  oracle: Oracle,
  dossier: DossierFacts,
  changes: Readonly<Record<string, unknown>>,
): void => {
  const { facts } = dossier;
  for (const [name, value] of Object.entries(changes)) facts.set(name, value);
  const shared = sharedFields.filter((name) => name in changes);
  for (const contact of dossier.links.keys()) {
    if (!oracle.decided) reopen(factsOf(oracle, contact), shared);
  }
};

/** Records a stored CV. */
export const cvStored = ({ facts }: DossierFacts): void => {
  facts.set('cv_url', true);
};

/** Records a refused CV: whether an earlier one remains is a decision (LG-CV-029). */
export const cvRefused = (oracle: Oracle, { facts }: DossierFacts): void => {
  if (facts.get('cv_url') === true && !oracle.decided) reopen(facts, ['cv_url']);
};

/** Why a valid update may be refused: if dossiers must be active, or not archived, for it. */
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

/** Why a request for a part of a dossier may be refused: because the dossier is archived. */
export const reasonsAgainstWork = (oracle: Oracle, { facts }: DossierFacts): RequirementId[] => {
  const unarchived = facts.has('status') && facts.get('status') !== 'archived';
  return unarchived || oracle.decided ? [] : ['LG-DOS-101'];
};

/** The fields of a contact that was created with a dossier. */
export const learnableContactFields = [
  ...['full_name', 'email', 'phone', 'linkedin_url', 'company', 'role', 'city', 'kind', 'notes'],
];

/** Records a creation of a contact, without kinds by default. */
export const contactCreated = (
  oracle: Oracle,
  id: string,
  draft: Readonly<Record<string, unknown>>,
): void => {
  oracle.contacts.set(id, new Map<string, unknown>([['kind', []], ...Object.entries(draft)]));
  oracle.tag ??= id;
  oracle.made += 1;
};

/** Records a contact of which nothing else is known. */
export const contactAppeared = (oracle: Oracle, id: string): void => {
  oracle.contacts.set(id, new Map());
};

/** Records an update of a contact. */
export const contactUpdated = (
  oracle: Oracle,
  id: string,
  changes: Readonly<Record<string, unknown>>,
): void => {
  const facts = factsOf(oracle, id);
  for (const [name, value] of Object.entries(changes)) facts.set(name, value);
  const shared = sharedFields.filter((name) => name in changes);
  if (oracle.decided) return;
  // Dossiers may follow their primary contact in these fields (LG-CON-073).
  for (const dossier of dossiersOf(oracle, id)) reopen(dossier.facts, shared);
};

/** Records the deletion of a contact and its links. */
export const contactDeleted = (oracle: Oracle, id: string): void => {
  oracle.contacts.delete(id);
  oracle.deleted.push(id);
  for (const dossier of dossiersOf(oracle, id)) unlinked(oracle, dossier, id);
};

/** The contact with this address, in any letter case; undefined if none is known. */
export const holderOf = ({ contacts }: Oracle, email: string): string | undefined => {
  const wanted = email.toLowerCase();
  const has = (own: unknown) => typeof own === 'string' && own.toLowerCase() === wanted;
  return [...contacts].find(([, facts]) => has(facts.get('email')))?.[0];
};

/** Opens the fields that a dossier shares with its primary contact, once that may have changed. */
const openSharedFields = (oracle: Oracle, { facts }: DossierFacts): void => {
  if (!oracle.decided) reopen(facts, sharedFields);
};

/**
 * Records the contact that was linked by the creation of a dossier: its role and `is_primary` are
 * decisions.
 */
export const linkedByCreation = (oracle: Oracle, dossier: DossierFacts, contact: string): void => {
  dossier.links.set(contact, { role: oracle.decide('primary'), primary: oracle.decide(true) });
};

/** Records a new link. */
export const linked = (
  oracle: Oracle,
  dossier: DossierFacts,
  contact: string,
  { role, primary }: { readonly role: string; readonly primary: boolean },
): void => {
  const others = [...dossier.links.values()];
  const taken = others.some((link) => link.primary === true);
  if (primary) for (const link of others) demote(oracle, link);
  // Without a primary contact, the first one, or one with that role, may become primary
  // (LG-LNK-017).
  const place = primary || (taken ? false : oracle.decide(false));
  const own = place === undefined ? oracle.decide(role) : role;
  dossier.links.set(contact, { role: own, primary: place });
  if (place !== false) openSharedFields(oracle, dossier);
};

/**
 * A contact that is no longer primary keeps its link; what becomes of the role `primary` is a
 * decision.
 */
const demote = (oracle: Oracle, link: LinkFacts): void => {
  if (link.primary === false) return;
  link.primary = false;
  if (link.role === 'primary') link.role = oracle.decide('primary');
};

/** Records that a contact was linked again; the result is a decision. */
export const linkedAgain = (
  oracle: Oracle,
  dossier: DossierFacts,
  contact: string,
  { role, primary }: { readonly role: string; readonly primary: boolean },
): void => {
  for (const [id, link] of dossier.links) {
    if (id === contact) continue;
    if (primary && oracle.decided) demote(oracle, link);
    else if (primary) Object.assign(link, { role: undefined, primary: undefined });
  }
  const link = { role: oracle.decide(role), primary: oracle.decide(primary) };
  dossier.links.set(contact, link);
  openSharedFields(oracle, dossier);
};

/** Records that a contact was unlinked, or deleted. */
export const unlinked = (oracle: Oracle, dossier: DossierFacts, contact: string): void => {
  const gone = dossier.links.get(contact);
  dossier.links.delete(contact);
  dossier.former.add(contact);
  if (gone?.primary === false) return;
  // Another contact may become primary, with that role (LG-LNK-031, LG-CON-079).
  for (const link of dossier.links.values()) {
    link.primary = oracle.decide(false);
    link.role = oracle.decide(link.role);
  }
  openSharedFields(oracle, dossier);
};
