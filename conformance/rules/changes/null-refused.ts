import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';

export default defineRule({
  id: 'changes/null-refused',
  level: 'SHOULD',
  verifies: ['LG-DOS-091'],
  sentence: 'Null is no name, no status and no stage.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'With a name' };
    const { id, current_stage_id } = await home.createDossier(draft);
    const right = { name: 'Noor Bakker', status: 'won' as const, current_stage_id };
    for (const [name, value] of Object.entries(right)) {
      for (const others of [{}, { company: 'Tulp Logistics' }]) {
        const body = { ...others, [name]: null };
        const refused = await home.all.send('updateDossier', { path: { id }, body });
        world.expect.refusal(refused, 400);
        await change(world, home, id, { ...others, [name]: value });
      }
    }
  },
  // A server that takes null for nothing sent.
  liar: onSent(['updateDossier'], (body) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
  ),
});
