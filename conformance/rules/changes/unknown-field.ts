import fc from 'fast-check';
import { aText } from '../../arbitraries/text.ts';
import { refuseChanges } from '../../liars/strictness.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged, expectUntouched } from '../../world/aftermath.ts';
import { changeAndSee, view, type DossierChanges } from '../../world/changes.ts';

export default defineRule({
  id: 'changes/unknown-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-033'],
  sentence: 'Fields of a change that the contract does not name are ignored.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'To be renamed' });
    const strangers = fc.dictionary(fc.stringMatching(/^x_[a-z]{1,12}$/), fc.jsonValue());
    await world.property([strangers, aText()], async (extra, name) => {
      const before = await view(world, home, id);
      const known = { name };
      const fixed = { id: 'another', cv_url: 'https://example.com/cv.pdf', created_at: '2020' };
      const ignored: object = { ...extra, ...fixed };
      const changes: DossierChanges = { ...ignored, ...known };
      const after = await changeAndSee(world, home, id, changes);
      expectChanged(after, known);
      expectUntouched(world, before, after, known);
    });
  },
  liar: refuseChanges((body) => body.includes('"x_')),
});
