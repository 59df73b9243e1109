import type { OperationId } from '../../../openapi/contract.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import {
  contactPlaces,
  createAndViewContact,
  expectContactKept,
  updateAndViewContact,
} from '../../assertions/contacts.ts';
import {
  createAndViewDossier,
  dossierPlaces,
  expectDossierKept,
  expectDossierUpdated,
  updateAndViewDossier,
} from '../../assertions/dossiers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type Fault, onJsonBody, onResponse } from '../../faults/inject.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { addNote, findNote } from '../../fixtures/links-and-notes.ts';
import { anUntidyText, aText, awkwardTexts, oddTexts } from '../../generators/values.ts';

/** A server that decodes UTF-8 as Latin-1 in responses. */
const decodeAsLatin1 = (operations: readonly OperationId[]): Fault =>
  onResponse(operations, (response) => {
    const text = Buffer.from(JSON.stringify(response.body), 'utf8').toString('latin1');
    response.body = JSON.parse(text.replaceAll(/[\u0080-\u009f]/g, '?'));
  });

const dossiersTextOfAnyScript = defineRule({
  id: 'dossiers/text-of-any-script',
  level: 'MUST',
  verifies: ['LG-GEN-039', 'LG-DOS-030', 'LG-DOS-035', 'LG-DOS-036', 'LG-DOS-038', 'LG-DOS-039'],
  sentence: 'The strings of a new dossier are returned as they were sent, in any script.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const see = async (name: string, company: string, contact_person: string, role: string) => {
      const seen = await createAndViewDossier(org, {
        ...{ type: 'sales', name, company, contact_person, role },
        intake_notes: `${name}\n${company}`,
      });
      context.about('LG-GEN-039', 'LG-DOS-030');
      expectDossierKept(seen, { name }, dossierPlaces);
      context.about('LG-GEN-039', 'LG-DOS-035');
      expectDossierKept(seen, { company }, ['listed']);
      context.about('LG-GEN-039', 'LG-DOS-039');
      expectDossierKept(seen, { contact_person }, ['listed']);
      context.about('LG-GEN-039', 'LG-DOS-036');
      expectDossierKept(seen, { role });
      context.about('LG-GEN-039', 'LG-DOS-038');
      expectDossierKept(seen, { intake_notes: `${name}\n${company}` });
    };
    for (const text of awkwardTexts) await see(text, text, text, text);
    await context.property([aText(), aText(), aText(), aText()], see);
  },
  fault: decodeAsLatin1(['listDossiers', 'getDossier', 'createDossier']),
});

/** The requirements about an update of each field, where the documentation has one. */
const changedFields: Readonly<Record<string, readonly RequirementId[]>> = {
  ...{ name: ['LG-DOS-070'], company: ['LG-DOS-073'], contact_person: ['LG-DOS-075'] },
};

const changesTextOfAnyScript = defineRule({
  id: 'changes/text-of-any-script',
  level: 'MUST',
  verifies: ['LG-GEN-039', 'LG-DOS-070', 'LG-DOS-073', 'LG-DOS-075'],
  sentence: 'The strings of an update are returned as they were sent, in any script.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'Of any script' });
    const write = async (name: string, other: string) => {
      const texts = { company: other, contact_person: other, role: other };
      const changes = { name, ...texts, intake_notes: `${name}\n${other}` };
      context.about('LG-GEN-039');
      const after = await updateAndViewDossier(org, id, changes);
      for (const [field, value] of Object.entries(changes)) {
        context.about('LG-GEN-039', ...(changedFields[field] ?? []));
        expectDossierUpdated(after, { [field]: value });
      }
    };
    for (const text of awkwardTexts) await write(text, text);
    await context.property([aText(), aText()], write);
  },
  fault: decodeAsLatin1(['updateDossier', 'getDossier']),
});

/** The awkward text after this one, starting again at the end. */
const after = (index: number): string => awkwardTexts[(index + 1) % awkwardTexts.length] ?? '';

/** The requirements about each field of a new contact. */
const createdFields: Readonly<Record<string, readonly RequirementId[]>> = {
  ...{ full_name: ['LG-CON-027'], company: ['LG-CON-041'], role: ['LG-CON-042'] },
  ...{ city: ['LG-CON-043'], notes: ['LG-CON-049'] },
};

/** The requirements about an update of each field that the rule verifies. */
const changedContactFields: Readonly<Record<string, readonly RequirementId[]>> = {
  ...{ full_name: ['LG-CON-058'], notes: ['LG-CON-069'] },
};

