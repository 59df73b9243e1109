import { expectFoundBySearch, retrySearch } from '../../assertions/contacts.ts';
import { viewCreatedDossier } from '../../assertions/dossiers.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds, dossierFields, dossierTypes } from '../../contract/resources.ts';
import { cacheForever } from '../../faults/history.ts';
import { type Fault, onData } from '../../faults/inject.ts';
import {
  changeContact,
  createContact,
  createContacts,
  deleteContact,
  expectContactNotListed,
  findListedContact,
  retrieveContact,
  unusedEmail,
} from '../../fixtures/contacts.ts';
import { archiveDossier } from '../../fixtures/dossiers.ts';
import {
  addNote,
  asPrimary,
  contactsOfDossier,
  linkContact,
  noteContentsOfDossier,
  primariesOfDossier,
} from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const deletion = defineRule({
  id: 'contacts/deletion',
  level: 'MUST',
  verifies: ['LG-CON-074'],
  sentence: 'A deleted contact is gone for good, from every list too, and no other with it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kind = [...contactKinds(world.contract)];
    const email = await unusedEmail(world, home);
    const draft = { full_name: 'Zwartkruis', kind, company: 'Tulp Logistics' };
    const { id } = await createContact(world, home, { ...draft, email });
    const twin = await createContact(world, home, draft);
    const path = { id };
    const body = { full_name: 'Zwartkruis' };
    const operations = ['getContact', 'updateContact', 'deleteContact'] as const;
    await findListedContact(world, home, id);
    await expectFoundBySearch(world, home, id, 'Zwartkruis');
    world.expect.success(await home.all.send('getContact', { path }));
    await deleteContact(world, home, id);
    for (const operation of [...operations, ...operations]) {
      const request = operation === 'updateContact' ? { path, body } : { path };
      world.expect.refusal(await home.all.send(operation, request), 404);
    }
    for (const query of [{}, { kind }, { kind: kind.slice(0, 1) }, { search: 'Zwartkruis' }]) {
      await retrySearch(world, () => expectContactNotListed(world, home, id, query));
      await retrySearch(world, async () => {
        await findListedContact(world, home, twin.id, query);
      });
    }
    await changeContact(world, home, twin.id, body);
    await deleteContact(world, home, twin.id);
  },
  // A server that keeps what it once read.
  liar: cacheForever(),
});

const deletionAnswer = defineRule({
  id: 'contacts/deletion-answer',
  level: 'MUST',
  verifies: ['LG-CON-075'],
  sentence: 'Deletion answers the id of the contact, and that it is deleted.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainContacts(2)) {
      const { id } = await createContact(world, home, draft);
      const exchange = await home.all.send('deleteContact', { path: { id } });
      world.expect.success(exchange);
      const answer = dataOf(exchange.json) as { id?: unknown; deleted?: unknown };
      expectEqual(answer.id, id, 'the id of the contact that was deleted');
      expectEqual(answer.deleted, true, 'deleted');
    }
  },
  // A server that counts what it deleted.
  liar: onData(['deleteContact'], (data) => {
    data['deleted'] = 1;
  }),
});

const deletionUndoesLinks = defineRule({
  id: 'contacts/deletion-undoes-links',
  level: 'MUST',
  verifies: ['LG-CON-076'],
  sentence: 'No dossier lists a deleted contact, and each still lists its others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const other = await createContact(world, home, { full_name: 'Iris' });
    const dossiers = await home.createDossiers(plainDossiers(3));
    // On one of them as the primary contact.
    for (const [index, { id }] of dossiers.entries()) {
      const role = { role_on_dossier: 'primary', is_primary: index === 0 } as const;
      await linkContact(world, home, id, { contact_id, ...role });
      await linkContact(world, home, id, { contact_id: other.id, role_on_dossier: 'champion' });
    }
    const idsOn = async (dossier: string) =>
      (await contactsOfDossier(world, home, dossier)).map((one) => one.contact_id).sort();
    const before: string[][] = [];
    for (const { id } of dossiers) before.push(await idsOn(id));
    // One of them is archived at that moment.
    const id = dossiers.at(-1)?.id ?? '';
    await archiveDossier(world, home, id);
    await deleteContact(world, home, contact_id);
    const restoring = { path: { id }, body: { status: 'active' } };
    world.expect.success(await home.all.send('updateDossier', restoring));
    for (const [index, { id }] of dossiers.entries()) {
      const left = before[index]?.filter((one) => one !== contact_id);
      expectEqual(await idsOn(id), left, 'the ids of the other contacts');
    }
    const { dossier_count } = await retrieveContact(world, home, other.id);
    expectEqual(dossier_count, dossiers.length, 'the dossier_count of another contact');
  },
  liar: cacheForever(),
});

