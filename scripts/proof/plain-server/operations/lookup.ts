import type { Reply } from '../core/records.ts';
import type { Body, Call } from '../core/call.ts';
import { isUuid } from '../core/installation.ts';
import type { Contact, Dossier, Flow, Organization } from '../core/records.ts';
import { conflict, foreign, notFound, Refusal, undocumentedRefusal } from '../core/refusals.ts';
import { existsElsewhere, sameId } from '../values/scalars.ts';

/** How a resource is found by the id in a path. */
interface Lookup<Item extends { id: string }> {
  readonly name: string;
  readonly list: (organization: Organization) => readonly Item[];
  readonly isWellFormed: (id: string) => boolean;
}

const findByPathId = <Item extends { id: string }>(
  { installation, organization }: Call,
  id: string,
  { name, list, isWellFormed }: Lookup<Item>,
): Item => {
  const same = isWellFormed === isUuid ? sameId : (one: string, other: string) => one === other;
  const item = list(organization).find((one) => same(one.id, id));
  if (item) return item;
  if (!isWellFormed(id) && installation.takes('LG-GEN-048', 1)) {
    throw undocumentedRefusal(
      installation,
      `the id of the ${name.toLowerCase()} is malformed`,
      'malformed_id',
    );
  }
  const elsewhere = installation.takes('LG-ERR-029', 1) && existsElsewhere(installation, id, list);
  throw elsewhere ? foreign(installation, name) : notFound(installation, name, id);
};

/** The dossier of the path, archived or not. */
export const anyDossier = (call: Call): Dossier => {
  const { isLooseId } = call.installation.ids;
  const list = ({ dossiers }: Organization) => dossiers;
  const isWellFormed =
    call.installation.variations.ids === undefined ? dossierIdCheck(call) : isLooseId;
  return findByPathId(call, call.path['id'] ?? '', { name: 'Dossier', list, isWellFormed });
};

/** UUIDs are compared without letter case, like the ids of contacts. */
const dossierIdCheck = ({ installation }: Call): ((id: string) => boolean) =>
  installation.takes('LG-GEN-045', 1) ? installation.ids.isLooseId : isUuid;

/**
 * The dossier of the path, whose contacts, notes or CV are read or written.
 *
 * @throws Refusal if it is archived, and the server refuses that (LG-DOS-101)
 */
export const openDossier = (call: Call, writing: boolean): Dossier => {
  const dossier = anyDossier(call);
  const { installation } = call;
  if (dossier.status !== 'archived') return dossier;
  const choice = installation.choice('LG-DOS-101');
  if (choice === 1) throw notFound(installation, 'Dossier', dossier.id);
  if (writing && choice === 2) {
    throw undocumentedRefusal(installation, 'the dossier is archived', 'archived');
  }
  if (writing && choice === 3) throw conflict(installation, 'archived', 'The dossier is archived.');
  return dossier;
};

/** The links and notes of a dossier as lists show them, which may lag (LG-GEN-053). */
export const listedParts = (
  { organization, listed }: Call,
  dossier: Dossier,
): Pick<Dossier, 'links' | 'notes'> =>
  listed === organization
    ? dossier
    : (listed.dossiers.find(({ id }) => id === dossier.id) ?? { links: [], notes: [] });

export const theContact = (call: Call): Contact => {
  const list = ({ contacts }: Organization) => contacts;
  return findByPathId(call, call.path['id'] ?? '', { name: 'Contact', list, isWellFormed: isUuid });
};

export const theFlow = (call: Call): Flow => {
  const list = ({ flows }: Organization) => flows;
  return findByPathId(call, call.path['id'] ?? '', { name: 'Flow', list, isWellFormed: isUuid });
};

/**
 * Makes a change. If it is refused, the valid fields are changed nevertheless, if the server does so
 * (LG-ERR-028).
 *
 * @throws Refusal of the whole change
 */
export const orHalfDone = (
  { installation, body }: Call,
  names: readonly string[],
  change: (body: Body) => Reply,
): Reply => {
  try {
    return change(body);
  } catch (thrown) {
    if (thrown instanceof Refusal && installation.takes('LG-ERR-028', 1)) {
      for (const name of names) attempt(() => change({ [name]: body[name] }));
    }
    throw thrown;
  }
};

const attempt = (act: () => unknown): void => {
  try {
    act();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
  }
};
