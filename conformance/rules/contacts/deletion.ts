import { expectFoundBySearch, retrySearch } from '../../assertions/contacts.ts';
import { viewCreatedDossier } from '../../assertions/dossiers.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds, dossierFields, dossierTypes } from '../../contract/resources.ts';
import { cacheForever } from '../../faults/applied-requests.ts';
import { type Fault, onData } from '../../faults/inject.ts';
import {
  createContact,
  createContacts,
  deleteContact,
  expectContactNotListed,
  findListedContact,
  retrieveContact,
  unusedEmail,
  updateContact,
} from '../../fixtures/contacts.ts';
import { archiveDossier, createDossier, createDossiers } from '../../fixtures/dossiers.ts';
import {
  addNote,
  contactsOfDossier,
  linkContact,
  noteContentsOfDossier,
  primariesOfDossier,
  primaryLink,
} from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const deletion = defineRule({
  id: 'contacts/deletion',
  level: 'MUST',
  verifies: ['LG-CON-074'],
  sentence:
    "A deleted contact can't be retrieved, updated or listed, and no other contact is deleted.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const kind = [...contactKinds(context.contract)];
    const email = await unusedEmail(org);
    const draft = { full_name: 'Zwartkruis', kind, company: 'Tulp Logistics' };
    const { id } = await createContact(org, { ...draft, email });
    const control = await createContact(org, draft);
    const path = { id };
    const body = { full_name: 'Zwartkruis' };
    const operations = ['getContact', 'updateContact', 'deleteContact'] as const;
    await findListedContact(org, id);
    await expectFoundBySearch(org, id, 'Zwartkruis');
    context.expect.success(await org.all.send('getContact', { path }));
    await deleteContact(org, id);
    for (const operation of [...operations, ...operations]) {
      const request = operation === 'updateContact' ? { path, body } : { path };
      context.expect.refusal(await org.all.send(operation, request), 404);
    }
    for (const query of [{}, { kind }, { kind: kind.slice(0, 1) }, { search: 'Zwartkruis' }]) {
      await retrySearch(context, () => expectContactNotListed(org, id, query));
      await retrySearch(context, async () => {
        await findListedContact(org, control.id, query);
      });
    }
    await updateContact(org, control.id, body);
    await deleteContact(org, control.id);
  },
  // A server that caches what it once read.
  fault: cacheForever(),
});

const deletionAnswer = defineRule({
  id: 'contacts/deletion-answer',
  level: 'MUST',
  verifies: ['LG-CON-075'],
  sentence: 'Deleting a contact returns its id, and deleted as true.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const draft of plainContacts(2)) {
      const { id } = await createContact(org, draft);
      const exchange = await org.all.send('deleteContact', { path: { id } });
      context.expect.success(exchange);
      const answer = dataOf(exchange.json) as { id?: unknown; deleted?: unknown };
      expectEqual(answer.id, id, 'the id of the deleted contact');
      expectEqual(answer.deleted, true, 'deleted');
    }
  },
  // A server that returns the number of deleted contacts.
  fault: onData(['deleteContact'], (data) => {
    data['deleted'] = 1;
  }),
});

const deletionUndoesLinks = defineRule({
  id: 'contacts/deletion-undoes-links',
  level: 'MUST',
  verifies: ['LG-CON-076'],
  sentence: 'No dossier lists a deleted contact, and each still lists its other contacts.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    const other = await createContact(org, { full_name: 'Iris' });
    const dossiers = await createDossiers(org, plainDossiers(3));
    // It is the primary contact of one of them.
    for (const [index, { id }] of dossiers.entries()) {
      const role = { role_on_dossier: 'primary', is_primary: index === 0 } as const;
      await linkContact(org, id, { contact_id, ...role });
      await linkContact(org, id, { contact_id: other.id, role_on_dossier: 'champion' });
    }
    const idsOn = async (dossier: string) =>
      (await contactsOfDossier(org, dossier)).map((one) => one.contact_id).sort();
    const before: string[][] = [];
    for (const { id } of dossiers) before.push(await idsOn(id));
    // One of them is archived at that time.
    const id = dossiers.at(-1)?.id ?? '';
    await archiveDossier(org, id);
    await deleteContact(org, contact_id);
    const restoring = { path: { id }, body: { status: 'active' } };
    context.expect.success(await org.all.send('updateDossier', restoring));
    for (const [index, { id }] of dossiers.entries()) {
      const left = before[index]?.filter((one) => one !== contact_id);
      expectEqual(await idsOn(id), left, 'the ids of the other contacts');
    }
    const { dossier_count } = await retrieveContact(org, other.id);
    expectEqual(dossier_count, dossiers.length, 'the dossier_count of another contact');
  },
  fault: cacheForever(),
});

