import { aType } from '../../arbitraries/new-dossier.ts';
import { aText } from '../../arbitraries/text.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import {
  createIn,
  firstContactOf,
  newcomersBy,
  waysToCreate,
} from '../../world/dossier-contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

/** Two people of one name who share a telephone. */
const namesakes = ['Planner', 'Buyer'].map((role) => ({ role, phone: '+31612345678' }));

export default defineRule({
  id: 'dossiers/own-contact',
  level: 'MUST',
  verifies: ['LG-DOS-058', 'LG-CON-053'],
  sentence:
    'A dossier that is created for nobody brings a contact of its own, who is linked to it.',
  needs: ['fresh-organizations'],
  check: (world) =>
    world.property(
      [aType(), aText(), aText()],
      async (type, name, company) => {
        const home = await world.organization();
        for (const [index, way] of waysToCreate.entries()) {
          const email = `noor.${String(index)}@example.com`;
          for (const more of [{}, { email }, { company }, ...namesakes]) {
            const made = Object.keys(more).join();
            const draft = { type, name: `${name} by ${way} ${made}`.trim(), ...more };
            const linked: string[] = [];
            const newcomers = await newcomersBy(world, home, async () => {
              const { id } = await createIn(world, home, way, draft);
              const { contact } = await firstContactOf(world, home, id);
              expectEqual(contact.dossier_count, 1, 'the dossier_count of the new contact');
              linked.push(contact.id);
            });
            expectEqual(newcomers, linked, 'the new contact, linked to the dossier,');
          }
        }
      },
      3,
    ),
  // A server that makes a contact only where there is an address for one.
  liar: onPage(['listDossierContacts'], ({ data }) => {
    if (data[0]?.['email'] === null) data.shift();
  }),
});
