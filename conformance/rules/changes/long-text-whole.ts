import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged, type Told } from '../../world/aftermath.ts';
import { view } from '../../world/changes.ts';
import { expectWholeTexts } from '../../world/long-texts.ts';
import { freeTexts } from '../../world/schema-fields.ts';
import { dataOf } from '../../world/organization.ts';

export default defineRule({
  id: 'changes/long-text-whole',
  level: 'MUST',
  verifies: ['LG-DOS-070', 'LG-DOS-073', 'LG-DOS-074', 'LG-DOS-075', 'LG-DOS-082'],
  sentence: 'A text that is too long for a change is refused, and any other is kept to its end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Of any length' });
    const texts = freeTexts(world.contract, 'updateDossier');
    // How a phone number may be rewritten is a matter of decisions.
    const fields = ['name', ...texts.filter((field) => field !== 'phone')];
    await expectWholeTexts(
      world,
      fields,
      (body) => home.all.send('updateDossier', { path: { id }, body }),
      async (changes, { json }) => {
        const answered = dataOf(json) as Told;
        expectChanged({ answered, ...(await view(world, home, id)) }, changes);
      },
    );
  },
  // A server with columns of 255 characters, which it fills up without a word.
  liar: onSent(['updateDossier'], (body) => {
    const { company } = body;
    return typeof company === 'string' ? { ...body, company: company.slice(0, 255) } : body;
  }),
});
