import { aFullDossier } from '../../arbitraries/changes.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectUntouched } from '../../world/aftermath.ts';
import { archive } from '../../world/archive.ts';
import { change, changeAndSee, view } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { expectEqual } from '../../world/expectations.ts';
import { createFull } from '../../world/full-dossier.ts';

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

export default defineRule({
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
