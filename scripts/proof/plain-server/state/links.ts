import type { Installation } from '../installation.ts';
import type { Contact, Dossier, Link } from '../records.ts';

/** Links a contact; a new primary contact takes the place from the one before. */
export const addLink = ({ takes }: Installation, { links }: Dossier, link: Link): Link => {
  for (const one of links) {
    if (!link.is_primary || !one.is_primary) continue;
    one.is_primary = false;
    if (takes('LG-LNK-023', 1) && one.role === 'primary') one.role = 'other';
  }
  links.push(link);
  return link;
};

export const removeLink = ({ links }: Dossier, link: Link): void => {
  links.splice(links.indexOf(link), 1);
};

export const promoteAnother = ({ links }: Dossier): void => {
  const [next] = links;
  if (next && !links.some(({ is_primary }) => is_primary)) next.is_primary = true;
};

export const primaryOf = ({ links }: Dossier): Contact | undefined =>
  links.find(({ is_primary }) => is_primary)?.contact;
