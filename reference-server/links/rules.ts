import type { Organization } from '../state/organization.ts';

/** The id of the one link that a dossier and a contact can have. */
const linkId = (dossierId: string, contactId: string): string => `${dossierId}/${contactId}`;

/** Puts a contact on a new dossier, as its primary contact (LG-DOS-056, LG-DOS-063). */
export const linkFirstContact = (
  { links }: Organization,
  dossierId: string,
  contactId: string,
): void => {
  links.insert({
    id: linkId(dossierId, contactId),
    dossier_id: dossierId,
    contact_id: contactId,
    role_on_dossier: 'primary',
    is_primary: true,
  });
};
