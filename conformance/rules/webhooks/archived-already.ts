import { defineRule, type Liar } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { expectEvent, expectOnly, letPass, listen } from '../../world/events.ts';

/** Restores a dossier for a moment, to archive it once more. */
const archiveAnew: Liar = (fetch, name) => async (request) => {
  if (name(request.method, request.url) === 'archiveDossier') {
    const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' };
    const body = JSON.stringify({ status: 'active' });
    await fetch(new Request(request.url, { method: 'PATCH', headers, body }));
  }
  return fetch(request);
};

export default defineRule({
  id: 'webhooks/archived-already',
  level: 'SHOULD',
  verifies: ['LG-WEB-032'],
  sentence: 'Archiving a dossier that is archived already, in either way, sends nothing.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'About to be archived' });
    await archive(world, home, id);
    await archive(world, home, id);
    await change(world, home, id, { status: 'archived' });
    await expectEvent(inbox, 'dossier.deleted', id);
    await letPass(home, inbox);
    await expectOnly(inbox, id, ['dossier.created', 'dossier.updated', 'dossier.deleted']);
  },
  liar: archiveAnew,
});
