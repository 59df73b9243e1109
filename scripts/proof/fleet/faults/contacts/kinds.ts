import { onSent } from '../../../../../conformance/liars/requests.ts';
import { bendSent, bendShown, rechoose, type Item } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

type Kinds = readonly string[];

const kindsOf = ({ kind }: Item): Kinds => (Array.isArray(kind) ? (kind as string[]) : []);

/** Sends other kinds on, where any were sent. */
const onKinds = (bend: (kinds: Kinds) => Kinds) => (sent: Readonly<Item>) => ({
  ...sent,
  ...('kind' in sent && { kind: bend(kindsOf(sent)) }),
});

const creation = ['createContact'] as const;
const shows = ['createContact', 'getContact', 'updateContact', 'listContacts'] as const;

/** What is wrong with the kinds of contacts. */
export const kinds: readonly Fault[] = [
  onWire(
    'contacts/plural-kinds',
    'LG-CON-001',
    'takes a kind in the plural for the kind',
    onSent(['createContact', 'updateContact'], (sent) =>
      onKinds((all) => all.map((one) => one.replace(/s$/, '')))(sent),
    ),
  ),
  inHandlers(
    'contacts/narrow-kinds',
    'LG-CON-002',
    'keeps kinds in a column of 40 characters, in which all of them have no room',
    bendSent(creation, (sent) => onKinds((all) => all.slice(0, 4))(sent)),
  ),
  inHandlers(
    'contacts/clients-are-prospects',
    'LG-CON-044',
    'makes prospects of new clients',
    bendSent(creation, (sent) =>
      onKinds((all) => (all.includes('client') ? [...new Set([...all, 'prospect'])] : all))(sent),
    ),
  ),
  inHandlers(
    'contacts/employed-prospects',
    'LG-CON-045',
    'takes who has a company and no kind for a prospect',
    bendSent(creation, (sent) =>
      sent['company'] && kindsOf(sent).length === 0 ? { ...sent, kind: ['prospect'] } : { ...sent },
    ),
  ),
  inHandlers(
    'contacts/profiled-candidates',
    'LG-CON-045',
    'takes who has a profile and no kind for a candidate',
    bendSent(creation, (sent) =>
      sent['linkedin_url'] && kindsOf(sent).length === 0
        ? { ...sent, kind: ['candidate'] }
        : { ...sent },
    ),
  ),
  onWire(
    'contacts/last-kind-unchecked',
    'LG-CON-046',
    'looks at all kinds of a change but the last, and drops that if it knows it not',
    onSent(['updateContact'], (sent) =>
      onKinds((all) => (isKnown(all.at(-1)) ? all : all.slice(0, -1)))(sent),
    ),
  ),
  inHandlers(
    'contacts/no-emptying-of-kinds',
    'LG-CON-068',
    'takes an empty array of kinds for no change',
    bendSent(['updateContact'], ({ kind, ...others }) =>
      Array.isArray(kind) && kind.length > 0 ? { ...others, kind } : others,
    ),
  ),
  inHandlers(
    'contacts/old-kinds-listed',
    'LG-CON-005',
    'lists by kinds that were taken away',
    (own) => {
      const ever = new Map<unknown, Set<string>>();
      const watch = bendShown(shows.slice(0, 3), (contact) => {
        const known = ever.get(contact['id']) ?? new Set<string>();
        for (const one of kindsOf(contact)) known.add(one);
        ever.set(contact['id'], known);
      });
      const list = rechoose('listContacts', (items, { organization, query: { kind } }) => {
        const asked = (kind as Kinds | undefined) ?? [];
        const others = [...organization.contacts.rows]
          .filter(({ id }) => !items.some((one) => one['id'] === id))
          .filter(({ id }) => asked.some((one) => ever.get(id)?.has(one)));
        return [...items, ...others.map((one) => ({ ...one, dossier_count: 0 }))];
      });
      return { ...watch(own), ...list(own) };
    },
  ),
  inHandlers(
    'contacts/two-kinds-at-most',
    'LG-CON-006',
    'combines the first two kinds that it is asked for',
    rechoose('listContacts', (items, { query: { kind } }) => {
      const asked = ((kind as Kinds | undefined) ?? []).slice(0, 2);
      return items.filter(
        (one) => asked.length < 2 || asked.some((it) => kindsOf(one).includes(it)),
      );
    }),
  ),
  inHandlers(
    'contacts/once-for-each-kind',
    'LG-GEN-017',
    'lists a contact once for each of the kinds that it is asked for',
    rechoose('listContacts', (items, { query: { kind } }) => {
      const asked = (kind as Kinds | undefined) ?? [];
      if (asked.length < 2) return items;
      return items.flatMap((one) => asked.filter((it) => kindsOf(one).includes(it)).map(() => one));
    }),
  ),
  inHandlers(
    'contacts/kind-asked-twice',
    'LG-CON-006',
    'finds nobody by one kind that it is asked for twice, as nobody has two of it',
    rechoose('listContacts', (items, { query: { kind } }) => {
      const asked = (kind as Kinds | undefined) ?? [];
      return asked.length === 2 && asked[0] === asked[1] ? [] : items;
    }),
  ),
];

const isKnown = (kind: string | undefined): boolean =>
  kind === undefined || ['candidate', 'prospect', 'client', 'supplier', 'partner'].includes(kind);
