import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { shiftPages } from '../../liars/shifted-pages.ts';
import { defineRule } from '../../rule.ts';
import { times } from '../../world/at-once.ts';
import { contactKinds, createContact, createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { walkBeside } from '../../world/walk-beside.ts';

export default defineRule({
  id: 'concurrency/walk-beside-writers',
  level: 'MUST',
  verifies: ['LG-GEN-015', 'LG-GEN-017'],
  sentence:
    'A filtered list that stays the same is walked whole, whatever happens to what it leaves out.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const [kind = 'client', other = 'partner'] = contactKinds(world.contract);
    const own = plainContacts(10).map((draft) => ({ ...draft, kind: [kind] }));
    const contacts = (await createContacts(world, home, own)).map(({ id }) => id);
    const byKind = await walkBeside(world, home, 'listContacts', { kind }, async (page) => {
      const draft = { full_name: `Iris ${String(page)}`, kind: [other] };
      const { id } = await createContact(world, home, draft);
      if (page % 2 === 0) await home.all.send('deleteContact', { path: { id } });
    });
    expectEqual(byKind.ids.sort(), contacts.sort(), 'the contacts of one kind');
    const drafts = times(10, (index) => {
      return { type: 'candidate' as const, name: `Noor ${String(index)}` };
    });
    const dossiers = (await home.createDossiers(drafts)).map(({ id }) => id);
    const query = { type: 'candidate', status: 'active' };
    const byType = await walkBeside(world, home, 'listDossiers', query, async (page) => {
      const { id } = await home.createDossier({ type: 'sales', name: `Tulp ${String(page)}` });
      if (page % 2 === 0) await home.all.send('archiveDossier', { path: { id } });
    });
    expectEqual(byType.ids.sort(), dossiers.sort(), 'the candidates');
    const totals = [...new Set([...byKind.totals, ...byType.totals])];
    expectEqual(totals, [10], 'the total on each page');
  },
  liar: shiftPages,
});
