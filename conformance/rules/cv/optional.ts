import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addFile, aCv, createByForm, formOf } from '../../world/forms.ts';
import { everywhere, expectKept, see } from '../../world/sightings.ts';

export default defineRule({
  id: 'cv/optional',
  level: 'MUST',
  verifies: ['LG-CV-003'],
  sentence: 'A form without a file creates a dossier without a CV.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainDossiers(2)) {
      const seen = await see(world, home, await createByForm(world, home, formOf(draft)));
      expectKept(seen, draft);
      for (const place of everywhere) expectEqual(seen[place].cv_url ?? null, null, 'cv_url');
    }
  },
  // A server that stores what wasn't sent.
  liar: onForm(['createDossier'], (form) => {
    if (!form.has('cv')) addFile(form, 'cv', aCv());
    return form;
  }),
});
