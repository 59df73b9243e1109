import fc from 'fast-check';
import { contactPlaces, createAndViewContact, retrySearch } from '../../assertions/contacts.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds, dossierTypes } from '../../contract/resources.ts';
import { refuse } from '../../faults/access.ts';
import { type Fault, onData } from '../../faults/inject.ts';
import {
  createContact,
  findListedContact,
  retrieveContact,
  unusedEmail,
  updateContact,
} from '../../fixtures/contacts.ts';
import { createDossier, createDossiers } from '../../fixtures/dossiers.ts';
import {
  contactsOfDossier,
  findLinked,
  linkContact,
  unlinkContact,
} from '../../fixtures/links-and-notes.ts';
import { aContact } from '../../generators/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const newCount = defineRule({
  id: 'contacts/new-count',
  level: 'MUST',
  verifies: ['LG-CON-050'],
  sentence: 'A new contact has a `dossier_count` of 0.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    // The contact must not count dossiers of others.
    await createDossiers(org, plainDossiers(2));
    await context.property(
      [aContact(contactKinds(context.contract))],
      async (draft) => {
        const seen = await createAndViewContact(org, draft);
        for (const place of contactPlaces) {
          expectEqual(seen[place].dossier_count, 0, 'the dossier_count of a new contact');
        }
      },
      4,
    );
  },
  // A server that counts the empty row of an outer join.
  fault: onData(['getContact'], (contact) => {
    contact['dossier_count'] = Math.max(1, Number(contact['dossier_count']));
  }),
});

/**
 * The number of the dossier to link to or unlink from, or a new dossier with or without
 * `contact_id`.
 */
const aStep = () =>
  fc.oneof(fc.nat({ max: 3 }), fc.constantFrom('new with' as const, 'new without' as const));

const dossierCount = defineRule({
  id: 'contacts/dossier-count',
  level: 'MUST',
  verifies: ['LG-CON-053'],
  sentence:
    'The `dossier_count` of a contact increases with each new link and decreases with each removed link.',
  needs: [],
  check: (context) =>
    context.property(
      [fc.array(aStep(), { minLength: 6, maxLength: 16 })],
      async (steps) => {
        const org = await context.organization();
        const dossiers: { readonly id: string }[] = [];
        const [type = 'sales'] = dossierTypes(context.contract);
        // All different: whether a repeated creation creates a second dossier is a decision.
        const draft = () => ({ type, name: `Dossier ${String(dossiers.length + 1)}` });
        const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
        const other = await createContact(org, { full_name: 'Iris' });
        for (let count = 0; count < 2; count += 1) dossiers.push(await createDossier(org, draft()));
        const linked = new Set<string>();
        for (const step of steps) {
          if (typeof step === 'string') {
            const contact = step === 'new with' ? { contact_id } : {};
            const dossier = await createDossier(org, { ...draft(), ...contact });
            dossiers.push(dossier);
            if (step === 'new with') linked.add(dossier.id);
          } else {
            const { id } = dossiers[step % dossiers.length] ?? { id: '' };
            const role_on_dossier = 'champion';
            if (linked.delete(id)) await unlinkContact(org, id, contact_id);
            else {
              await linkContact(org, id, { contact_id, role_on_dossier });
              linked.add(id);
            }
          }
          const { dossier_count } = await retrieveContact(org, contact_id);
          expectEqual(dossier_count, linked.size, 'the dossier_count');
        }
        const listed = await findListedContact(org, contact_id);
        expectEqual(listed.dossier_count, linked.size, 'the dossier_count in the list');
        const updated = await updateContact(org, contact_id, { city: 'Delft' });
        expectEqual(
          updated.dossier_count ?? linked.size,
          linked.size,
          'the dossier_count after an update',
        );
        const { dossier_count } = await findListedContact(org, other.id);
        expectEqual(dossier_count, 0, 'the dossier_count of a contact that was never linked');
      },
      6,
    ),
  // A server whose counter never decreases.
  fault: (fetch, name) => {
    const most = new Map<unknown, number>();
    const alter = onData(['getContact'], (contact) => {
      const count = Math.max(Number(contact['dossier_count']), most.get(contact['id']) ?? 0);
      most.set(contact['id'], count);
      contact['dossier_count'] = count;
    });
    return alter(fetch, name);
  },
});

/** A server that counts up to ten dossiers. */
const tenDossiers: Fault = (fetch, name) => {
  let links = 0;
  const full = refuse(400, 'invalid_body', ({ method, url }) => {
    if (name(method, url) !== 'linkDossierContact') return false;
    links += 1;
    return links > 10;
  });
  return full(fetch, name);
};

