import { aText, awkwardTexts } from '../../arbitraries/text.ts';
import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';

/** The awkward text after the one with this number, and so on around. */
const after = (index: number): string => awkwardTexts[(index + 1) % awkwardTexts.length] ?? '';

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
    const create = async (full_name: string, company: string, role: string, city: string) => {
      const texts = { full_name, company, role, city };
      const notes = `${full_name}\n${company}`;
      const made = await createAndSeeContact(world, home, { ...texts, notes });
      expectContactKept(made, texts, contactPlaces);
      expectContactKept(made, { notes }, ['listed']);
      return made.answered.id;
    };
    const change = async (id: string, name: string, company: string, role: string) => {
      const texts = { full_name: name, company, role, city: name, notes: company };
      const changed = await changeAndSeeContact(world, home, id, texts);
      expectContactKept(changed, texts, ['listed']);
    };
    // Each text is in each field once, first of a new contact and then of one that is changed.
    const ids: string[] = [];
    for (const [index, text] of awkwardTexts.entries()) {
      ids.push(await create(text, after(index), after(index + 1), after(index + 2)));
    }
    for (const [index, id] of ids.entries()) {
      await change(id, after(index), after(index + 1), after(index + 2));
    }
    await world.property(
      [aText(), aText(), aText(), aText()],
      async (one, two, three, four) => {
        await change(await create(one, two, three, four), four, three, two);
      },
      10,
    );
  },
  // A server that takes UTF-8 for Latin-1 on its way out.
  liar: onAnswer(['listContacts', 'getContact'], (answer) => {
    const text = Buffer.from(JSON.stringify(answer.body), 'utf8').toString('latin1');
    answer.body = JSON.parse(text.replaceAll(/[\u0080-\u009f]/g, '?'));
  }),
});
