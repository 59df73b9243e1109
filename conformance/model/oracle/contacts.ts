import { sharedFields } from './dossiers.ts';
import { forget } from './facts.ts';
import { unlinked } from './links.ts';
import { dossiersOf, factsOf, type Oracle } from './oracle.ts';

/** What is shown of a contact that came with a dossier. */
export const learnedOfContact = [
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
  for (const dossier of dossiersOf(oracle, id)) forget(dossier.facts, shared);
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
