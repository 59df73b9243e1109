import { onSent } from '../../liars/requests.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectUntouched } from '../../world/aftermath.ts';
import { change, view } from '../../world/changes.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

const right = { name: 'Half a change', company: 'Tulp Logistics', contact_person: 'Iris Maas' };

/** Does what is right of a change before it looks at the rest. */
const doRightFirst: Liar = (fetch, name) => async (request) => {
  const half = onSent(['updateDossier'], (body) => ({ name: body['name'] }));
  if (name(request.method, request.url) === 'updateDossier') {
    await half(fetch, name)(request.clone());
  }
  return fetch(request);
};

export default defineRule({
  id: 'changes/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A change that is refused for one of its fields changes none of them.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'sales' as const, name: 'To stay whole', company: 'Rabobank' };
    const { id, current_stage_id } = await home.createDossier(draft);
    const before = await view(world, home, id);
    // Both are refused by any reading of the text.
    const stage = { current_stage_id: unknownIdLike(current_stage_id) };
    for (const wrong of [{ status: 'open' }, stage]) {
      // Whether it comes first or last.
      for (const body of [
        { ...right, ...wrong },
        { ...wrong, ...right, ...wrong },
      ]) {
        const refused = await home.all.send('updateDossier', { path: { id }, body });
        expectPermittedRefusal(world, refused, ['LG-ERR-023', 'LG-DOS-085']);
        const after = await view(world, home, id);
        expectUntouched(world, before, { answered: { id }, ...after });
      }
    }
    await change(world, home, id, right);
  },
  liar: doRightFirst,
});
