import type { Body } from '../call.ts';
import { writeMoment } from '../moments.ts';
import type { Contact, Listed } from '../records.ts';
import { enriched, only, sparse, without, withValue, type Shown, type View } from './members.ts';

/** Shows a contact of an organisation; `sent` is what a change named. */
export const showContact = (
  view: View,
  organization: Listed,
  contact: Contact,
  occasion: 'list' | 'create' | 'get' | 'change',
  sent: Body = {},
): Shown => {
  const { takes } = view.installation;
  const shown = whole(view, organization, contact, occasion === 'create');
  const left =
    occasion === 'get' && takes('LG-CON-023', 1) ? without(shown, ['created_at']) : shown;
  const single = occasion === 'get' || occasion === 'create';
  const filled = single && takes('LG-CON-024', 1) ? withValue(left) : left;
  const terse = occasion === 'change' && takes('LG-CON-024', 2);
  const excerpt = terse ? only(filled, ['id', ...Object.keys(sent)]) : filled;
  return enriched(view, sparse(view, excerpt));
};

const whole = (
  { installation }: View,
  organization: Listed,
  contact: Contact,
  creating: boolean,
): Shown => ({
  ...{ id: contact.id, full_name: contact.full_name, email: contact.email, phone: contact.phone },
  ...{ linkedin_url: contact.linkedin_url, company: contact.company, role: contact.role },
  ...{ city: contact.city, kind: contact.kind, notes: contact.notes },
  dossier_count: countDossiers(organization, contact, !installation.takes('LG-CON-054', 1)),
  created_at: writeMoment(installation, contact.createdAt, creating),
});

const countDossiers = ({ dossiers }: Listed, contact: Contact, archivedToo: boolean): number =>
  dossiers.filter(
    ({ status, links }) =>
      (archivedToo || status !== 'archived') &&
      links.some((link) => link.contact.id === contact.id),
  ).length;
