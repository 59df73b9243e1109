import { betrayOwner } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import { toldOf } from '../../world/told.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'isolation/foreign-flows',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence:
    'Flows of another organisation, of either type, are answered as those that do not exist.',
  needs: ['second-organization'],
  check: async ({ contract, organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const [own, foreign] = [await flowsOf(ours), await flowsOf(theirs)];
    for (const type of dossierTypes(contract)) {
      const create = (flow_id: string | undefined) =>
        ours.all.send('createDossier', { body: { type, name: 'Noor Bakker', flow_id } });
      for (const { id } of foreign.slice(0, 4)) {
        const unknown = unknownIdLike(id);
        const nothing = toldOf(await create(unknown), unknown);
        expectEqual(toldOf(await create(id), id), nothing, 'the same answer as to no flow,');
      }
      expect.success(await create(own.find((flow) => flow.type === type)?.id));
    }
  },
  liar: betrayOwner('createDossier'),
});
