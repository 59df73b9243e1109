import type { RequirementId } from '../../../openapi/register.ts';
import { expectFoundBySearch, retrySearch } from '../../assertions/contacts.ts';
import { expectCompletePages, expectFiltered } from '../../assertions/lists.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf, walkPages } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import {
  type Contact,
  type ContactKind,
  contactKinds,
  type NewContact,
} from '../../contract/resources.ts';
import { cacheReads } from '../../faults/applied-requests.ts';
import { ignoreField, ignoreQueryParameters } from '../../faults/inject.ts';
import { unusedWord } from '../../fixtures/contacts.ts';
import { longProfile, plainContacts } from '../../generators/contacts.ts';
import { denseTexts, longTexts } from '../../generators/values.ts';
import { checksOf, expectContact } from '../../model/checks.ts';
import {
  createContactCommand,
  deleteContactCommand,
  updateContactCommand,
} from '../../model/contact-commands.ts';
import { attemptRefused, type ModelSession } from '../../model/command.ts';
import {
  contactChangeRequirements,
  contactPages,
  contactValueRequirements,
} from '../../model/contact-requirements.ts';
import { checkContactList } from '../../model/lists.ts';
import { contactCreated } from '../../model/oracle-changes.ts';
import { factsOf } from '../../model/oracle.ts';
import { follow, openTour } from '../../model/tour.ts';

const phones = ['+31 6 12345678', '+44 (20) 7946 0958', '+32 2 555 12 12', '+31-20-5551234'];
const hosts = ['example.com', 'mail.example.org', 'sub.example.technology'];
const beginnings = ['tulpxlogistics', 'tulp_logistics', 'iris+leads', 'obrien-2', 'noor.bakker'];

const at = <Value>(values: readonly Value[], index: number): Value =>
  values[index % values.length] as Value;

/** Each kind alone, neighbours together, all of them, and none. */
const groupsOf = (kinds: readonly ContactKind[]): ContactKind[][] => [
  [...kinds],
  ...kinds.map((kind) => [kind]),
  [],
  ...kinds.map((kind, index) => [kind, at(kinds, index + 1)]),
];

/** As many contacts as there are awkward texts, so that each field has each of them once. */
const awkwardContacts = (kinds: readonly ContactKind[], word: string): NewContact[] =>
  denseTexts.map((full_name, index) => ({
    full_name,
    ...(index % 4 !== 3 && {
      email: `${at(beginnings, index)}${String(Math.floor(index / 2))}.${word}@${at(hosts, index)}`,
    }),
    ...(index % 5 !== 4 && { phone: at(phones, index) }),
    ...(index % 5 !== 3 && {
      linkedin_url: index === 0 ? longProfile : `https://linkedin.com/in/iris-${String(index)}`,
    }),
    company: at(denseTexts, index + 7),
    role: at(denseTexts, index + 13),
    city: at(denseTexts, index + 19),
    kind: at(groupsOf(kinds), index),
    notes: `${at(denseTexts, index + 26)}\nand more`,
  }));

/** A contact with long texts, unless they are refused (LG-GEN-042). */
const createLong = async (session: ModelSession): Promise<void> => {
  const [, , , , text = ''] = longTexts;
  const body = { full_name: text, company: text, role: text, city: text, notes: text };
  const exchange = await session.org.all.send('createContact', { body });
  if (exchange.response.status >= 400) {
    expectPermittedRefusal(session.context, exchange, ['LG-GEN-042', 'LG-GEN-043']);
  } else contactCreated(session.oracle, (dataOf(exchange.json) as Contact).id, body);
};

