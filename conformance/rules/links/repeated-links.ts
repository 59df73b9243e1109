import { createDossier } from '../../fixtures/dossiers.ts';
import { isPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type Link, type NewLink, rolesOnDossier } from '../../contract/resources.ts';
import { echoSentRole, onLinked, refuseRepeatedLink } from '../../faults/contacts.ts';
import { onPage } from '../../faults/inject.ts';
import { createContact, retrieveContact } from '../../fixtures/contacts.ts';
import { contactsOfDossier, findLinked, linkContact } from '../../fixtures/links-and-notes.ts';

const roleOfLinkedAgain = defineRule({
  id: 'links/role-of-linked-again',
  level: 'MUST',
  verifies: ['LG-LNK-032'],
  sentence: 'A contact that is successfully linked again has the role in the response.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'Linked again' });
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    // Whether the role `primary` makes a contact primary is a decision (LG-LNK-017, LG-LNK-018).
    const [first, ...others] = rolesOnDossier(context.contract).filter(
      (role) => role !== 'primary',
    );
    if (!first) return;
    await linkContact(org, id, { contact_id, role_on_dossier: first });
    for (const role_on_dossier of [...others, first]) {
      const body = { contact_id, role_on_dossier };
      const again = await org.all.send('linkDossierContact', { path: { id }, body });
      if (isPermittedRefusal(context, again, ['LG-LNK-025'])) continue;
      context.expect.success(again);
      // The link may stay the same, and the response then shows that (LG-LNK-025).
      const { role_on_dossier: returned } = dataOf(again.json) as Link;
      const own = (await contactsOfDossier(org, id)).filter((one) => one.contact_id === contact_id);
      const is = own.some((one) => one.role_on_dossier === returned);
      expectThat(is, `the contact on the dossier as ${returned}`, () => own);
    }
  },
  // A server that returns what was sent, but keeps the earlier link.
  fault: echoSentRole,
});

type Change = Omit<NewLink, 'contact_id'>;

/** Links of one contact, each different from the one before. */
const changes: readonly Change[] = [
  { role_on_dossier: 'champion' },
  { role_on_dossier: 'decision_maker', is_primary: true },
  { role_on_dossier: 'decision_maker', is_primary: true },
  // A field that is left out counts as false, not as unchanged.
  { role_on_dossier: 'decision_maker' },
  { role_on_dossier: 'primary', is_primary: true },
  { role_on_dossier: 'other', is_primary: false },
];

const again = defineRule({
  id: 'links/again',
  level: 'SHOULD',
  verifies: ['LG-LNK-025'],
  sentence: 'Linking a contact again updates its link to what was sent and returns the link.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, {
      type: 'sales',
      name: 'With one who is linked again',
    });
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    for (const change of changes) {
      const { role_on_dossier, is_primary = false } = change;
      const expected = [role_on_dossier, is_primary];
      const response = await linkContact(org, id, { contact_id, ...change });
      expectEqual(
        [response.role_on_dossier, response.is_primary],
        expected,
        'the link in the response',
      );
      const listed = await findLinked(org, id, contact_id);
      expectEqual([listed.role_on_dossier, listed.is_primary], expected, 'the link in the list');
    }
  },
  fault: refuseRepeatedLink,
});

const once = defineRule({
  id: 'links/once',
  level: 'SHOULD',
  verifies: ['LG-LNK-026'],
  sentence: 'A dossier lists and counts a contact once, however often it was linked.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With one in many roles' });
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    for (const role_on_dossier of rolesOnDossier(context.contract)) {
      const body = { contact_id, role_on_dossier };
      // The response to linking an already linked contact is another decision.
      await org.all.send('linkDossierContact', { path: { id }, body });
      const listed = await contactsOfDossier(org, id);
      const times = listed.filter((one) => one.contact_id === contact_id).length;
      expectEqual(times, 1, 'how often the contact is listed');
    }
    const { dossier_count } = await retrieveContact(org, contact_id);
    expectEqual(dossier_count, 1, 'dossier_count');
  },
  // A server that lists a contact once for each of its roles.
  fault: (fetch, name) => {
    let latest: readonly Record<string, unknown>[] = [];
    const watch = onLinked((_, links) => {
      latest = links;
    });
    const repeat = onPage(['listDossierContacts'], ({ data }) => {
      for (const link of latest.slice(1)) data.push({ ...data.at(-1), ...link });
    });
    return repeat(watch(fetch, name), name);
  },
});

export default [roleOfLinkedAgain, again, once] satisfies readonly Rule[];
