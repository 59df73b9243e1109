import { expectFoundByAddress, expectFoundBySearch } from '../../assertions/contacts.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import type { Organization } from '../../context/context.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type Contact, dossierTypes, type NewContact } from '../../contract/resources.ts';
import { type Fault, onData, onPage } from '../../faults/inject.ts';
import {
  createContact,
  createContacts,
  expectContactNotListed,
  retrieveContact,
  unusedWord,
} from '../../fixtures/contacts.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { contactsOfDossier } from '../../fixtures/links-and-notes.ts';

/**
 * Four or more letters and digits of any script: an index may leave out shorter words
 * (LG-CON-085), and other characters may have a meaning (LG-CON-016).
 */
const words = [
  'Zwartkruis',
  'Łukasz',
  'Ивановна',
  'أحمد',
  'ごとうさん',
  '00421',
  '24Kitchen',
  'Straße',
  'Wouk',
];

/** Contacts with the word in each of the fields, alone and among other words. */
const draftsWith = (word: string): NewContact[] => {
  const others = { full_name: 'Noor Bakker', city: 'Breda' };
  return [
    ...[word, `Noor ${word}`, `${word} Bakker`].map((full_name) => ({ full_name })),
    { ...others, company: `Tulp ${word} Logistics` },
    { ...others, role: `Senior ${word}` },
    { ...others, company: 'Tulp', role: word },
  ];
};

/**
 * A word at the end of a long text is found, unless the text is refused as too long (LG-GEN-042).
 */
const expectFoundInLongText = async (org: Organization): Promise<void> => {
  const body = { full_name: 'Noor Bakker', company: `${'Tulp '.repeat(60)}Hemelvaart` };
  const long = await org.all.send('createContact', { body });
  if (long.response.status >= 400) {
    expectPermittedRefusal(org.context, long, ['LG-GEN-042', 'LG-GEN-043']);
    return;
  }
  await expectFoundBySearch(org, (dataOf(long.json) as Contact).id, 'Hemelvaart');
};

const search = defineRule({
  id: 'contacts/search',
  level: 'MUST',
  verifies: ['LG-CON-012'],
  sentence: 'The search finds a contact by a whole word of its full_name, email, company or role.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const first = await createContact(org, { full_name: 'Noor Zilverlinde' });
    for (const word of words) {
      // All contacts exist before the first search, so that one wait is enough.
      for (const { id } of await createContacts(org, draftsWith(word))) {
        await expectFoundBySearch(org, id, word);
      }
    }
    // By now many other contacts exist.
    await expectFoundBySearch(org, first.id, 'Zilverlinde');
    await expectFoundInLongText(org);
    const email = `noor${await unusedWord(org)}@example.com`;
    const { id } = await createContact(org, { full_name: 'Iris Bakker', email });
    await expectFoundByAddress(org, id, email);
  },
  // A server that doesn't search roles.
  fault: onPage(['listContacts'], ({ data }, url) => {
    const word = url.searchParams.get('search') ?? '';
    const found = data.filter(({ role }) => !String(role).includes(word));
    data.splice(0, data.length, ...found);
  }),
});

const searchOfDossiers = defineRule({
  id: 'contacts/search-of-dossiers',
  level: 'MUST',
  verifies: ['LG-CON-012'],
  sentence: 'The search also finds contacts that were created with a dossier.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const word = await unusedWord(org);
      const person = type === 'sales' ? { contact_person: `Iris ${word}` } : {};
      const { id } = await createDossier(org, { type, name: `Noor ${word}`, ...person });
      for (const { contact_id } of await contactsOfDossier(org, id)) {
        // The name of this contact is a decision (LG-DOS-059, LG-DOS-060).
        const { full_name } = await retrieveContact(org, contact_id);
        if (!full_name.split(' ').includes(word)) continue;
        await expectFoundBySearch(org, contact_id, word);
      }
    }
  },
  // A server that doesn't index contacts created with a dossier.
  fault: (fetch, name) => {
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

/** Each word is in one field of one contact and similar to no other. */
const elsewhere: readonly { word: string; field: Partial<NewContact> }[] = [
  { word: 'Wijdenes', field: { city: 'Wijdenes' } },
  { word: 'Quahog', field: { notes: 'Spoke of Quahog and the fair.' } },
  { word: 'zjevpyk', field: { linkedin_url: 'https://linkedin.com/in/zjevpyk' } },
  { word: '31640817263', field: { phone: '+31640817263' } },
  { word: 'supplier', field: { kind: ['supplier'] } },
];

/** A server that also searches the notes. */
const readNotes: Fault = (fetch, name) => {
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

const searchNowhereElse = defineRule({
  id: 'contacts/search-nowhere-else',
  level: 'MUST',
  verifies: ['LG-CON-013'],
  sentence: 'The search finds no contact by text that is only in other fields.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const { word, field } of elsewhere) {
      const draft = { full_name: 'Noor Bakker', company: 'Tulp Logistics' };
      const { id } = await createContact(org, { ...draft, ...field });
      const drafts = [
        { ...draft, full_name: word },
        { ...draft, role: word },
      ];
      // Once later contacts are found, this one would be found too.
      for (const control of await createContacts(org, drafts)) {
        await expectFoundBySearch(org, control.id, word);
      }
      await expectContactNotListed(org, id, { search: word });
    }
    // The name of a dossier isn't a field of its contact.
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    await createDossier(org, { type: 'sales', name: 'Zwanenburg', contact_id });
    const control = await createContact(org, { full_name: 'Zwanenburg' });
    await expectFoundBySearch(org, control.id, 'Zwanenburg');
    await expectContactNotListed(org, contact_id, { search: 'Zwanenburg' });
  },
  fault: readNotes,
});

/** Short surnames and roles, and words that indexes leave out as too common. */
const shortWords = ['Wu', 'Ng', 'Bos', 'CEO', '小林', 'with', 'over', 'voor', 'team'];

const searchShortWords = defineRule({
  id: 'contacts/search-short-words',
  level: 'SHOULD',
  verifies: ['LG-CON-085'],
  sentence: 'The search finds a contact by any word, even a word of two letters or a common one.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const word of shortWords) {
      const drafts = [
        { full_name: `Noor ${word}` },
        { full_name: 'Noor', company: `${word} Logistics` },
        { full_name: 'Noor', role: `Planner ${word} Breda` },
      ];
      for (const { id } of await createContacts(org, drafts)) {
        await expectFoundBySearch(org, id, word);
      }
    }
  },
  // A server whose index leaves out words of two letters.
  fault: onPage(['listContacts'], ({ data }, url) => {
    if (url.searchParams.get('search')?.length === 2) data.splice(0);
  }),
});

export default [
  search,
  searchOfDossiers,
  searchNowhereElse,
  searchShortWords,
] satisfies readonly Rule[];
