import { aText, awkwardTexts } from '../../arbitraries/text.ts';
import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';

export default defineRule({
  id: 'contacts/text-of-any-script',
  level: 'MUST',
  verifies: [
    ...(['LG-GEN-039', 'LG-CON-027', 'LG-CON-041', 'LG-CON-042', 'LG-CON-043'] as const),
    ...(['LG-CON-049', 'LG-CON-058', 'LG-CON-069'] as const),
  ],
  sentence: 'The texts of a contact come back in the characters in which they were sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const see = async (full_name: string, company: string, role: string, city: string) => {
      const texts = { full_name, company, role, city };
      const notes = `${full_name}\n${company}`;
      const made = await createAndSeeContact(world, home, { ...texts, notes });
      expectContactKept(made, texts, contactPlaces);
      expectContactKept(made, { notes }, ['listed']);
      const others = {
        full_name: city,
        company: role,
        role: company,
        city: full_name,
        notes: role,
      };
      const changed = await changeAndSeeContact(world, home, made.answered.id, others);
      expectContactKept(changed, others, ['listed']);
    };
    for (let start = 0; start < awkwardTexts.length; start += 2) {
      const [one, two, three, four] = [0, 1, 2, 3].map((index) => {
        return awkwardTexts[(start + index) % awkwardTexts.length] ?? '';
      });
      await see(one ?? '', two ?? '', three ?? '', four ?? '');
    }
    await world.property([aText(), aText(), aText(), aText()], see, 10);
  },
  // A server that takes UTF-8 for Latin-1 on its way out.
  liar: onAnswer(['listContacts', 'getContact'], (answer) => {
    const text = Buffer.from(JSON.stringify(answer.body), 'utf8').toString('latin1');
    answer.body = JSON.parse(text.replaceAll(/[\u0080-\u009f]/g, '?'));
  }),
});
