import { onPage } from '../../liars/answers.ts';
import { onOverlap } from '../../liars/overlaps.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { atOnce, times } from '../../world/at-once.ts';
import { contactsIn } from '../../world/contact-list.ts';
import { anUnusedEmail, retrieveContact } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { contactsOn } from '../../world/links.ts';
import { dataOf } from '../../world/organization.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

/** Looks whose address it is before it makes a contact: who comes meanwhile makes another. */
const contactForEach: Liar = (fetch, name) => {
  const raced = new Set<string>();
  const note = onOverlap(['createDossier'], ({ sent }) => {
    raced.add(String(sent['email']).toLowerCase());
    return undefined;
  });
  const show = onPage(['listContacts'], (page) => {
    const holder = page.data.find(({ email }) => raced.has(String(email).toLowerCase()));
    if (!holder) return;
    page.data.push({ ...holder, id: unknownIdLike(String(holder['id'])) });
    page.meta['total'] = Number(page.meta['total']) + 1;
  });
  return show(note(fetch, name), name);
};

export default defineRule({
  id: 'concurrency/dossiers-with-one-address',
  level: 'MUST',
  verifies: ['LG-CON-034'],
  sentence:
    'Dossiers and contacts that come at once with one address make one contact with it, at most.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    for (let round = 1; round <= 3; round += 1) {
      const email = await anUnusedEmail(world, home);
      const create = (index: number) => () => {
        const type = index % 2 === 0 ? 'candidate' : 'sales';
        const name = `Noor ${String(round)}.${String(index)}`;
        return home.all.send('createDossier', { body: { type, name, email } });
      };
      const createAlone = (index: number) => () =>
        home.all.send('createContact', { body: { full_name: `Iris ${String(index)}`, email } });
      const sends = [...times(4, create), ...times(2, createAlone)];
      // Those who come second may be refused as duplicates (LG-DOS-064).
      const { won, lost } = await atOnce(world, sends);
      for (const exchange of lost) expectEqual(exchange.response.status, 409, 'the status');
      for (const { json, operation } of won) {
        if (operation !== 'createDossier') continue;
        const { id } = dataOf(json) as { id: string };
        const shown = await contactsOn(world, home, id);
        expectEqual(shown.length, 1, `the number of contacts on the new dossier ${id}`);
        await retrieveContact(world, home, shown[0]?.contact_id ?? '');
      }
      const all = await contactsIn(world, home);
      const holders = all.filter((contact) => contact.email?.toLowerCase() === email);
      expectThat(holders.length <= 1, 'one contact with the address at most', () => holders);
    }
  },
  liar: contactForEach,
});
