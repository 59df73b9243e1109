import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/address',
  level: 'SHOULD',
  verifies: ['LG-CV-013'],
  sentence: 'The address of a CV is made of the organisation, the dossier and cv.pdf.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const owners: string[] = [];
    for (const name of ['cv.pdf', 'Résumé of Noor.pdf']) {
      const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, { ...aCv(), name });
      const { id, cv_url } = await createByForm(world, home, form);
      const rest = `/dossiers/${id}/cv.pdf`;
      const owner = cv_url?.endsWith(rest) ? cv_url.slice(0, -rest.length) : '';
      expectThat(/^[^/]+$/.test(owner), `an organisation and ${rest}`, () => cv_url);
      owners.push(owner);
    }
    expectEqual(owners[1], owners[0], 'the organisation in the address');
  },
  // A server that gives out where its storage is.
  liar: onData(['createDossier'], (dossier) => {
    dossier['cv_url'] = `https://storage.example.com/${String(dossier['cv_url'])}`;
  }),
});
