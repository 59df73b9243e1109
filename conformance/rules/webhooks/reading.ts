import { defineRule, type Liar } from '../../rule.ts';
import { distinct, expectNone, letPass, listen } from '../../world/events.ts';

/** Notes at each dossier that is looked at that it was. */
const noteVisits: Liar = (fetch, name) => async (request) => {
  if (name(request.method, request.url) === 'getDossier') {
    const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' };
    const body = JSON.stringify({ intake_notes: 'Looked at.' });
    await fetch(new Request(request.url, { method: 'PATCH', headers, body }));
  }
  return fetch(request);
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
    for (const { id } of world.operations.filter(({ method }) => method === 'GET')) {
      readings.push({ id, request: await home.prepare(id) });
    }
    await letPass(home, inbox);
    const before = distinct(inbox).length;
    for (const { id, request } of readings) {
      world.expect.success(await home.all.send(id, request));
    }
    const marker = await letPass(home, inbox);
    const found = distinct(inbox)
      .slice(before)
      .filter(({ event }) => event?.data?.['id'] !== marker);
    expectNone(inbox, found, 'no event because something was read');
  },
  liar: noteVisits,
});
