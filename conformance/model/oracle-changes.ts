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
 * What a dossier may share with its primary contact: one may follow the other, or not
 * (LG-DOS-087, LG-CON-073).
 */
const sharedFields = ['email', 'phone', 'company', 'role'];

/** What is shown of a dossier, though nobody told what it should be. */
export const learnableDossierFields = [
  'status',
  'current_stage_id',
  'assigned_to',
  ...sharedFields,
];

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
  reopen(facts, ['contact_id', 'flow_id']);
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
    if (!oracle.decided) reopen(factsOf(oracle, contact), shared);
  }
};

/** A CV was stored with a dossier. */
export const cvStored = ({ facts }: DossierFacts): void => {
  facts.set('cv_url', true);
};

/** A CV was refused: whether an earlier one is still there is a decision (LG-CV-029). */
export const cvRefused = (oracle: Oracle, { facts }: DossierFacts): void => {
  if (facts.get('cv_url') === true && !oracle.decided) reopen(facts, ['cv_url']);
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

/** What is shown of a contact that came with a dossier. */
export const learnableContactFields = [
  ...['full_name', 'email', 'phone', 'linkedin_url', 'company', 'role', 'city', 'kind', 'notes'],
];

/** A contact was created with these fields, and has no kinds unless told. */
export const contactCreated = (
  oracle: Oracle,
  id: string,
  draft: Readonly<Record<string, unknown>>,
): void => {
  oracle.contacts.set(id, new Map<string, unknown>([['kind', []], ...Object.entries(draft)]));
  oracle.tag ??= id;
  oracle.made += 1;
};

/** A contact appeared of which no more is known. */
export const contactAppeared = (oracle: Oracle, id: string): void => {
  oracle.contacts.set(id, new Map());
};

/** Fields of a contact were changed. */
export const contactChanged = (
  oracle: Oracle,
  id: string,
  changes: Readonly<Record<string, unknown>>,
): void => {
  const facts = factsOf(oracle, id);
  for (const [name, value] of Object.entries(changes)) facts.set(name, value);
  const shared = sharedFields.filter((name) => name in changes);
  if (oracle.decided) return;
  // Dossiers may follow their primary contact in these (LG-CON-073).
  for (const dossier of dossiersOf(oracle, id)) reopen(dossier.facts, shared);
};

/** A contact was deleted, and with it its links. */
export const contactDeleted = (oracle: Oracle, id: string): void => {
  oracle.contacts.delete(id);
  oracle.deleted.push(id);
  for (const dossier of dossiersOf(oracle, id)) unlinked(oracle, dossier, id);
};

/** Whose address this is, in any letter case; undefined where nobody is known to have it. */
export const holderOf = ({ contacts }: Oracle, email: string): string | undefined => {
  const wanted = email.toLowerCase();
  const has = (own: unknown) => typeof own === 'string' && own.toLowerCase() === wanted;
  return [...contacts].find(([, facts]) => has(facts.get('email')))?.[0];
};

/** What a dossier shares with its primary contact is open once that may be another. */
const shareAnew = (oracle: Oracle, { facts }: DossierFacts): void => {
  if (!oracle.decided) reopen(facts, sharedFields);
};

/** A contact came onto a dossier by the dossier's creation: its role and place are decisions. */
export const cameAlong = (oracle: Oracle, dossier: DossierFacts, contact: string): void => {
  dossier.links.set(contact, { role: oracle.decide('primary'), primary: oracle.decide(true) });
};

/** A contact that was on no link of the dossier was linked to it. */
export const linked = (
  oracle: Oracle,
  dossier: DossierFacts,
  contact: string,
  { role, primary }: { readonly role: string; readonly primary: boolean },
): void => {
  const others = [...dossier.links.values()];
  const taken = others.some((link) => link.primary === true);
  if (primary) for (const link of others) demote(oracle, link);
  // Without a primary contact, the first one, or one with that role, may become it (LG-LNK-017).
  const place = primary || (taken ? false : oracle.decide(false));
  const own = place === undefined ? oracle.decide(role) : role;
  dossier.links.set(contact, { role: own, primary: place });
  if (place !== false) shareAnew(oracle, dossier);
};

/** Who loses the primary place keeps the link; what the role `primary` becomes is a decision. */
const demote = (oracle: Oracle, link: LinkFacts): void => {
  if (link.primary === false) return;
  link.primary = false;
  if (link.role === 'primary') link.role = oracle.decide('primary');
};

/** A contact was linked anew to a dossier that it is on already: only decisions tell what follows. */
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
  shareAnew(oracle, dossier);
};

/** A contact was taken off a dossier, whether by itself or because it was deleted. */
export const unlinked = (oracle: Oracle, dossier: DossierFacts, contact: string): void => {
  const gone = dossier.links.get(contact);
  dossier.links.delete(contact);
  dossier.former.add(contact);
  if (gone?.primary === false) return;
  // Another one may inherit the place, and the role that goes with it (LG-LNK-031, LG-CON-079).
  for (const link of dossier.links.values()) {
    link.primary = oracle.decide(false);
    link.role = oracle.decide(link.role);
  }
  shareAnew(oracle, dossier);
};
