import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { letIn } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'isolation/foreign-things',
  level: 'MUST',
  verifies: ['LG-ERR-017', 'LG-ERR-018'],
  sentence: 'Whatever sort of dossier or flow it is, in another organisation it is not found.',
  needs: ['second-organization', 'fresh-organizations', 'flows'],
  check: async (world) => {
    const { organization, expect } = world;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const form = () => formOf({ type: 'candidate', name: 'With a CV' }, aCv());
    const dossiers = await theirs.createDossiers(plainDossiers(2));
    for (const { id } of [...dossiers, await createByForm(world, theirs, form())]) {
      expect.refusal(await ours.all.send('getDossier', { path: { id } }), 404);
      expect.success(await theirs.all.send('getDossier', { path: { id } }));
    }
    for (const { id } of dossiers) {
      await archive(world, theirs, id);
      for (const look of ['getDossier', 'listDossierContacts', 'listDossierNotes'] as const) {
        expect.refusal(await ours.all.send(look, { path: { id } }), 404);
      }
    }
    for (const draft of plainFlows(2)) {
      for (const is_default of [false, true]) {
        const { id } = await theirs.createFlow({ ...draft, is_default });
        expect.refusal(await ours.all.send('listFlowStages', { path: { id } }), 404);
        expect.success(await theirs.all.send('listFlowStages', { path: { id } }));
      }
    }
  },
  liar: letIn('getDossier'),
});
