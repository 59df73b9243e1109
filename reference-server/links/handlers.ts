import type { Schemas } from '../../openapi/contract.ts';
import { linkContact, unlinkContact } from '../contacts/links.ts';
import { findContact } from '../contacts/rules.ts';
import { findDossier } from '../dossiers/rules.ts';
import { type Handler, ok } from '../http/handler.ts';
import type { Organization } from '../state/organization.ts';
import { pageInOrder } from '../state/page.ts';
import type { Link } from '../state/records.ts';

/**
 * Lists the current contacts of a dossier, the primary one first, then in the order of linking
 * (LG-LNK-004 to LG-LNK-009). Refuses an unknown dossier (not_found).
 */
export const listDossierContacts: Handler<'listDossierContacts'> = (request) => {
  const { params, query, organization } = request;
  const { id } = findDossier(organization, params.id);
  // Sorting is stable, so that links otherwise stay in their order.
  const links = [...organization.links.by('dossier', id)].sort(
    (a, b) => Number(b.is_primary) - Number(a.is_primary),
  );
  const { data, meta } = pageInOrder(links, query);
  return ok({ data: data.map((link) => present(organization, link)), meta });
};

const present = (
  organization: Organization,
  { contact_id, role_on_dossier, is_primary }: Link,
): Required<Schemas['DossierContact']> => {
  const { full_name, email, company } = findContact(organization, contact_id);
  return { contact_id, full_name, email, company, role_on_dossier, is_primary };
};

/**
 * Links a contact to a dossier with a role; linking again updates the link (LG-LNK-010 to
 * LG-LNK-026). Refuses an unknown dossier and an unknown contact (not_found).
 */
export const linkDossierContact: Handler<'linkDossierContact'> = ({
  params,
  body: { contact_id, role_on_dossier, is_primary },
  organization,
}) => {
  const dossier = findDossier(organization, params.id);
  const contact = findContact(organization, contact_id);
  const link = { dossier_id: dossier.id, contact_id: contact.id, role_on_dossier, is_primary };
  linkContact(organization, link);
  return ok({ data: link });
};

/**
 * Unlinks a contact from a dossier; the contact stays (LG-LNK-027 to LG-LNK-031). Refuses an
 * unknown dossier and a contact that isn't linked to it (not_found).
 */
export const unlinkDossierContact: Handler<'unlinkDossierContact'> = ({ params, organization }) => {
  const { id } = findDossier(organization, params.id);
  unlinkContact(organization, id, params.contact_id);
  return ok({ data: { dossier_id: id, contact_id: params.contact_id, unlinked: true } });
};
