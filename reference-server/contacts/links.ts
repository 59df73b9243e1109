import { Refusal } from '../http/refusals.ts';
import type { Organization } from '../state/organization.ts';
import type { Link } from '../state/records.ts';

/** The id of the one link that a dossier and a contact can have (LG-LNK-026). */
const linkId = (dossierId: string, contactId: string): string => `${dossierId}/${contactId}`;

/**
 * Links a contact to a dossier, or changes the link that the two have. As primary it takes the
 * place of the contact before, whose link remains with its role (LG-LNK-010 to LG-LNK-026).
 */
export const linkContact = (
  { links }: Organization,
  { dossier_id, contact_id, role_on_dossier, is_primary }: Omit<Link, 'id'>,
): Link => {
  const id = linkId(dossier_id, contact_id);
  const primary = links.firstBy('primary', dossier_id);
  if (is_primary && primary && primary.id !== id) {
    links.replace({ ...primary, is_primary: false });
  }
  // Field by field: of a row that is spread the engine makes a kind of object of its own.
  const whole: Link = { id, dossier_id, contact_id, role_on_dossier, is_primary };
  if (links.get(id)) links.replace(whole);
  else links.insert(whole);
  return whole;
};

/** Puts a contact on a new dossier, as its primary contact (LG-DOS-056, LG-DOS-063). */
export const linkFirstContact = (
  organization: Organization,
  dossierId: string,
  contactId: string,
): Link =>
  linkContact(organization, {
    dossier_id: dossierId,
    contact_id: contactId,
    role_on_dossier: 'primary',
    is_primary: true,
  });

/** @throws Refusal not_found if the two aren't linked (LG-LNK-030) */
export const unlinkContact = (
  { links }: Organization,
  dossierId: string,
  contactId: string,
): void => {
  const id = linkId(dossierId, contactId);
  if (!links.get(id)) throw new Refusal('not_found', 'The contact is not linked to this dossier.');
  links.remove(id);
};

/** Takes a contact off all dossiers (LG-CON-076). */
export const unlinkEverywhere = ({ links }: Organization, contactId: string): void => {
  for (const { id } of [...links.by('contact', contactId)]) links.remove(id);
};
