import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { firstContactOf } from '../../world/dossier-contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'dossiers/candidate-contact-name',
  level: 'SHOULD',
  verifies: ['LG-DOS-059'],
  sentence: 'The contact that comes with a candidate has the name of the dossier.',
  needs: [],
  check: (world) =>
    world.property([aText()], async (name) => {
      const home = await world.organization();
      const { id } = await home.createDossier({ type: 'candidate', name, company: 'Tulp' });
      const { listed, contact } = await firstContactOf(world, home, id);
      expectEqual(listed.full_name, name, 'the full name in the list');
      expectEqual(contact.full_name, name, 'the full name of the contact');
    }),
  // A server that names contacts by their first name.
  liar: onData(['listDossierContacts'], (item) => {
    item['full_name'] = String(item['full_name']).split(' ')[0];
  }),
});