/** A server that archives the dossiers of a deleted contact. */
const archiveToo: Fault = (fetch, name) => {
  let deleted = false;
  const alter = onData(['deleteContact', 'getDossier'], (data) => {
    if (data['deleted'] === true) deleted = true;
    else if (deleted) data['status'] = 'archived';
  });
  return alter(fetch, name);
};

/** These may be kept with the primary contact, and be deleted with it (LG-DOS-042). */
const ofTheContact = ['email', 'phone', 'role'];

const deletionSparesDossiers = defineRule({
  id: 'contacts/deletion-spares-dossiers',
  level: 'MUST',
  verifies: ['LG-CON-077'],
  sentence: "Deleting a contact doesn't change the dossiers that it was linked to.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const person = { full_name: 'Noor Bakker', company: 'Linde', city: 'Breda' };
    for (const type of dossierTypes(context.contract)) {
      const { id: contact_id } = await createContact(org, person);
      const deal = { contact_person: 'Noor Bakker', deal_size: 62_000, deal_currency: 'EUR' };
      const more = { company: 'Tulp Logistics', ...(type === 'sales' ? deal : {}) };
      const draft = { type, ...more };
      const own = await createDossier(org, { ...draft, name: 'For a contact', contact_id });
      const another = await createDossier(org, { ...draft, name: 'With a contact' });
      await linkContact(org, another.id, { contact_id, role_on_dossier: 'decision_maker' });
      const dossiers = [own.id, another.id];
      for (const id of dossiers) await addNote(org, id, { content: 'Called today.' });
      const read = async () => {
        const seen = [await viewCreatedDossier(org, own), await viewCreatedDossier(org, another)];
        const notes = await Promise.all(dossiers.map((id) => noteContentsOfDossier(org, id)));
        const facts = seen.flatMap(({ retrieved, listed }) =>
          dossierFields(context.contract)
            .filter((field) => !ofTheContact.includes(field))
            .map((field) => [field, retrieved[field] ?? null, listed[field] ?? null]),
        );
        return [...facts, ...notes];
      };
      const before = await read();
      await deleteContact(org, contact_id);
      expectEqual(await read(), before, 'the dossiers as before,');
    }
  },
  fault: archiveToo,
});

/** A server that makes a remaining contact primary. */
const promoteRemaining: Fault = (fetch, name) => {
  let deleted = false;
  const alter = onData(['deleteContact', 'listDossierContacts'], (data) => {
    if (data['deleted'] === true) deleted = true;
    else if (deleted) data['is_primary'] = true;
  });
  return alter(fetch, name);
};

const deletedPrimary = defineRule({
  id: 'contacts/deleted-primary',
  level: 'SHOULD',
  verifies: ['LG-CON-079'],
  sentence:
    'Deleting the primary contact of a dossier leaves the dossier without a primary contact.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const draft of plainDossiers(2)) {
      const contacts = await createContacts(org, plainContacts(2));
      const [first, second] = contacts.map(({ id }) => id);
      if (first === undefined || second === undefined) return;
      const { id } = await createDossier(org, { ...draft, contact_id: second });
      await linkContact(org, id, { contact_id: first, ...primaryLink });
      expectEqual(await primariesOfDossier(org, id), [first], 'the primary contact');
      await deleteContact(org, first);
      const left = (await contactsOfDossier(org, id)).map(({ contact_id }) => contact_id);
      expectEqual(left, [second], 'the remaining contacts');
      expectEqual(await primariesOfDossier(org, id), [], 'the primary contacts');
    }
  },
  fault: promoteRemaining,
});

export default [
  deletion,
  deletionAnswer,
  deletionUndoesLinks,
  deletionSparesDossiers,
  deletedPrimary,
] satisfies readonly Rule[];