const contactValues = defineRule({
  id: 'tours/contact-values',
  level: 'MUST',
  verifies: [
    ...(['LG-CON-002', 'LG-CON-004', 'LG-CON-005', 'LG-CON-022', 'LG-CON-026'] as const),
    ...(['LG-CON-027', 'LG-CON-030', 'LG-CON-038', 'LG-CON-039', 'LG-CON-041'] as const),
    ...(['LG-CON-042', 'LG-CON-043', 'LG-CON-044', 'LG-CON-045', 'LG-CON-049'] as const),
    ...(['LG-CON-050', 'LG-GEN-014', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-018'] as const),
    ...(['LG-GEN-039', 'LG-CON-018', 'LG-CON-019', 'LG-GEN-015', 'LG-CON-006'] as const),
  ],
  sentence:
    'Contacts with values of all kinds are returned as they were sent, by their creation, by every page and by every `kind`.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const aspects = ['fields', 'counts', 'lists'] as const;
    const session = await openTour(context, aspects, contactValueRequirements);
    const { org, oracle } = session;
    const kinds = contactKinds(context.contract);
    const [first] = (await createContactCommand({ full_name: 'Noor Bakker' }).run(session))
      .contacts ?? [''];
    const word = (first ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '');
    const drafts = [...awkwardContacts(kinds, word), ...plainContacts(3)];
    await follow(session, drafts.map(createContactCommand));
    await createLong(session);
    await checkContactList(session);
    const ids = [...oracle.contacts.keys()];
    await expectCompletePages(org, 'listContacts', {}, ids, [undefined, 17], (...part) => {
      context.about(...contactPages(...part));
    });
    for (const [index, kind] of kinds.slice(0, 3).entries()) {
      await checkContactList(session, { kind }, index === 0 ? 9 : undefined);
    }
    const owners = (isOne: (own: readonly ContactKind[]) => boolean) =>
      [...oracle.contacts]
        .filter(([, facts]) => isOne((facts.get('kind') ?? []) as ContactKind[]))
        .map(([id]) => ({ id }));
    for (const asked of [kinds.slice(0, 2), kinds.slice(1, 4).toReversed()]) {
      // Whether any of several kinds is enough is a decision (LG-CON-007).
      const any = owners((own) => asked.some((kind) => own.includes(kind)));
      const each = owners((own) => asked.every((kind) => own.includes(kind)));
      const query = { kind: asked, per_page: '50' };
      context.about('LG-CON-006', 'LG-GEN-015');
      expectFiltered(await walkPages(org.all, 'listContacts', query, context.expect), any, each);
    }
  },
  fault: ignoreField('createContact', 'city'),
});

/** Each field alone, then two together; letter case, an end that goes, and nothing left behind. */
const changesOf = (word: string, kinds: readonly ContactKind[]) => [
  { phone: '+44 (20) 7946 0958' },
  { city: 'Bergen op Zoom' },
  { company: 'Jansen & Zoon' },
  { role: "Senior O'Brien" },
  { kind: kinds.slice(1, 3) },
  { email: `iris+leads.${word}@mail.example.org` },
  { email: `IRIS+leads.${word}@Mail.example.org` },
  { linkedin_url: 'https://www.linkedin.com/in/iris-maas-42' },
  { notes: 'Short.' },
  { full_name: 'Zoë Çelik-Łukasz' },
  { full_name: 'ZOË Çelik-Łukasz' },
  { company: 'JANSEN & Zoon', city: 'Sint-Niklaas' },
  { kind: [] },
  { city: '’s-Hertogenbosch', phone: '+31 6 87654321', notes: 'One\ntwo' },
  { kind: [...kinds] },
];

const full = (word: string, kind: ContactKind[]): NewContact => ({
  full_name: 'Noor Bakker',
  email: `noor.${word}@example.com`,
  phone: '+31 6 12345678',
  linkedin_url: 'https://linkedin.com/in/noor-bakker',
  company: 'Tulp Logistics',
  role: 'Planner',
  city: 'Utrecht',
  kind,
  notes: 'A long note that is going to be replaced by a short one.',
});

const contactChanges = defineRule({
  id: 'tours/contact-changes',
  level: 'MUST',
  verifies: [
    ...(['LG-CON-051', 'LG-CON-052', 'LG-CON-055', 'LG-CON-056', 'LG-CON-057'] as const),
    ...(['LG-CON-058', 'LG-CON-059', 'LG-CON-063', 'LG-CON-064', 'LG-CON-065'] as const),
    ...(['LG-CON-066', 'LG-CON-067', 'LG-CON-068', 'LG-CON-069', 'LG-CON-005'] as const),
    ...(['LG-CON-061', 'LG-CON-062', 'LG-CON-074', 'LG-CON-078', 'LG-CON-032'] as const),
    ...(['LG-CON-033', 'LG-CON-060'] as const),
  ],
  sentence:
    'Each change of a contact is shown by its response, the contact and the list, and changes nothing else.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    let accepted: RequirementId = 'LG-CON-055';
    const requirements = contactChangeRequirements(() => accepted);
    const session = await openTour(context, ['fields', 'counts', 'lists'], requirements);
    const { oracle } = session;
    const word = await unusedWord(session.org);
    oracle.unknownItems += 1;
    const kinds = contactKinds(context.contract);
    await follow(session, [
      createContactCommand(full(word, kinds.slice(0, 2))),
      createContactCommand({ full_name: 'Iris Maas' }),
    ]);
    const look = async (contacts: readonly string[]): Promise<void> => {
      for (const check of checksOf(session, { contacts })) await check();
    };
    const [one = '', other = ''] = oracle.contacts.keys();
    const path = { id: other };
    await look([one]);
    for (const [index, change] of changesOf(word, kinds).entries()) {
      accepted = index === 6 ? 'LG-CON-061' : 'LG-CON-055';
      await follow(session, [updateContactCommand(0, change)]);
      if (index % 3 === 1) await look([one]);
    }
    await look([one]);
    // A contact that has nothing gets one field after the other.
    const rest = Object.entries(full(word, kinds.slice(2))).filter(
      ([name]) => name !== 'full_name' && name !== 'email',
    );
    for (const [name, value] of rest) {
      await follow(session, [updateContactCommand(1, { [name]: value })]);
    }
    // Its present address is taken, in any letter case; its former one is free.
    const taken = { email: `iris+LEADS.${word}@mail.EXAMPLE.org` };
    const twin = { body: { full_name: 'Twin', ...taken } };
    await attemptRefused(session, 'createContact', twin, [409]);
    await attemptRefused(session, 'updateContact', { path, body: taken }, [409]);
    accepted = 'LG-CON-062';
    await follow(session, [updateContactCommand(1, { email: `noor.${word}@example.com` })]);
    await checkContactList(session);
    await checkContactList(session, { kind: 'client' });
    await look([other]);
    accepted = 'LG-CON-074';
    await follow(session, [deleteContactCommand(1)]);
    await attemptRefused(session, 'deleteContact', { path }, [404]);
    await attemptRefused(session, 'updateContact', { path, body: { city: 'Gent' } }, [404]);
    accepted = 'LG-CON-078';
    await follow(session, [
      createContactCommand({ full_name: 'Heir', email: `noor.${word}@example.com` }),
    ]);
    await checkContactList(session);
    await look([other]);
  },
  // A server with a cache that ignores changes of contacts.
  fault: cacheReads('getContact', ['deleteContact']),
});

