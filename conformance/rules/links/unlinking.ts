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
import { createDossier, createDossiers } from '../../fixtures/dossiers.ts';
import {
  contactsOfDossier,
  linkContact,
  primaryLink,
  unlinkContact,
} from '../../fixtures/links-and-notes.ts';
import { aFullContact } from '../../generators/contacts.ts';

const unlinking = defineRule({
  id: 'links/unlinking',
  level: 'MUST',
  verifies: ['LG-LNK-027', 'LG-LNK-010'],
  sentence: 'Unlinking removes the contact from that dossier, and keeps all other links.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const names = ['Where one is unlinked', 'Where all stay linked', 'Where none was linked'];
    const drafts = names.map((name) => ({ type: 'candidate', name }) as const);
    const dossiers = (await createDossiers(org, drafts)).map(({ id }) => id);
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor = '', iris = ''] = (await createContacts(org, people)).map(({ id }) => id);
    const [here = '', ...others] = dossiers;
    const list = async (dossier: string) =>
      (await contactsOfDossier(org, dossier)).map(({ contact_id }) => contact_id).sort();
    for (const dossier of [here, others[0] ?? '']) {
      for (const contact_id of [noor, iris]) {
        await linkContact(org, dossier, { contact_id, role_on_dossier: 'introducer' });
      }
    }
    const before = await Promise.all(dossiers.map(list));
    context.about('LG-LNK-027');
    await unlinkContact(org, here, noor);
    const rest = before[0]?.filter((id) => id !== noor);
    expectEqual(await list(here), rest, 'the other contacts on the dossier');
    expectEqual(
      await Promise.all(others.map(list)),
      before.slice(1),
      'the contacts on other dossiers',
    );
    // Refused or not (LG-LNK-030), unlinking an unlinked contact removes no other link.
    const path = { id: others[1] ?? '', contact_id: noor };
    const repeated = await org.all.send('unlinkDossierContact', { path });
    if (repeated.response.status >= 400) context.expect.refusal(repeated, 404);
    else context.expect.success(repeated);
    expectEqual(
      await Promise.all(others.map(list)),
      before.slice(1),
      'the contacts on other dossiers',
    );
    // After linking it again, it is listed again.
    context.about('LG-LNK-010');
    await linkContact(org, here, { contact_id: noor, role_on_dossier: 'champion' });
    expectEqual(await list(here), before[0], 'the contacts of the dossier as before');
  },
  // A server that unlinks the contact from every dossier.
  fault: onUnlinking(async ({ contact, known, fetch, request }) => {
    for (const url of known.filter((one) => one.endsWith(`/${contact}`))) {
      await fetch(new Request(url, request));
    }
  }),
});

const unlinkingAnswer = defineRule({
  id: 'links/unlinking-answer',
  level: 'MUST',
  verifies: ['LG-LNK-029'],
  sentence: 'Unlinking returns `dossier_id`, `contact_id`, and `unlinked` as true.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id: dossier_id } = await createDossier(org, { type: 'sales', name: 'To be unlinked' });
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    await linkContact(org, dossier_id, { contact_id, role_on_dossier: 'gatekeeper' });
    const returned = await unlinkContact(org, dossier_id, contact_id);
    const shown = [returned.dossier_id, returned.contact_id, returned.unlinked];
    expectEqual(shown, [dossier_id, contact_id, true], 'dossier_id, contact_id and unlinked');
  },
  // A server that returns the response of other deletions.
  fault: onData(['unlinkDossierContact'], (data) => {
    delete data['unlinked'];
    data['deleted'] = true;
  }),
});

const unlinkedContact = defineRule({
  id: 'links/unlinked-contact',
  level: 'MUST',
  verifies: ['LG-LNK-028'],
  sentence: 'An unlinked contact still exists, with all of its fields.',
  needs: [],
  check: (context) =>
    context.property(
      [aFullContact(contactKinds(context.contract))],
      async (draft) => {
        const org = await context.organization();
        const email = await unusedEmail(org);
        const { id } = await createDossier(org, { type: 'sales', name: 'Tulp Logistics' });
        const { id: contact_id } = await createContact(org, { ...draft, email });
        const read = async () =>
          documentedFieldsOf(context.contract, await retrieveContact(org, contact_id));
        const before = await read();
        await linkContact(org, id, { contact_id, ...primaryLink });
        await unlinkContact(org, id, contact_id);
        expectEqual(await read(), before, 'the contact as before,');
      },
      5,
    ),
  // A server that deletes a contact with its last link.
  fault: onUnlinking(async ({ contact, fetch, request }) => {
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
    "Unlinking a contact that isn't, or is no longer, linked to the dossier is refused with 404 not_found.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const names = ['Where one was linked', 'Where one is linked'];
    const drafts = names.map((name) => ({ type: 'sales', name }) as const);
    const [here = '', there = ''] = (await createDossiers(org, drafts)).map(({ id }) => id);
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    const draft = { contact_id, role_on_dossier: 'champion' } as const;
    const expectNotFound = async () => {
      const path = { id: here, contact_id };
      context.expect.refusal(await org.all.send('unlinkDossierContact', { path }), 404);
    };
    await expectNotFound();
    await linkContact(org, there, draft);
    await expectNotFound();
    await linkContact(org, here, draft);
    await unlinkContact(org, here, contact_id);
    await expectNotFound();
    await unlinkContact(org, there, contact_id);
    await expectNotFound();
  },
  // A server that treats unlinking an unlinked contact as a success.
  fault: acceptRefused(404),
});

export default [unlinking, unlinkingAnswer, unlinkedContact, notLinked] satisfies readonly Rule[];
