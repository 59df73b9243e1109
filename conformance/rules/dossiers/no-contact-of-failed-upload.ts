import { doAnyway } from '../../liars/failures.ts';
import { defineRule } from '../../rule.ts';
import { newcomersBy } from '../../world/dossier-contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'dossiers/no-contact-of-failed-upload',
  level: 'SHOULD',
  verifies: ['LG-CV-008'],
  sentence: 'A creation that is undone because its file was not stored leaves no contact behind.',
  needs: ['faults', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const form = () =>
      formOf({ type: 'candidate', name: 'Noor Bakker', email: 'noor@example.com' }, aCv());
    const newcomers = await newcomersBy(world, home, async () => {
      await home.failNext('upload');
      const { response } = await home.all.send('createDossier', { body: form() });
      expectThat(response.status >= 500, 'a failure', () => response.status);
    });
    expectEqual(newcomers, [], 'the new contacts');
    const twin = await newcomersBy(world, home, () => createByForm(world, home, form()));
    expectEqual(twin.length, 1, 'the number of new contacts');
  },
  liar: doAnyway(500),
});
