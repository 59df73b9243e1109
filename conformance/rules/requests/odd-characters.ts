import { oddTexts } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';
import {
  changeAndSeeContact,
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, findNote } from '../../world/notes.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'requests/odd-characters',
  level: 'SHOULD',
  verifies: ['LG-GEN-055'],
  sentence: 'Markup, emoji and control characters in a text come back as they were sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const text of Object.values(oddTexts)) {
      const dossier = await createAndSee(world, home, { type: 'sales', name: text, company: text });
      expectKept(dossier, { name: text }, everywhere);
      expectKept(dossier, { company: text }, ['listed']);
      const { id } = dossier.created;
      const changes = { name: `Noor ${text}`, company: `Tulp ${text}` };
      expectChanged(await changeAndSee(world, home, id, changes), changes);
      const added = await addNote(world, home, id, { content: text });
      const listed = await findNote(world, home, id, added.id);
      for (const { content } of [added, listed])
        expectEqual(content, text, 'the content of a note');
      const texts = { full_name: text, company: text, role: text, city: text };
      const contact = await createAndSeeContact(world, home, texts);
      expectContactKept(contact, texts, contactPlaces);
      const others = { full_name: `Noor ${text}`, city: `Breda ${text}` };
      const after = await changeAndSeeContact(world, home, contact.answered.id, others);
      expectContactKept(after, others, ['listed']);
    }
  },
  // A server that takes tags out.
  liar: onSent(['updateContact'], (body) => ({
    ...body,
    city: String(body['city']).replaceAll(/<[^>]*>/g, ''),
  })),
});