const manyDossiers = defineRule({
  id: 'contacts/many-dossiers',
  level: 'MUST',
  verifies: ['LG-CON-003', 'LG-CON-053'],
  sentence: 'A contact can be linked to any number of dossiers, including none.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const contact = await createContact(org, { full_name: 'Noor Bakker' });
    context.about('LG-CON-003');
    const { id: contact_id } = await retrieveContact(org, contact.id);
    expectEqual(contact_id, contact.id, 'the contact on no dossier');
    const dossiers: string[] = [];
    const expectOnAll = async () => {
      for (const dossier of dossiers) await findLinked(org, dossier, contact_id);
    };
    for (const draft of plainDossiers(3)) {
      dossiers.push((await createDossier(org, { ...draft, contact_id })).id);
      await expectOnAll();
    }
    for (const draft of plainDossiers(24)) {
      const { id } = await createDossier(org, draft);
      await linkContact(org, id, { contact_id, role_on_dossier: 'introducer' });
      dossiers.push(id);
    }
    await expectOnAll();
    // Also if a list joins it with several of its kinds.
    const kind = contactKinds(context.contract).slice(0, 3);
    await updateContact(org, contact_id, { kind });
    context.about('LG-CON-053');
    const { dossier_count } = await retrieveContact(org, contact_id);
    expectEqual(dossier_count, dossiers.length, 'the dossier_count');
    for (const query of [{}, { kind }, { search: 'Bakker' }]) {
      const read = async () => {
        const listed = await findListedContact(org, contact_id, query);
        expectEqual(listed.dossier_count, dossiers.length, 'the dossier_count in the list');
      };
      await ('search' in query ? retrySearch(context, read) : read());
    }
  },
  fault: tenDossiers,
});

const countedByAddress = defineRule({
  id: 'contacts/counted-by-address',
  level: 'MUST',
  verifies: ['LG-CON-053'],
  sentence:
    "The `dossier_count` includes dossiers linked by `email`, and refused unlinking doesn't lower it.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const email = await unusedEmail(org);
      const { id: contact_id } = await createContact(org, { full_name: 'Noor', email });
      const first = await createDossier(org, { type, name: 'For a contact', contact_id });
      const dossiers = [first.id];
      for (const address of [email, email.toUpperCase(), `b.${email}`]) {
        const name = `With an address ${String(dossiers.length)}`;
        const exchange = await org.all.send('createDossier', {
          body: { type, name, email: address },
        });
        // Whether the contact is linked, another one is created or the dossier is refused is a
        // decision (LG-DOS-064).
        if (exchange.response.status === 409) continue;
        context.expect.success(exchange);
        dossiers.push((dataOf(exchange.json) as { id: string }).id);
      }
      // A contact that isn't on a dossier can't be unlinked from it, and keeps its other links.
      const { id } = await createDossier(org, { type, name: 'Without that contact' });
      await org.all.send('unlinkDossierContact', { path: { id, contact_id } });
      // A repeated link, accepted or not (LG-LNK-025), doesn't add another dossier.
      const again = { contact_id, role_on_dossier: 'champion' };
      await org.all.send('linkDossierContact', { path: { id: first.id }, body: again });
      const groups = await Promise.all(dossiers.map((id) => contactsOfDossier(org, id)));
      const all = groups.flatMap((group) => [...new Set(group.map((one) => one.contact_id))]);
      for (const id of new Set(all)) {
        const { dossier_count } = await retrieveContact(org, id);
        const count = all.filter((one) => one === id).length;
        expectEqual(dossier_count, count, `the dossier_count of ${id}`);
      }
    }
  },
  // A server that returns at most 1 as the count.
  fault: onData(['getContact'], (contact) => {
    contact['dossier_count'] = Math.min(1, Number(contact['dossier_count']));
  }),
});

/** A server that doesn't count archived dossiers. */
const countOpenOnly: Fault = (fetch, name) => {
  let archived = 0;
  const alter = onData(['archiveDossier', 'getContact'], (data) => {
    if (data['status'] === 'archived') archived += 1;
    else data['dossier_count'] = Number(data['dossier_count']) - archived;
  });
  return alter(fetch, name);
};

const archivedDossiersCount = defineRule({
  id: 'contacts/archived-dossiers-count',
  level: 'SHOULD',
  verifies: ['LG-CON-054'],
  sentence: 'The `dossier_count` includes archived dossiers.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    const drafts = plainDossiers(3).map((draft) => ({ ...draft, contact_id }));
    for (const { id } of await createDossiers(org, drafts)) {
      context.expect.success(await org.all.send('archiveDossier', { path: { id } }));
      const { dossier_count } = await retrieveContact(org, contact_id);
      expectEqual(dossier_count, drafts.length, 'the dossier_count');
    }
    const listed = await findListedContact(org, contact_id);
    expectEqual(listed.dossier_count, drafts.length, 'the dossier_count in the list');
  },
  fault: countOpenOnly,
});

export default [
  newCount,
  dossierCount,
  manyDossiers,
  countedByAddress,
  archivedDossiersCount,
] satisfies readonly Rule[];
