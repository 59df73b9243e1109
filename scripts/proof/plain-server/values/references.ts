import type { Installation } from '../installation.ts';
import { isUuid } from '../ids.ts';
import type { Organization } from '../records.ts';
import { foreign, invalid, notFound, type Refusal } from '../refusal.ts';

export const sameId = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

/** @throws Refusal when the value can be no id */
export const demandUuid = (installation: Installation, sent: unknown, name: string): string => {
  if (isUuid(sent)) return sent;
  // Only a text can be the id of nothing.
  if (installation.takes('LG-GEN-049', 1) && typeof sent === 'string') {
    throw notFound(installation, name, sent);
  }
  throw invalid(installation, `${name} is no uuid`);
};

/** Whether a field that names something was left empty: not sent, null, or an empty text. */
export const namesNothing = ({ takes }: Installation, sent: unknown): boolean =>
  sent == null || (sent === '' && takes('LG-GEN-041', 1));

/** Where something that a request names might be, and how its absence is told. */
interface Search<Item extends { id: string }> {
  readonly list: (organization: Organization) => readonly Item[];
  /** What it is called. */
  readonly name: string;
  /** What is said when there is none. */
  readonly absent: () => Refusal;
}

/**
 * What a body or a filter names by its id.
 *
 * @throws Refusal when the organisation has none
 */
export const demand = <Item extends { id: string }>(
  installation: Installation,
  organization: Organization,
  id: string,
  { list, name, absent }: Search<Item>,
): Item => {
  const item = list(organization).find((one) => sameId(one.id, id));
  if (item) return item;
  const elsewhere = installation.takes('LG-ERR-030', 1) && existsElsewhere(installation, id, list);
  throw elsewhere ? foreign(installation, name) : absent();
};

export const existsElsewhere = (
  { organizations }: Installation,
  id: string,
  list: (organization: Organization) => readonly { id: string }[],
): boolean =>
  [...organizations.values()].some((one) => list(one).some((item) => sameId(item.id, id)));
