import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/contact-person',
  level: 'MUST',
  verifies: ['LG-DOS-039'],
  sentence: 'A sales dossier keeps its contact person, and the list shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText()], async (contact_person) => {
      const draft = { type: 'sales' as const, name: 'Tulp Logistics', contact_person };
      expectKept(await createAndSee(world, home, draft), { contact_person }, ['listed']);
    });
  },
  // A list that is leaner than it may be.
  liar: onData(['listDossiers'], (dossier) => {
    delete dossier['contact_person'];
  }),
});
