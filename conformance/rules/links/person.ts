import { anEmail } from '../../arbitraries/email.ts';
import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContact, withUnusedEmail } from '../../world/contacts.ts';
import { asPrimary, findLinked, link } from '../../world/links.ts';
import { expectPerson } from '../../world/linked-person.ts';

export default defineRule({
  id: 'links/person',
  level: 'MUST',
  verifies: ['LG-LNK-006'],
  sentence: 'A contact is listed with its id, full name, e-mail address and company.',
  needs: [],
  check: async (world) => {
    const expectListed = async (full_name: string, company: string, email: string) => {
      const home = await world.organization();
      const person = await withUnusedEmail(world, home, { full_name, company, email });
      const { id: contact_id } = await createContact(world, home, person);
      for (const place of [{ role_on_dossier: 'decision_maker' } as const, asPrimary]) {
        const { id } = await home.createDossier({ type: 'sales', name: place.role_on_dossier });
        await link(world, home, id, { contact_id, ...place });
        expectPerson(await findLinked(world, home, id, contact_id), person);
      }
    };
    await expectListed('Noor Bakker', 'Linde', 'noor.bakker@example.com');
    await world.property([aText(), aText(), anEmail()], expectListed);
  },
  // A server that shows the name of the dossier's company.
  liar: onData(['listDossierContacts'], (item) => {
    item['company'] = 'Tulp Logistics';
  }),
});
