import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onData } from '../../liars/answers.ts';
import { onOverlap } from '../../liars/overlaps.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { atOnce } from '../../world/at-once.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

/** Reads a counter, adds one and writes it: of those who do so at once, one is counted. */
const countTogether: Liar = (fetch, name) => {
  const missed = new Map<unknown, number>();
  const note = onOverlap(['linkDossierContact'], ({ sent }) => {
    missed.set(sent['contact_id'], (missed.get(sent['contact_id']) ?? -1) + 1);
    return undefined;
  });
  const show = onData(['getContact'], (contact) => {
    const less = missed.get(contact['id']) ?? 0;
    contact['dossier_count'] = Number(contact['dossier_count']) - less;
  });
  return show(note(fetch, name), name);
};

export default defineRule({
  id: 'concurrency/dossier-count',
  level: 'MUST',
  verifies: ['LG-CON-053', 'LG-CON-003'],
  sentence:
    'A contact tells on how many dossiers it is after links and unlinkings at the same moment.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const dossiers = await home.createDossiers(plainDossiers(6));
    const link = (dossier: { readonly id: string }) => () => {
      const body = { contact_id, role_on_dossier: 'champion' };
      return home.all.send('linkDossierContact', { path: { id: dossier.id }, body });
    };
    const unlink = (dossier: { readonly id: string }) => () =>
      home.all.send('unlinkDossierContact', { path: { id: dossier.id, contact_id } });
    const expectCount = async (count: number) => {
      const { dossier_count } = await retrieveContact(world, home, contact_id);
      expectEqual(dossier_count, count, 'the dossier_count');
    };
    const all = async (sends: readonly ReturnType<typeof link>[]) => {
      for (const exchange of (await atOnce(world, sends)).lost) world.expect.success(exchange);
    };
    await all(dossiers.map(link));
    await expectCount(dossiers.length);
    await all(dossiers.slice(0, 3).map(unlink));
    await expectCount(dossiers.length - 3);
    await all([...dossiers.slice(0, 2).map(link), ...dossiers.slice(3).map(unlink)]);
    await expectCount(2);
  },
  liar: countTogether,
});
