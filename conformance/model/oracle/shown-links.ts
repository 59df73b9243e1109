import { expectEqual, expectThat } from '../../world/expectations.ts';
import type { LinkedContact } from '../../world/links.ts';
import type { DossierFacts, Oracle } from './oracle.ts';

/** A dossier lists whom it should, each once, and with the role that the contact has there. */
export const expectLinks = ({ id, links }: DossierFacts, shown: readonly LinkedContact[]): void => {
  const listed = shown.map(({ contact_id }) => contact_id).sort();
  expectEqual(listed, [...links.keys()].sort(), `the contacts on the dossier ${id}`);
  for (const { contact_id, role_on_dossier } of shown) {
    const known = links.get(contact_id);
    const what = `the role of ${contact_id} on the dossier ${id}`;
    if (known?.role !== undefined) expectEqual(role_on_dossier, known.role, what);
    if (known) known.role = role_on_dossier;
  }
};

/** A dossier has the primary contact that it should have, and never two. */
export const expectPrimaries = (
  { id, links }: DossierFacts,
  shown: readonly LinkedContact[],
): void => {
  const primaries = shown.filter((one) => one.is_primary).map((one) => one.contact_id);
  const what = `one primary contact at most on the dossier ${id}`;
  expectThat(primaries.length <= 1, what, () => primaries);
  for (const { contact_id, is_primary } of shown) {
    const known = links.get(contact_id);
    const place = `is_primary of ${contact_id} on the dossier ${id}`;
    if (known?.primary !== undefined) expectEqual(is_primary, known.primary, place);
    if (known) known.primary = is_primary;
  }
};

/** Those on a dossier are shown with the names that they have. */
export const expectNames = ({ contacts }: Oracle, shown: readonly LinkedContact[]): void => {
  for (const { contact_id, full_name } of shown) {
    const known = contacts.get(contact_id)?.get('full_name');
    const what = `the name of ${contact_id} on a dossier`;
    if (typeof known === 'string') {
      expectEqual(full_name.normalize('NFC'), known.normalize('NFC'), what);
    }
  }
};
