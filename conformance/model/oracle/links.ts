import { sharedFields } from './dossiers.ts';
import { forget } from './facts.ts';
import type { DossierFacts, LinkFacts, Oracle } from './oracle.ts';

/** What a dossier shares with its primary contact is open once that may be another. */
const shareAnew = (oracle: Oracle, { facts }: DossierFacts): void => {
  if (!oracle.decided) forget(facts, sharedFields);
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
