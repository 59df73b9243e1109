import type { Body } from '../call.ts';
import { writeMoment } from '../moments.ts';
import type { Contact, Listed } from '../records.ts';
import { enriched, only, sparse, without, withValue, type Shown, type View } from './members.ts';

/** What a contact is shown as the answer to. */
type Occasion = 'list' | 'create' | 'get' | 'change';

/** Shows a contact of an organisation; `sent` is what a change named. */
export const showContact = (
  view: View,
  organization: Listed,
  contact: Contact,
  occasion: Occasion,
  sent: Body = {},
): Shown => {
  const shown = whole(view, organization, contact, occasion === 'create');
  const excerpt = excerptFor(view, shown, occasion, sent);
  return enriched(view, sparse(view, excerpt));
};

const excerptFor = (
  { installation }: View,
  shown: Shown,
  occasion: Occasion,
  sent: Body,
): Shown => {
  const { takes, freedoms } = installation;
  const changed = ['id', ...Object.keys(sent)];
  if (takes('LG-CON-024', 3) || freedoms.asInExamples) {
    if (occasion === 'change') return only(shown, changed);
    return occasion === 'list' ? shown : withValue(only(shown, examples[occasion]));
  }
  const left =
    occasion === 'get' && takes('LG-CON-023', 1) ? without(shown, ['created_at']) : shown;
  const single = occasion === 'get' || occasion === 'create';
  const filled = single && takes('LG-CON-024', 1) ? withValue(left) : left;
  return occasion === 'change' && takes('LG-CON-024', 2) ? only(filled, changed) : filled;
};

const common = ['id', 'full_name', 'email', 'company', 'role', 'city', 'kind', 'dossier_count'];

/** The fields that the examples of the documentation show; that of the list shows all. */
const examples = { get: common, create: [...common, 'created_at'] } as const;

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
