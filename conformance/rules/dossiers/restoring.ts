import { aFullDossier } from '../../arbitraries/changes.ts';
import { awkwardTexts } from '../../arbitraries/text.ts';
import { loseBelongings } from '../../liars/losses.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule, type Liar, type Rule } from '../../rule.ts';
import { expectUntouched } from '../../world/aftermath.ts';
import { archive, expectListedUnder, liveStatuses } from '../../world/archive.ts';
import { change, changeAndSee, view } from '../../world/changes.ts';
import { createContact, withUnusedEmail } from '../../world/contacts.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { createFull } from '../../world/full-dossier.ts';
import { asPrimary, link, linksOn } from '../../world/links.ts';
import { addNote, contentsOn } from '../../world/notes.ts';
import { retrieve } from '../../world/sightings.ts';

const restored = defineRule({
  id: 'archiving/restored',
  level: 'MUST',
  verifies: ['LG-DOS-098', 'LG-DOS-008'],
  sentence: 'Any other status restores an archived dossier, however it was archived and how often.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const [turn, type] of dossierTypes(world.contract).entries()) {
      const { id } = await home.createDossier({ type, name: 'To be restored' });
      const statuses = [...liveStatuses(world.contract), 'active' as const];
      for (const [index, status] of statuses.entries()) {
        // For each status in one way for one type, and in the other for the other.
        if ((index + turn) % 2 === 0) await archive(world, home, id);
        else await change(world, home, id, { status: 'archived' });
        await expectListedUnder(world, home, id, 'archived');
        const answered = await change(world, home, id, { status });
        expectEqual(answered.status, status, 'the status in the answer');
        await expectListedUnder(world, home, id, status);
        const { status: shown } = await retrieve(world, home, id);
        expectEqual(shown ?? status, status, 'the status of the dossier by its id');
      }
    }
  },
  // A server that brings everything back as active.
  liar: onSent(['updateDossier'], (body) =>
    body['status'] === 'won' || body['status'] === 'lost' ? { ...body, status: 'active' } : body,
  ),
});

/** Takes an archived dossier away from the member that it is assigned to. */
const unassign: Liar = (fetch, name) => async (request) => {
  const response = await fetch(request.clone());
  if (name(request.method, request.url) !== 'archiveDossier') return response;
  const headers = new Headers(request.headers);
  headers.set('content-type', 'application/json');
  const body = JSON.stringify({ assigned_to: null });
  await fetch(new Request(request.url, { method: 'PATCH', headers, body }));
  return response;
};

const keptFields = defineRule({
  id: 'archiving/kept-fields',
  level: 'MUST',
  verifies: ['LG-DOS-097'],
  sentence: 'A dossier that was deleted and restored has its fields, its stage and its CV again.',
  needs: [],
  check: (world) =>
    world.property([aFullDossier()], async (draft) => {
      const home = await world.organization();
      const { id, current_stage_id } = await createFull(
        world,
        home,
        await withUnusedEmail(world, home, draft),
      );
      const { stages } = await flowAround(home, { current_stage_id });
      const stage = stages[1]?.id ?? current_stage_id;
      await change(world, home, id, { current_stage_id: stage });
      const before = await view(world, home, id);
      await archive(world, home, id);
      const after = await changeAndSee(world, home, id, { status: 'active' });
      expectUntouched(world, before, after, { status: 'active' });
      expectEqual(after.retrieved.current_stage_id, stage, 'the stage by the id');
      expectEqual(after.listed.current_stage_id, stage, 'the stage in the list');
    }),
  liar: unassign,
});

const keptContacts = defineRule({
  id: 'archiving/kept-contacts',
  level: 'MUST',
  verifies: ['LG-DOS-097'],
  sentence:
    'A dossier that was deleted and restored has its contacts again, each as it was linked.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'With contacts to keep' });
      const roles = [{ role_on_dossier: 'champion', is_primary: false } as const, asPrimary];
      for (const role of roles) {
        const contact = await createContact(world, home, { full_name: 'Iris Maas' });
        await link(world, home, id, { contact_id: contact.id, ...role });
      }
      const before = await linksOn(world, home, id);
      await archive(world, home, id);
      await change(world, home, id, { status: 'active' });
      expectEqual(await linksOn(world, home, id), before, 'the contacts as before,');
    }
  },
  liar: loseBelongings('listDossierContacts'),
});

const keptNotes = defineRule({
  id: 'archiving/kept-notes',
  level: 'MUST',
  verifies: ['LG-DOS-097'],
  sentence: 'A dossier that was deleted and restored has its notes again, to the letter.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'With notes to keep' });
      for (const [index, content] of awkwardTexts.slice(0, 10).entries()) {
        await addNote(world, home, id, { content, is_internal: index % 2 === 0 });
      }
      const before = await contentsOn(world, home, id);
      await archive(world, home, id);
      await change(world, home, id, { status: 'active' });
      expectEqual(await contentsOn(world, home, id), before, 'the notes as before,');
    }
  },
  liar: loseBelongings('listDossierNotes'),
});

export default [restored, keptFields, keptContacts, keptNotes] satisfies readonly Rule[];
