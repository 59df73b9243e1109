import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onPage } from '../../liars/answers.ts';
import { idsIn } from '../../liars/ledger.ts';
import { onOverlap } from '../../liars/overlaps.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { allAtOnce } from '../../world/at-once.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn, rolesOnDossier } from '../../world/links.ts';

/** Keeps the contacts of a dossier in one field of it, which whoever is last writes. */
const lastListWins: Liar = (fetch, name) => {
  const lost = new Map<unknown, Set<unknown>>();
  const note = onOverlap(['linkDossierContact'], ({ sent, request }) => {
    const [dossier] = idsIn(request.url);
    lost.set(dossier, (lost.get(dossier) ?? new Set()).add(sent['contact_id']));
    return undefined;
  });
  const show = onPage(['listDossierContacts'], (page, url) => {
    const [, ...gone] = lost.get(idsIn(url.href)[0]) ?? [];
    page.data.splice(0, Infinity, ...page.data.filter((one) => !gone.includes(one['contact_id'])));
  });
  return show(note(fetch, name), name);
};

export default defineRule({
  id: 'concurrency/parallel-links',
  level: 'MUST',
  verifies: ['LG-LNK-002', 'LG-LNK-004', 'LG-LNK-010'],
  sentence:
    'Contacts that are linked to a dossier at the same moment are all on it, each in its role.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const [dossier] = await home.createDossiers([{ type: 'sales', name: 'For many at once' }]);
    const id = dossier?.id ?? '';
    const before = await contactsOn(world, home, id);
    // Who has the role primary may become the primary contact by it (LG-LNK-017).
    const roles = rolesOnDossier(world.contract).filter((role) => role !== 'primary');
    const contacts = await createContacts(world, home, plainContacts(roles.length));
    const drafts = roles.map((role_on_dossier, index) => ({
      ...{ contact_id: contacts[index]?.id ?? '', role_on_dossier },
    }));
    const sends = drafts.map(
      (body) => () => home.all.send('linkDossierContact', { path: { id }, body }),
    );
    await allAtOnce(world, sends);
    const shown = await contactsOn(world, home, id);
    expectEqual(shown.length, before.length + drafts.length, 'the number of contacts');
    const roleOf = new Map(shown.map((one) => [one.contact_id, one.role_on_dossier]));
    for (const { contact_id, role_on_dossier } of drafts) {
      expectEqual(roleOf.get(contact_id), role_on_dossier, `the role of ${contact_id}`);
    }
  },
  liar: lastListWins,
});
