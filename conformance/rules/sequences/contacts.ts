import { defineRule, type Rule } from '../../context/rule.ts';
import { afterSuccess } from '../../faults/applied-requests.ts';
import { onLinked } from '../../faults/contacts.ts';
import { type Fault, onData, onPage } from '../../faults/inject.ts';
import { aDeletion, anAddressCommand, createContactCommand } from '../../model/contact-commands.ts';
import { anArchiving, aNewDossier, aStatusChange } from '../../model/dossier-commands.ts';
import { aLink, anUnlinking, aRefusedUnlinking } from '../../model/link-commands.ts';
import { aReading, aSearch, aWordGiven } from '../../model/read-commands.ts';
import { runSequences, someOfEach, weighted } from '../../model/sequence.ts';

/** A server whose search index keeps the old words of updated contacts. */
const indexOnce: Fault = (fetch, name) => {
  const first = new Map<unknown, Readonly<Record<string, unknown>>>();
  const record = afterSuccess(fetch, name, ({ operation, sent, returned }) => {
    if (operation === 'createContact') first.set(returned['id'], sent);
  });
  const alter = onPage(['listContacts'], (page, url) => {
    const word = url.searchParams.get('search');
    const outdated = page.data.filter(({ id }) => {
      const { full_name, company, role } = first.get(id) ?? {};
      return first.has(id) && ![full_name, company, role].includes(word);
    });
    if (word === null) return;
    for (const one of outdated) page.data.splice(page.data.indexOf(one), 1);
  });
  return alter(record, name);
};

const searchThroughChanges = defineRule({
  id: 'sequences/search-through-changes',
  level: 'MUST',
  verifies: ['LG-CON-012', 'LG-CON-013'],
  sentence:
    'The search finds exactly the contacts that have the word now, after any sequence of changes.',
  needs: [],
  check: (context) => {
    const patience = { left: true };
    return runSequences(context, {
      commands: weighted([3, aWordGiven()], [1, aDeletion()], [3, aSearch(patience)]),
      aspects: [],
      requirements: {
        found: ({ expected }) => [expected === true ? 'LG-CON-012' : 'LG-CON-013'],
      },
      prelude: [createContactCommand({ full_name: 'Noor Bakker' })],
      most: 8,
    });
  },
  fault: indexOnce,
});

