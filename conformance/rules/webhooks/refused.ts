import type { OperationId } from '../../../openapi/contract.ts';
import { doHalf } from '../../liars/half-done.ts';
import { defineRule } from '../../rule.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import { retrieve } from '../../world/sightings.ts';
import { expectNone } from '../../world/absence.ts';
import type { Client, RawRequest } from '../../world/client.ts';
import { change } from '../../world/changes.ts';
import { formOf } from '../../world/forms.ts';
import { expectFileRefused, otherFiles } from '../../world/other-files.ts';
import type { Organization } from '../../world/organization.ts';
import { cvForm } from '../../world/uploads.ts';
import { eventsSince, distinct, expectEvent, letPass, listen } from '../../world/events.ts';
import { withoutFirstStages } from '../../world/first-events.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';
import type { World } from '../../world/world.ts';

/** Sends a file that is no PDF, in a creation and as an upload. */
const refuseFile = async (world: World, home: Organization, id: string): Promise<void> => {
  const [file] = otherFiles;
  const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
  expectFileRefused(world, await home.all.send('createDossier', { body: form }));
  const upload = { path: { id }, body: cvForm(file) };
  expectFileRefused(world, await home.all.send('uploadDossierCv', upload));
};

export default defineRule({
  id: 'webhooks/refused',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'A request that is refused, for whatever reason, sends no events.',
  needs: ['webhooks', 'fresh-organizations', 'scoped-keys'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    await expectEvent(inbox, 'dossier.created', id);
    const first = await letPass(home, inbox);
    const before = distinct(inbox).length;
    const refuse = async (
      status: number,
      operation: OperationId,
      request: RawRequest,
      client: Client = home.all,
    ) => {
      world.expect.refusal(await client.send(operation, request), status);
    };
    const [path, body] = [{ id }, { name: 'Iris Smit' }];
    const note = { content: 'Called.' };
    await refuse(400, 'createDossier', { body: { type: 'candidate' } });
    await refuse(400, 'createDossier', { body: { ...body, type: 'supplier' } });
    await refuse(400, 'updateDossier', { path, body: { ...body, status: 'paused' } });
    await refuse(400, 'createDossierNote', { path, body: { content: '' } });
    await refuse(400, 'uploadDossierCv', { path, body: new FormData() });
    await refuseFile(world, home, id);
    const { current_stage_id } = await retrieve(world, home, id);
    const elsewhere = { path, body: { current_stage_id: unknownIdLike(current_stage_id) } };
    expectPermittedRefusal(world, await home.all.send('updateDossier', elsewhere), ['LG-DOS-085']);
    const unknown = { id: unknownIdLike(id) };
    await refuse(404, 'updateDossier', { path: unknown, body });
    await refuse(404, 'archiveDossier', { path: unknown });
    await refuse(404, 'createDossierNote', { path: unknown, body: note });
    const reader = await home.client({
      scopes: world.contract.scopes.filter((scope) => scope.endsWith(':read')),
    });
    for (const [client, status] of [
      [world.clientWith(undefined), 401],
      [reader, 403],
    ] as const) {
      await refuse(status, 'createDossier', { body: { ...body, type: 'candidate' } }, client);
      await refuse(status, 'updateDossier', { path, body }, client);
      await refuse(status, 'archiveDossier', { path }, client);
      await refuse(status, 'createDossierNote', { path, body: note }, client);
    }
    const marker = await letPass(home, inbox);
    // The creations may send more than one event, and later (LG-WEB-028).
    const found = eventsSince(inbox, before, marker).filter(
      ({ event }) => event?.data?.['id'] !== first,
    );
    const unasked = await withoutFirstStages(inbox, found, first);
    await expectNone(world, inbox, unasked, 'no event because of what was refused');
    // Another name than the refused one, which may have been kept all the same (LG-ERR-028).
    await change(world, home, id, { name: 'Mark de Vries' });
    await expectEvent(inbox, 'dossier.updated', id);
  },
  // A server that writes field by field, and stops at the first that is wrong.
  liar: doHalf('status', 400),
});