const day = 86_400;

/** Days until the time in the pool ends, so far from now that no reading of the end matters. */
const daysInPool = { in_pool: [30, 2, 3_650], expired: [-30, -2, -3_650] };

/** Not similar to one another, so that a fuzzy search finds only one. */
const words = ['Zwartkruis', 'Hemelvaart', 'Ondiep', 'Wouk'];
const fields = ['company', 'role', 'full_name'] as const;

interface Known {
  readonly id: string;
  readonly word: string;
  readonly kind: readonly ContactKind[];
  readonly pool: 'in_pool' | 'expired' | undefined;
}

/** What a filter asks for. */
interface Filter {
  readonly kind?: readonly ContactKind[];
  readonly pool?: 'in_pool' | 'expired';
  readonly search?: string;
}

const filtersOf = ([one, other]: readonly ContactKind[]): Filter[] => {
  const both = [one, other].filter((kind) => kind !== undefined);
  const [kind, search] = [both.slice(0, 1), 'Zwartkruis'];
  return [
    { pool: 'in_pool' },
    { pool: 'expired' },
    ...words.map((word) => ({ search: word })),
    { kind, pool: 'in_pool' },
    { kind: both, pool: 'expired' },
    { kind: [...kind, ...kind], search },
    { kind: both, search: 'Hemelvaart' },
    { pool: 'expired', search },
    { pool: 'in_pool', search: 'Hemelvaart' },
    { kind: both, pool: 'in_pool', search },
  ];
};

