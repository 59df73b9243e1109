import { doHalf } from '../../liars/half-done.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { portraitOf } from '../../world/portrait.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'errors/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A creation that is refused for one of its fields leaves nothing behind.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const { organization, expect } = world;
    const home = await organization();
    const id = unknownIdLike((await home.prepare('listFlowStages')).path?.['id'] ?? '');
    const right = { type: 'sales', name: 'Tulp Logistics', company: 'Tulp' } as const;
    const create = (wrong: object) =>
      home.all.send('createDossier', { body: { ...right, ...wrong } });
    // Those who come along with a dossier don't stay behind either.
    const before = await portraitOf(world, home);
    const offences = [
      ...[{ type: 'neither' }, { name: undefined }, { deal_size: 'much' }],
      ...[{ flow_id: id }, { contact_id: id }],
    ];
    for (const wrong of offences) {
      expectPermittedRefusal(world, await create(wrong), [
        'LG-ERR-023',
        'LG-DOS-027',
        'LG-DOS-055',
      ]);
      expectEqual(await portraitOf(world, home), before, 'what there was before,');
    }
    expect.success(await create({}));
  },
  liar: doHalf('flow_id'),
});
