import { doHalf } from '../../liars/half-done.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'errors/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A creation that is refused for one of its fields leaves nothing behind.',
  needs: ['fresh-organizations'],
  check: async ({ organization, expect }) => {
    const home = await organization();
    const total = async () => pageOf(await home.all.send('listDossiers')).total;
    const flow_id = unknownIdLike((await home.prepare('listFlowStages')).path?.['id'] ?? '');
    const right = { type: 'sales', name: 'Tulp Logistics', company: 'Tulp' } as const;
    const create = (wrong: object) =>
      home.all.send('createDossier', { body: { ...right, ...wrong } });
    const before = await total();
    for (const wrong of [{ type: 'neither' }, { name: undefined }, { flow_id }]) {
      expect.refusalAmong(await create(wrong), [400, 404]);
      expectEqual(await total(), before, 'the number of dossiers as before,');
    }
    expect.success(await create({}));
    expectEqual(await total(), before + 1, 'the number of dossiers after a creation');
  },
  liar: doHalf('flow_id'),
});