/** The requirements about a filter. */
const requirementsOf = ({ kind = [], pool, search }: Filter): readonly RequirementId[] => {
  const used = [kind.length > 0, pool !== undefined, search !== undefined].filter(Boolean);
  if (used.length > 1) return ['LG-GEN-023'];
  if (search !== undefined) return ['LG-CON-012'];
  if (pool === 'in_pool') return ['LG-CON-008', 'LG-CON-010'];
  return pool === 'expired' ? ['LG-CON-009', 'LG-CON-010'] : [];
};

/** Contacts with each word, each group of kinds and each time in the pool. */
const createKnown = async (
  { org, oracle, context }: ModelSession,
  kinds: readonly ContactKind[],
): Promise<Known[]> => {
  const groups = [kinds.slice(0, 1), kinds.slice(0, 2), kinds.slice(1, 2)];
  const known: Known[] = [];
  for (const [index, pool] of [
    ...Array.from({ length: 8 }, () => ['in_pool', 'expired'] as const).flat(),
    ...[undefined, undefined],
  ].entries()) {
    const word = at(words, Math.floor(index / 2));
    const kind = at(groups, Math.floor(index / 3));
    const field = at(fields, index);
    const text = index === 6 ? `Tulp ${word} Logistics` : word;
    const details = { city: 'Breda', notes: `Number ${String(index)}`, phone: at(phones, index) };
    const draft = { full_name: 'Noor Bakker', ...details, kind, [field]: text };
    const exchange = await org.all.send('createContact', { body: draft });
    context.expect.success(exchange);
    const { id } = (exchange.json as { data: { id: string } }).data;
    const ends = pool === undefined ? null : day * at(daysInPool[pool], Math.floor(index / 2));
    await org.setPoolWindow(id, ends);
    contactCreated(oracle, id, draft);
    known.push({ id, word, kind, pool });
  }
  return known;
};

const contactFilters = defineRule({
  id: 'tours/contact-filters',
  level: 'MUST',
  verifies: [
    ...(['LG-CON-005', 'LG-CON-006', 'LG-CON-008', 'LG-CON-009', 'LG-CON-010'] as const),
    ...(['LG-CON-012', 'LG-GEN-015', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-023'] as const),
  ],
  sentence:
    'With `kind`, `pool` and `search`, alone and together, every page and its total have exactly the contacts that match.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: async (context) => {
    const session = await openTour(context);
    const { org, oracle } = session;
    const kinds = contactKinds(context.contract);
    const known = await createKnown(session, kinds);

    for (const filter of filtersOf(kinds)) {
      const { kind = [], pool, search } = filter;
      // A list of one or several kinds, and of something else.
      const ofKinds = (['LG-CON-005', 'LG-CON-006'] as const).slice(kind.length - 1, kind.length);
      const passing = (has: (own: readonly ContactKind[]) => boolean) =>
        known.filter(
          (contact) =>
            (pool === undefined || contact.pool === pool) &&
            (search === undefined || contact.word === search) &&
            (kind.length === 0 || has(contact.kind)),
        );
      const any = passing((own) => kind.some((asked) => own.includes(asked)));
      const each = passing((own) => kind.every((asked) => own.includes(asked)));
      const query = {
        ...{ kind, per_page: String(Math.max(2, Math.ceil(any.length / 2))) },
        ...{ ...(pool && { pool }), ...(search !== undefined && { search }) },
      };
      await retrySearch(context, async () => {
        context.about('LG-GEN-016');
        const pages = await walkPages(org.all, 'listContacts', query, context.expect);
        const items = pages.flatMap((page) => page.items);
        context.about('LG-GEN-017');
        expectEqual(new Set(items.map(({ id }) => id)).size, items.length, 'the number of ids');
        context.about(...requirementsOf(filter), ...ofKinds, 'LG-GEN-015');
        expectFiltered(pages, any, each);
        for (const shown of items) {
          const sight = { place: 'the list of contacts' } as const;
          expectContact(factsOf(oracle, shown.id), { ...shown }, sight);
        }
      });
    }
    // What was found by its old text is found by its new one.
    const { id = '' } = known[0] ?? {};
    await org.all.send('updateContact', { path: { id }, body: { company: 'Kwartel' } });
    context.about('LG-CON-012');
    await expectFoundBySearch(org, id, 'Kwartel');
  },
  fault: ignoreQueryParameters('listContacts', 'pool'),
});

export default [contactValues, contactChanges, contactFilters] satisfies readonly Rule[];
