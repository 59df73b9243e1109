import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectContactNotListed } from '../../world/contact-list.ts';
import { expectFoundBySearch } from '../../world/contact-search.ts';
import { createContact, createContacts, type NewContact } from '../../world/contacts.ts';

/** Each stands in one field of one contact, and is like nothing else. */
const elsewhere: readonly { word: string; field: Partial<NewContact> }[] = [
  { word: 'Wijdenes', field: { city: 'Wijdenes' } },
  { word: 'Quahog', field: { notes: 'Spoke of Quahog and the fair.' } },
  { word: 'zjevpyk', field: { linkedin_url: 'https://linkedin.com/in/zjevpyk' } },
  { word: '31640817263', field: { phone: '+31640817263' } },
  { word: 'supplier', field: { kind: ['supplier'] } },
];

/** Looks into the notes too. */
const readNotes: Liar = (fetch, name) => {
  const noted: Record<string, unknown>[] = [];
  const note = onData(['createContact'], (contact) => {
    if (contact['notes']) noted.push(contact);
  })(fetch, name);
  return async (request) => {
    const word = new URL(request.url).searchParams.get('search');
    const response = await note(request);
    const found = noted.filter(({ notes }) => word && String(notes).includes(word));
    if (found.length === 0) return response;
    const { data, meta } = (await response.json()) as { data: unknown[]; meta: { total: number } };
    const total = meta.total + found.length;
    const body = { data: [...found, ...data], meta: { ...meta, total } };
    return new Response(JSON.stringify(body), response);
  };
};

export default defineRule({
  id: 'contacts/search-nowhere-else',
  level: 'MUST',
  verifies: ['LG-CON-013'],
  sentence: 'The search finds nobody by what stands only in other fields.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const { word, field } of elsewhere) {
      const draft = { full_name: 'Noor Bakker', company: 'Tulp Logistics' };
      const { id } = await createContact(world, home, { ...draft, ...field });
      const drafts = [
        { ...draft, full_name: word },
        { ...draft, role: word },
      ];
      // Once those that were created later are found, it would be too.
      for (const twin of await createContacts(world, home, drafts)) {
        await expectFoundBySearch(world, home, twin.id, word);
      }
      await expectContactNotListed(world, home, id, { search: word });
    }
    // What a dossier is called is no field of its contact.
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    await home.createDossier({ type: 'sales', name: 'Zwanenburg', contact_id });
    const twin = await createContact(world, home, { full_name: 'Zwanenburg' });
    await expectFoundBySearch(world, home, twin.id, 'Zwanenburg');
    await expectContactNotListed(world, home, contact_id, { search: 'Zwanenburg' });
  },
  liar: readNotes,
});
