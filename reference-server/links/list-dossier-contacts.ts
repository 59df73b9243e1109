import type { Schemas } from '../../openapi/contract.ts';
import { findContact } from '../contacts/rules.ts';
import { findDossier } from '../dossiers/rules.ts';
import { ok, type Handler } from '../http/handler.ts';
import type { Organization } from '../state/organization.ts';
import { pageInOrder } from '../state/page.ts';
import type { Link } from '../state/records.ts';

/**
 * Lists the contacts of a dossier as they are now, the primary one first, then in the order in
 * which they were linked (LG-LNK-004 to LG-LNK-009). Refuses an unknown dossier (not_found).
 */
export const listDossierContacts: Handler<'listDossierContacts'> = (request) => {
  const { params, query, organization } = request;
  const { id } = findDossier(organization, params.id);
  // A dossier has a handful of contacts; sorting is stable.
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
