import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds } from '../../contract/resources.ts';
import { onUnlinking } from '../../faults/contacts.ts';
import { onData } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import {
  createContact,
  createContacts,
  documentedFieldsOf,
  retrieveContact,
  unusedEmail,
} from '../../fixtures/contacts.ts';
import {
  asPrimary,
  contactsOfDossier,
  linkContact,
  unlinkContact,
} from '../../fixtures/links-and-notes.ts';
import { aFullContact } from '../../generators/contacts.ts';

const unlinking = defineRule({
  id: 'links/unlinking',
  level: 'MUST',
  verifies: ['LG-LNK-027', 'LG-LNK-010'],
  sentence: 'Unlinking takes a contact off that dossier, and leaves all other links.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = ['Where one is unlinked', 'Where all stay linked', 'Where none was linked'];
    const drafts = names.map((name) => ({ type: 'candidate', name }) as const);
    const dossiers = (await home.createDossiers(drafts)).map(({ id }) => id);
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor = '', iris = ''] = (await createContacts(world, home, people)).map(({ id }) => id);
    const [here = '', ...others] = dossiers;
    const list = async (dossier: string) =>
      (await contactsOfDossier(world, home, dossier)).map(({ contact_id }) => contact_id).sort();
    for (const dossier of [here, others[0] ?? '']) {
      for (const contact_id of [noor, iris]) {
        await linkContact(world, home, dossier, { contact_id, role_on_dossier: 'introducer' });
      }
    }
    const before = await Promise.all(dossiers.map(list));
    await unlinkContact(world, home, here, noor);
    const rest = before[0]?.filter((id) => id !== noor);
    expectEqual(await list(here), rest, 'the others on the dossier');
    expectEqual(await Promise.all(others.map(list)), before.slice(1), 'those on other dossiers');
    // Refused or not (LG-LNK-030), undoing a link that isn't there undoes no other.
    const path = { id: others[1] ?? '', contact_id: noor };
    const vain = await home.all.send('unlinkDossierContact', { path });
    if (vain.response.status >= 400) world.expect.refusal(vain, 404);
    else world.expect.success(vain);
    expectEqual(await Promise.all(others.map(list)), before.slice(1), 'those on other dossiers');
    // Linked anew it is there again.
    await linkContact(world, home, here, { contact_id: noor, role_on_dossier: 'champion' });
    expectEqual(await list(here), before[0], 'the contacts of the dossier as before');
  },
  // A server that takes the contact off every dossier.
  liar: onUnlinking(async ({ contact, known, fetch, request }) => {
    for (const url of known.filter((one) => one.endsWith(`/${contact}`))) {
      await fetch(new Request(url, request));
    }
  }),
});

const unlinkingAnswer = defineRule({
  id: 'links/unlinking-answer',
  level: 'MUST',
  verifies: ['LG-LNK-029'],
  sentence: 'Unlinking answers the dossier, the contact and that they are unlinked.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: dossier_id } = await home.createDossier({ type: 'sales', name: 'To be unlinked' });
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    await linkContact(world, home, dossier_id, { contact_id, role_on_dossier: 'gatekeeper' });
    const answer = await unlinkContact(world, home, dossier_id, contact_id);
    const shown = [answer.dossier_id, answer.contact_id, answer.unlinked];
    expectEqual(shown, [dossier_id, contact_id, true], 'dossier_id, contact_id and unlinked');
  },
  // A server that confirms it as it confirms other deletions.
  liar: onData(['unlinkDossierContact'], (data) => {
    delete data['unlinked'];
    data['deleted'] = true;
  }),
});

const unlinkedContact = defineRule({
  id: 'links/unlinked-contact',
  level: 'MUST',
  verifies: ['LG-LNK-028'],
  sentence: 'An unlinked contact remains, with all of its fields.',
  needs: [],
  check: (world) =>
    world.property(
      [aFullContact(contactKinds(world.contract))],
      async (draft) => {
        const home = await world.organization();
        const email = await unusedEmail(world, home);
        const { id } = await home.createDossier({ type: 'sales', name: 'Tulp Logistics' });
        const { id: contact_id } = await createContact(world, home, { ...draft, email });
        const look = async () =>
          documentedFieldsOf(world.contract, await retrieveContact(world, home, contact_id));
        const before = await look();
        await linkContact(world, home, id, { contact_id, ...asPrimary });
        await unlinkContact(world, home, id, contact_id);
        expectEqual(await look(), before, 'the contact as before,');
      },
      5,
    ),
  // A server that deletes a contact with its last link.
  liar: onUnlinking(async ({ contact, fetch, request }) => {
    const url = new URL(request.url);
    url.pathname = url.pathname.replace(/\/dossiers\/.*/, `/contacts/${contact}`);
    await fetch(new Request(url, request));
  }),
});

const notLinked = defineRule({
  id: 'links/not-linked',
  level: 'SHOULD',
  verifies: ['LG-LNK-030'],
  sentence:
    'Unlinking a contact that is not linked to the dossier, any more or at all, is not found.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = ['Where one was linked', 'Where one is linked'];
    const drafts = names.map((name) => ({ type: 'sales', name }) as const);
    const [here = '', there = ''] = (await home.createDossiers(drafts)).map(({ id }) => id);
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const draft = { contact_id, role_on_dossier: 'champion' } as const;
    const expectNotFound = async () => {
      const path = { id: here, contact_id };
      world.expect.refusal(await home.all.send('unlinkDossierContact', { path }), 404);
    };
    await expectNotFound();
    await linkContact(world, home, there, draft);
    await expectNotFound();
    await linkContact(world, home, here, draft);
    await unlinkContact(world, home, here, contact_id);
    await expectNotFound();
    await unlinkContact(world, home, there, contact_id);
    await expectNotFound();
  },
  // A server to which what is done already is a success.
  liar: acceptRefused(404),
});

export default [unlinking, unlinkingAnswer, unlinkedContact, notLinked] satisfies readonly Rule[];
