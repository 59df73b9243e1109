import { defineRule, type Liar } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { asText } from '../../world/as-text.ts';
import type { Delivery } from '../../world/deliveries.ts';
import { distinct, eventsAbout, eventsSince, letPass, listen } from '../../world/events.ts';
import { withoutFirstStages, withoutUpdatesOf } from '../../world/first-events.ts';
import type { Inbox } from '../../world/inbox.ts';
import { addNote } from '../../world/notes.ts';

/** Notes at each dossier that is looked at that it was. */
const noteVisits: Liar = (fetch, name) => async (request) => {
  if (name(request.method, request.url) === 'getDossier') {
    const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' };
    const body = JSON.stringify({ intake_notes: 'Looked at.' });
    await fetch(new Request(request.url, { method: 'PATCH', headers, body }));
  }
  return fetch(request);
};

/** What was created to be read may be told after all that came later (LG-WEB-040). */
const isFirstOfCreation = (inbox: Inbox, { event }: Delivery): boolean => {
  const type = (['dossier.created', 'note.created'] as const).find((one) => one === event?.type);
  return type !== undefined && eventsAbout(inbox, asText(event?.data?.['id']), type).length === 1;
};

export default defineRule({
  id: 'webhooks/reading',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'Reading sends no events, whatever is read.',
  needs: ['webhooks', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const readings = [];
    const noted: string[] = [];
    for (const { id } of world.operations.filter(({ method }) => method === 'GET')) {
      const request = await home.prepare(id);
      const [dossier] = id === 'listDossierNotes' ? Object.values(request.path ?? {}) : [];
      if (dossier !== undefined) {
        await addNote(world, home, dossier, { content: 'To be read' });
        noted.push(dossier);
      }
      readings.push({ id, request });
    }
    await letPass(home, inbox);
    const before = distinct(inbox).length;
    for (const { id, request } of readings) {
      world.expect.success(await home.all.send(id, request));
    }
    const marker = await letPass(home, inbox);
    const found = eventsSince(inbox, before, marker).filter(
      (one) => !isFirstOfCreation(inbox, one),
    );
    const later = await withoutFirstStages(inbox, found, marker);
    const unasked = await withoutUpdatesOf(inbox, later, noted, async () => {
      const { id } = await home.createDossier({ type: 'candidate', name: 'Noted, and not read' });
      await addNote(world, home, id, { content: 'Not to be read' });
      return [id];
    });
    await expectNone(world, inbox, unasked, 'no event because something was read');
  },
  liar: noteVisits,
});