/** Archives dossiers whose contact is deleted. */
const archiveToo: Fault = (fetch, name) => {
  let deleted = false;
  const bend = onData(['deleteContact', 'getDossier'], (data) => {
    if (data['deleted'] === true) deleted = true;
    else if (deleted) data['status'] = 'archived';
  });
  return bend(fetch, name);
};

/** They may be those of the primary contact, and be gone with it (LG-DOS-042). */
const ofTheContact = ['email', 'phone', 'role'];

const deletionSparesDossiers = defineRule({
  id: 'contacts/deletion-spares-dossiers',
  level: 'MUST',
  verifies: ['LG-CON-077'],
  sentence: 'The dossiers of a deleted contact stay as they were.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const person = { full_name: 'Noor Bakker', company: 'Linde', city: 'Breda' };
    for (const type of dossierTypes(world.contract)) {
      const { id: contact_id } = await createContact(world, home, person);
      const deal = { contact_person: 'Noor Bakker', deal_size: 62_000, deal_currency: 'EUR' };
      const more = { company: 'Tulp Logistics', ...(type === 'sales' ? deal : {}) };
      const draft = { type, ...more };
      const own = await home.createDossier({ ...draft, name: 'For a contact', contact_id });
      const another = await home.createDossier({ ...draft, name: 'With a contact' });
      await linkContact(world, home, another.id, { contact_id, role_on_dossier: 'decision_maker' });
      const dossiers = [own.id, another.id];
      for (const id of dossiers) await addNote(world, home, id, { content: 'Called today.' });
      const look = async () => {
        const seen = [
          await viewCreatedDossier(world, home, own),
          await viewCreatedDossier(world, home, another),
        ];
        const notes = await Promise.all(
          dossiers.map((id) => noteContentsOfDossier(world, home, id)),
        );
        const facts = seen.flatMap(({ retrieved, listed }) =>
          dossierFields(world.contract)
            .filter((field) => !ofTheContact.includes(field))
            .map((field) => [field, retrieved[field] ?? null, listed[field] ?? null]),
        );
        return [...facts, ...notes];
      };
      const before = await look();
      await deleteContact(world, home, contact_id);
      expectEqual(await look(), before, 'the dossiers as before,');
    }
  },
  liar: archiveToo,
});

/** Makes who is left the primary contact. */
const findHeir: Fault = (fetch, name) => {
  let deleted = false;
  const bend = onData(['deleteContact', 'listDossierContacts'], (data) => {
    if (data['deleted'] === true) deleted = true;
    else if (deleted) data['is_primary'] = true;
  });
  return bend(fetch, name);
};

const deletedPrimary = defineRule({
  id: 'contacts/deleted-primary',
  level: 'SHOULD',
  verifies: ['LG-CON-079'],
  sentence: 'Once its primary contact is deleted, a dossier has none.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainDossiers(2)) {
      const contacts = await createContacts(world, home, plainContacts(2));
      const [first, second] = contacts.map(({ id }) => id);
      if (first === undefined || second === undefined) return;
      const { id } = await home.createDossier({ ...draft, contact_id: second });
      await linkContact(world, home, id, { contact_id: first, ...asPrimary });
      expectEqual(await primariesOfDossier(world, home, id), [first], 'the primary contact');
      await deleteContact(world, home, first);
      const left = (await contactsOfDossier(world, home, id)).map(({ contact_id }) => contact_id);
      expectEqual(left, [second], 'the contacts that are left');
      expectEqual(await primariesOfDossier(world, home, id), [], 'the primary contacts');
    }
  },
  liar: findHeir,
});

export default [
  deletion,
  deletionAnswer,
  deletionUndoesLinks,
  deletionSparesDossiers,
  deletedPrimary,
] satisfies readonly Rule[];
