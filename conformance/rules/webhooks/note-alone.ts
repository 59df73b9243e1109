import { defineRule, type Liar } from '../../rule.ts';
import { expectEvent, expectOnly, letPass, listen } from '../../world/events.ts';
import { addNote } from '../../world/notes.ts';

/** Shows the latest note in the intake notes. */
const copyNotes: Liar = (fetch, name) => async (request) => {
  const response = await fetch(request.clone());
  if (name(request.method, request.url) === 'createDossierNote') {
    const { content } = (await request.json()) as { content: string };
    const init = { method: 'PATCH', headers: new Headers(request.headers) };
    const body = JSON.stringify({ intake_notes: content });
    await fetch(new Request(request.url.replace(/\/notes$/, ''), { ...init, body }));
  }
  return response;
};

export default defineRule({
  id: 'webhooks/note-alone',
  level: 'SHOULD',
  verifies: ['LG-WEB-034'],
  sentence: 'Adding a note sends note.created alone.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const note = await addNote(world, home, id, { content: 'Called.' });
    await expectEvent(inbox, 'note.created', note.id);
    await letPass(home, inbox);
    await expectOnly(inbox, id, ['dossier.created']);
    await expectOnly(inbox, note.id, ['note.created']);
  },
  liar: copyNotes,
});
