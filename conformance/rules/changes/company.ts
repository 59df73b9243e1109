import { aType } from '../../arbitraries/new-dossier.ts';
import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';

/** Shows a company in its list as it was first. */
const listWithOldCompanies = (): Liar => (fetch, name) => {
  const first = new Map<unknown, unknown>();
  return onData(['listDossiers'], (dossier) => {
    if (!first.has(dossier['id'])) first.set(dossier['id'], dossier['company']);
    dossier['company'] = first.get(dossier['id']);
  })(fetch, name);
};

export default defineRule({
  id: 'changes/company',
  level: 'MUST',
  verifies: ['LG-DOS-073'],
  sentence: 'A dossier of either type that gets another company, or its first, has that one.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aType(), aText(), aText()], async (type, first, second) => {
      const { id } = await home.createDossier({ type, name: 'About to change its company' });
      for (const company of [first, second]) {
        expectChanged(await changeAndSee(world, home, id, { company }), { company });
      }
    });
  },
  liar: listWithOldCompanies(),
});