/** A server that frees the first address of a deleted contact, not its last. */
const freeFirst: Fault = (fetch, name) => {
  const last = new Map<unknown, string>();
  const changed = new Set<unknown>();
  const taken = new Set<string>();
  const record = afterSuccess(fetch, name, ({ operation, ids: [id], sent, returned }) => {
    const contact = operation === 'createContact' ? returned['id'] : id;
    if (operation === 'updateContact') changed.add(contact);
    if (typeof sent['email'] === 'string') last.set(contact, sent['email'].toLowerCase());
    const kept = operation === 'deleteContact' && changed.has(contact) && last.get(contact);
    if (kept) taken.add(kept);
  });
  return async (request) => {
    const sent = request.body === null ? '' : await request.clone().text();
    const wants = [...taken].some((address) => sent.toLowerCase().includes(address));
    const response = await record(request);
    if (!wants || !response.ok || request.url.includes('/dossiers')) return response;
    const error = { code: 'duplicate_contact', message: 'A contact has this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers: response.headers });
  };
};

const addressThroughChanges = defineRule({
  id: 'sequences/address-through-changes',
  level: 'MUST',
  verifies: [
    ...(['LG-CON-032', 'LG-CON-033', 'LG-CON-059', 'LG-CON-060', 'LG-CON-061'] as const),
    ...(['LG-CON-062', 'LG-CON-078'] as const),
  ],
  sentence: 'After any sequence of changes, an address is refused exactly while a contact has it.',
  needs: [],
  check: (context) =>
    runSequences(context, {
      commands: weighted([6, anAddressCommand()], [2, aDeletion()]),
      aspects: ['fields'],
      requirements: {
        refused: ({ operation }) =>
          operation === 'createContact' ? ['LG-CON-032', 'LG-CON-033'] : ['LG-CON-060'],
        ownAddress: ['LG-CON-061'],
        freeAddress: ['LG-CON-062', 'LG-CON-078'],
        contact: ['LG-CON-059'],
        // No other contact gets the address of one, whatever creates it.
        created: ['LG-CON-032'],
      },
      prelude: someOfEach,
    }),
  fault: freeFirst,
});

/** A server whose counter ignores unlinking from dossiers that were once archived. */
const miscount: Fault = (fetch, name) => {
  const archived = new Set<unknown>();
  const surplus = new Map<unknown, number>();
  const alter = onData(['getContact', 'listContacts'], (contact) => {
    const extra = surplus.get(contact['id']) ?? 0;
    contact['dossier_count'] = Number(contact['dossier_count']) + extra;
  });
  const record = afterSuccess(fetch, name, ({ operation, ids: [dossier, contact], returned }) => {
    const gone = operation === 'archiveDossier' || returned['status'] === 'archived';
    if (gone) archived.add(dossier);
    const lost = operation === 'unlinkDossierContact' && archived.has(dossier);
    if (lost) surplus.set(contact, (surplus.get(contact) ?? 0) + 1);
  });
  return alter(record, name);
};

const dossierCountThroughChanges = defineRule({
  id: 'sequences/dossier-count-through-changes',
  level: 'MUST',
  verifies: ['LG-CON-053', 'LG-CON-003'],
  sentence: 'After any sequence of changes, the `dossier_count` of each contact is correct.',
  needs: [],
  check: (context) =>
    runSequences(context, {
      commands: weighted(
        [2, aNewDossier()],
        [3, aLink(context.contract)],
        [3, anUnlinking()],
        [1, aRefusedUnlinking()],
        [1, aDeletion()],
        [2, anArchiving()],
        [2, aStatusChange(context.contract)],
        [1, aReading()],
      ),
      aspects: ['counts'],
      requirements: {
        accepted: ['LG-CON-003'],
        rest: ['LG-CON-053'],
      },
      prelude: someOfEach,
    }),
  fault: miscount,
});

/** A server that hides removed links, and reuses them with their old `is_primary`. */
const reviveLinks: Fault = (fetch, name) => {
  const primary = new Set<string>();
  const revived = new Set<string>();
  const undone = new Set<string>();
  const show = onLinked((item, _, dossier) => {
    const link = `${dossier} ${String(item['contact_id'])}`;
    item['is_primary'] ||= revived.has(link);
    if (item['is_primary'] === true) primary.add(link);
  });
  const record = afterSuccess(fetch, name, ({ operation, ids, returned, sent }) => {
    const contact = operation === 'linkDossierContact' ? sent['contact_id'] : ids[1];
    const link = `${String(ids[0])} ${String(contact)}`;
    if (operation === 'unlinkDossierContact') undone.add(link);
    if (operation !== 'linkDossierContact') return;
    if (undone.has(link) && primary.has(link)) revived.add(link);
    if (returned['is_primary'] === true) primary.add(link);
  });
  return show(record, name);
};

const onePrimaryThroughChanges = defineRule({
  id: 'sequences/one-primary-through-changes',
  level: 'MUST',
  verifies: ['LG-LNK-016', 'LG-LNK-019', 'LG-LNK-020', 'LG-LNK-021', 'LG-LNK-022'],
  sentence:
    'After any sequence of changes, a dossier has the primary contact that was last linked as such.',
  needs: [],
  check: (context) =>
    runSequences(context, {
      commands: weighted(
        [6, aLink(context.contract)],
        [5, anUnlinking()],
        [1, aNewDossier()],
        [1, aDeletion()],
        [1, anArchiving()],
        [1, aStatusChange(context.contract)],
      ),
      aspects: ['links', 'primaries'],
      requirements: {
        links: ['LG-LNK-020'],
        role: ['LG-LNK-020'],
        onePrimary: ['LG-LNK-021'],
        primary: ({ place, expected }) => {
          if (place === 'the response') {
            return [expected === true ? 'LG-LNK-019' : 'LG-LNK-016'];
          }
          // It may have lost its place to a later link, of this dossier or of another one.
          return expected === true
            ? ['LG-LNK-016', 'LG-LNK-019', 'LG-LNK-022']
            : ['LG-LNK-020', 'LG-LNK-022'];
        },
      },
      // One dossier, so that all commands affect the same primary contact.
      prelude: someOfEach.slice(0, 3),
      most: 8,
    }),
  fault: reviveLinks,
});

export default [
  searchThroughChanges,
  addressThroughChanges,
  dossierCountThroughChanges,
  onePrimaryThroughChanges,
] satisfies readonly Rule[];
