import { mistakeKeys } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { createIn, waysToCreate } from '../../world/dossier-contacts.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { formOf } from '../../world/forms.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'dossiers/foreign-contact',
  level: 'MUST',
  verifies: ['LG-DOS-054'],
  sentence: 'The contact of another organisation is refused, and no dossier is created for it.',
  needs: ['second-organization'],
  check: async (world) => {
    const { contract, organization } = world;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const person = { full_name: 'Noor Bakker' };
    const { id: own } = await createContact(world, ours, person);
    const { id: contact_id } = await createContact(world, theirs, person);
    for (const type of dossierTypes(contract)) {
      for (const way of waysToCreate) {
        const draft = { type, name: `For the foreign contact ${contact_id}`, contact_id };
        const body = way === 'JSON' ? draft : formOf(draft);
        const refused = await ours.all.send('createDossier', { body });
        expectPermittedRefusal(world, refused, ['LG-DOS-055']);
        for (const home of [ours, theirs]) await expectNoneNamed(world, home, draft.name);
        await createIn(world, ours, way, { ...draft, name: 'For a contact', contact_id: own });
      }
    }
  },
  liar: mistakeKeys(),
});
