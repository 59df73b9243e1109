import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { findListedContact } from '../../world/contact-list.ts';
import { createContact, deleteContact, type Contact } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';
import { expectWholeTexts } from '../../world/long-texts.ts';
import { dataOf, type Organization } from '../../world/organization.ts';
import { freeTexts } from '../../world/schema-fields.ts';
import type { World } from '../../world/world.ts';

/** How these may be rewritten is a matter of decisions. */
const rewritten = ['phone', 'linkedin_url'];

/** The list shows these texts of a contact to their ends. */
const expectWhole = async (
  world: World,
  home: Organization,
  id: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> => {
  const listed = await findListedContact(world, home, id);
  for (const [field, text] of Object.entries(texts)) {
    const shown = String(listed[field as keyof Contact]).normalize('NFC');
    const what = `${field} of ${String(text.length)} letters`;
    expectThat(shown === text, what, () => `${String(shown.length)}, not the same`);
  }
};

export default defineRule({
  id: 'contacts/long-text-whole',
  level: 'MUST',
  verifies: [
    ...(['LG-CON-027', 'LG-CON-041', 'LG-CON-042', 'LG-CON-043', 'LG-CON-049'] as const),
    ...(['LG-CON-058', 'LG-CON-065', 'LG-CON-066', 'LG-CON-067', 'LG-CON-069'] as const),
  ],
  sentence: 'A text that is too long is refused, and any other is kept to its end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const texts = freeTexts(world.contract, 'createContact');
    const fields = ['full_name', ...texts.filter((field) => !rewritten.includes(field))];
    const { id } = await createContact(world, home, { full_name: 'Iris' });
    await expectWholeTexts(
      world,
      fields,
      (texts) => home.all.send('createContact', { body: { full_name: 'Noor Bakker', ...texts } }),
      async (texts, { json }) => {
        const { id: made } = dataOf(json) as Contact;
        await expectWhole(world, home, made, texts);
        // Pages full of such texts would take long.
        await deleteContact(world, home, made);
      },
    );
    await expectWholeTexts(
      world,
      fields,
      (body) => home.all.send('updateContact', { path: { id }, body }),
      (texts) => expectWhole(world, home, id, texts),
    );
  },
  // A server with columns of 255 characters, which it fills up without a word.
  liar: onSent(['createContact', 'updateContact'], (body) =>
    typeof body['company'] === 'string'
      ? { ...body, company: body['company'].slice(0, 255) }
      : body,
  ),
});
