import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectFoundBySearch } from '../../world/contact-search.ts';
import { anUnusedWord, retrieveContact } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { contactsOn } from '../../world/links.ts';

export default defineRule({
  id: 'contacts/search-of-dossiers',
  level: 'MUST',
  verifies: ['LG-CON-012'],
  sentence: 'The search finds those too who came with a dossier, by the words that they have.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const word = await anUnusedWord(world, home);
      const person = type === 'sales' ? { contact_person: `Iris ${word}` } : {};
      const { id } = await home.createDossier({ type, name: `Noor ${word}`, ...person });
      for (const { contact_id } of await contactsOn(world, home, id)) {
        // What such a contact is called is a matter of decisions (LG-DOS-059, LG-DOS-060).
        const { full_name } = await retrieveContact(world, home, contact_id);
        if (!full_name.split(' ').includes(word)) continue;
        await expectFoundBySearch(world, home, contact_id, word);
      }
    }
  },
  // A server whose index has only those that were created as contacts.
  liar: (fetch, name) => {
    const made = new Set<unknown>();
    const lists = onPage(['listContacts'], ({ data }, url) => {
      if (!url.searchParams.get('search')) return;
      data.splice(0, data.length, ...data.filter(({ id }) => made.has(id)));
    })(fetch, name);
    return async (request) => {
      const response = await lists(request);
      if (name(request.method, request.url) === 'createContact' && response.ok) {
        const { data } = (await response.clone().json()) as { data: { id: unknown } };
        made.add(data.id);
      }
      return response;
    };
  },
});
