import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { createAndSee, everywhere, expectKept, see } from '../../world/sightings.ts';

export default defineRule({
  id: 'cv/none',
  level: 'SHOULD',
  verifies: ['LG-CV-016'],
  sentence: 'Every whole dossier shows cv_url, which is null as long as there is no CV.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainDossiers(2)) {
      const bare = await createAndSee(world, home, draft);
      for (const place of everywhere) expectEqual(bare[place].cv_url, null, 'cv_url');
      const form = formOf(draft, aCv());
      const seen = await see(world, home, await createByForm(world, home, form));
      expectKept(seen, { cv_url: seen.created.cv_url }, everywhere);
    }
  },
  liar: onData(['listDossiers'], (dossier) => {
    delete dossier['cv_url'];
  }),
});
