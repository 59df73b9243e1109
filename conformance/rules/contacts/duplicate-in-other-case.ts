import fc from 'fast-check';
import { compareExactly } from '../../liars/addresses.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedEmail, createContact } from '../../world/contacts.ts';

/** The text with some of its letters in the other case; one at least. */
const inOtherCase = (text: string, choices: readonly boolean[]): string => {
  const other = text.replaceAll(/./g, (letter, index: number) =>
    choices[index % choices.length] ? letter.toUpperCase() : letter,
  );
  return other === text ? text.toUpperCase() : other;
};

export default defineRule({
  id: 'contacts/duplicate-in-other-case',
  level: 'MUST',
  verifies: ['LG-CON-032', 'LG-CON-033'],
  sentence: 'An address in other letter case is the same address.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const someChoices = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
    await world.property(
      [someChoices],
      async (choices) => {
        const small = await anUnusedEmail(world, home);
        const [first, second] = [small, inOtherCase(small, choices)];
        for (const [taken, offence] of [
          [first, second],
          [`b.${second}`, `B.${first}`],
          // Some languages have other capitals for this letter.
          [`iris.${second}`, `IRIS.${first}`],
        ]) {
          await createContact(world, home, { full_name: 'Noor Bakker', email: taken ?? '' });
          const body = { full_name: 'Iris', email: offence };
          world.expect.refusal(await home.all.send('createContact', { body }), 409);
        }
        await createContact(world, home, { full_name: 'Iris', email: `c.${second}` });
      },
      8,
    );
  },
  liar: compareExactly,
});
