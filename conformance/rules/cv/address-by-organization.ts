import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/address-by-organization',
  level: 'SHOULD',
  verifies: ['LG-CV-013'],
  sentence: 'The addresses of CVs begin differently in each organisation.',
  needs: ['second-organization'],
  check: async (world) => {
    const homes = [await world.organization(), await world.organization({ second: true })];
    const owners = new Set<string | undefined>();
    for (const home of homes) {
      const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
      const { cv_url } = await createByForm(world, home, form);
      owners.add(cv_url?.split('/')[0]);
    }
    expectThat(owners.size === homes.length, 'an organisation of its own', () => [...owners]);
  },
  // A server that has one folder for all.
  liar: onData(['createDossier'], (dossier) => {
    dossier['cv_url'] = String(dossier['cv_url']).replace(/^[^/]+/, 'uploads');
  }),
});
