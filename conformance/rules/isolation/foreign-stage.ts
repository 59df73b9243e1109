import { betrayOwner } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import { toldOf } from '../../world/told.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'isolation/foreign-stage',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence: 'A move to a stage of another organisation is answered as one to no stage at all.',
  needs: ['second-organization'],
  check: async ({ contract, organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const foreign = await flowsOf(theirs);
    for (const type of dossierTypes(contract)) {
      const dossier = await ours.createDossier({ type, name: 'To stay in its organisation' });
      const path = { id: dossier.id };
      const move = (stage: string) =>
        ours.all.send('updateDossier', { path, body: { current_stage_id: stage } });
      const stages = foreign.filter((flow) => flow.type === type).flatMap((flow) => flow.stages);
      for (const { id } of stages.slice(0, 4)) {
        const unknown = unknownIdLike(id);
        const nothing = toldOf(await move(unknown), unknown);
        expectEqual(toldOf(await move(id), id), nothing, 'the same answer as to no stage,');
      }
      const own = (await flowAround(ours, dossier)).stages.at(-1);
      expect.success(await move(own?.id ?? dossier.current_stage_id));
    }
  },
  liar: betrayOwner('updateDossier'),
});