const contactsTextOfAnyScript = defineRule({
  id: 'contacts/text-of-any-script',
  level: 'MUST',
  verifies: [
    ...(['LG-GEN-039', 'LG-CON-027', 'LG-CON-041', 'LG-CON-042', 'LG-CON-043'] as const),
    ...(['LG-CON-049', 'LG-CON-058', 'LG-CON-069'] as const),
  ],
  sentence: 'The strings of a contact are returned as they were sent, in any script.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const create = async (full_name: string, company: string, role: string, city: string) => {
      const texts = { full_name, company, role, city };
      const notes = `${full_name}\n${company}`;
      const made = await createAndViewContact(org, { ...texts, notes });
      for (const [field, value] of Object.entries({ ...texts, notes })) {
        context.about('LG-GEN-039', ...(createdFields[field] ?? []));
        const places = field === 'notes' ? (['listed'] as const) : contactPlaces;
        expectContactKept(made, { [field]: value }, places);
      }
      return made.returned.id;
    };
    const change = async (id: string, name: string, company: string, role: string) => {
      const texts = { full_name: name, company, role, city: name, notes: company };
      const changed = await updateAndViewContact(org, id, texts);
      for (const [field, value] of Object.entries(texts)) {
        context.about('LG-GEN-039', ...(changedContactFields[field] ?? []));
        expectContactKept(changed, { [field]: value }, ['listed']);
      }
    };
    // Each text is once in each field, first in a creation and then in an update.
    const ids: string[] = [];
    for (const [index, text] of awkwardTexts.entries()) {
      ids.push(await create(text, after(index), after(index + 1), after(index + 2)));
    }
    for (const [index, id] of ids.entries()) {
      await change(id, after(index), after(index + 1), after(index + 2));
    }
    await context.property(
      [aText(), aText(), aText(), aText()],
      async (one, two, three, four) => {
        await change(await create(one, two, three, four), four, three, two);
      },
      10,
    );
  },
  fault: decodeAsLatin1(['listContacts', 'getContact']),
});

const oddCharacters = defineRule({
  id: 'requests/odd-characters',
  level: 'SHOULD',
  verifies: ['LG-GEN-055'],
  sentence: 'Markup, emoji and control characters are returned as they were sent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const text of Object.values(oddTexts)) {
      const dossier = await createAndViewDossier(org, {
        type: 'sales',
        name: text,
        company: text,
      });
      expectDossierKept(dossier, { name: text }, dossierPlaces);
      expectDossierKept(dossier, { company: text }, ['listed']);
      const { id } = dossier.created;
      const changes = { name: `Noor ${text}`, company: `Tulp ${text}` };
      expectDossierUpdated(await updateAndViewDossier(org, id, changes), changes);
      const added = await addNote(org, id, { content: text });
      const listed = await findNote(org, id, added.id);
      for (const { content } of [added, listed])
        expectEqual(content, text, 'the content of a note');
      const texts = { full_name: text, company: text, role: text, city: text };
      const contact = await createAndViewContact(org, texts);
      expectContactKept(contact, texts, contactPlaces);
      const others = { full_name: `Noor ${text}`, city: `Breda ${text}` };
      const after = await updateAndViewContact(org, contact.returned.id, others);
      expectContactKept(after, others, ['listed']);
    }
  },
  // A server that removes tags.
  fault: onJsonBody(['updateContact'], (body) => ({
    ...body,
    city: String(body['city']).replaceAll(/<[^>]*>/g, ''),
  })),
});

const dossiersTextUntouched = defineRule({
  id: 'dossiers/text-untouched',
  level: 'SHOULD',
  verifies: ['LG-GEN-040'],
  sentence:
    'The strings of a dossier are stored exactly as they were sent, including white space at their ends.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property([anUntidyText(), anUntidyText()], async (name, text) => {
      const texts = { name, company: text, contact_person: text, intake_notes: text };
      const seen = await createAndViewDossier(org, { type: 'sales', ...texts });
      for (const place of dossierPlaces) {
        const { name, company, contact_person, intake_notes } = seen[place];
        const shown = { name, company, contact_person, intake_notes };
        expectEqual(shown, texts, `the texts (${place})`);
      }
    });
  },
  fault: onJsonBody(['createDossier'], (body) => ({
    ...body,
    company: String(body['company']).trim(),
  })),
});

const contactsTextUntouched = defineRule({
  id: 'contacts/text-untouched',
  level: 'SHOULD',
  verifies: ['LG-GEN-040'],
  sentence:
    'The strings of a contact are stored exactly as they were sent, including white space at their ends.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property(
      [anUntidyText(), anUntidyText()],
      async (name, text) => {
        const texts = { full_name: name, company: text, role: text, city: text, notes: text };
        const made = await createAndViewContact(org, texts);
        const others = { full_name: text, company: name, role: name, city: name, notes: name };
        const changed = await updateAndViewContact(org, made.returned.id, others);
        for (const place of contactPlaces) {
          for (const [seen, sent] of [
            [made, texts],
            [changed, others],
          ] as const) {
            const { full_name, company, role, city, notes } = seen[place];
            expectEqual({ full_name, company, role, city, notes }, sent, `the texts (${place})`);
          }
        }
      },
      8,
    );
  },
  fault: onJsonBody(['updateContact'], (body) => ({
    ...body,
    company: String(body['company']).trim(),
  })),
});

export default [
  dossiersTextOfAnyScript,
  changesTextOfAnyScript,
  contactsTextOfAnyScript,
  oddCharacters,
  dossiersTextUntouched,
  contactsTextUntouched,
] satisfies readonly Rule[];
