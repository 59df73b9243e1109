import { defineRule, type Liar } from '../../rule.ts';
import { changeContact, createContact, deleteContact } from '../../world/contacts.ts';
import { expectEvent, expectOnly, letPass, listen } from '../../world/events.ts';
import { asPrimary, link, unlink } from '../../world/links.ts';

/** Notes at each dossier who was linked to it. */
const noteLinks: Liar = (fetch, name) => async (request) => {
  const response = await fetch(request.clone());
  if (name(request.method, request.url) === 'linkDossierContact') {
    const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' };
    const body = JSON.stringify({ intake_notes: 'Somebody was linked.' });
    const url = request.url.replace(/\/contacts$/, '');
    await fetch(new Request(url, { method: 'PATCH', headers, body }));
  }
  return response;
};

export default defineRule({
  id: 'webhooks/contacts-silent',
  level: 'SHOULD',
  verifies: ['LG-WEB-033'],
  sentence: 'Linking, unlinking and changes of contacts send no event.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const one = await createContact(world, home, { full_name: 'Sanne Mulder' });
    const other = await createContact(world, home, { full_name: 'Daan Visser' });
    await link(world, home, id, { contact_id: one.id, ...asPrimary });
    await link(world, home, id, { contact_id: other.id, role_on_dossier: 'champion' });
    await changeContact(world, home, one.id, { full_name: 'Sanne de Boer', city: 'Utrecht' });
    await unlink(world, home, id, other.id);
    await deleteContact(world, home, one.id);
    await expectEvent(inbox, 'dossier.created', id);
    await letPass(home, inbox);
    await expectOnly(inbox, id, ['dossier.created']);
  },
  liar: noteLinks,
});
