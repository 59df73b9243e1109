import { expectNewId, expectUuid } from '../../assertions/fields.ts';
import { expectUnknownRouteRefused, sendUnknownRoute } from '../../assertions/requests.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { bodyFields } from '../../contract/fields.ts';
import { findByName, refuse, reuseIds } from '../../faults/access.ts';
import { onData, onFields } from '../../faults/inject.ts';
import {
  createContact,
  createContacts,
  findListedContact,
  retrieveContact,
} from '../../fixtures/contacts.ts';
import {
  createDossier,
  createDossiers,
  findListedDossier,
  retrieveDossier,
} from '../../fixtures/dossiers.ts';
import { addNote, notesOfDossier } from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { aBareDossier, plainDossiers } from '../../generators/dossiers.ts';

const dossiersIdForm = defineRule({
  id: 'dossiers/id-form',
  level: 'SHOULD',
  verifies: ['LG-GEN-045', 'LG-GEN-046'],
  sentence: 'The id of a new dossier is a UUID of version 4 in lower case.',
  needs: [],
  check: async ({ organization, about }) => {
    for (const { id } of await createDossiers(await organization(), plainDossiers(4))) {
      about('LG-GEN-045');
      expectUuid(id, 'a dossier');
      about('LG-GEN-046');
      expectNewId(id, 'a dossier');
    }
  },
  fault: onData(['createDossier'], (dossier) => {
    dossier['id'] = String(dossier['id']).toUpperCase();
  }),
});

const contactsIdForm = defineRule({
  id: 'contacts/id-form',
  level: 'SHOULD',
  verifies: ['LG-GEN-046'],
  sentence: 'The id of a new contact is a UUID of version 4 in lower case.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const { id } of await createContacts(org, plainContacts(4))) {
      expectNewId(id, 'a contact');
    }
  },
  fault: onData(['createContact'], (contact) => {
    contact['id'] = String(contact['id']).toUpperCase();
  }),
});

const notesIdForm = defineRule({
  id: 'notes/id-form',
  level: 'SHOULD',
  verifies: ['LG-GEN-045', 'LG-GEN-046'],
  sentence: 'The id of a new note is a UUID of version 4 in lower case.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id: dossier } = await createDossier(org, {
      type: 'sales',
      name: 'With numbered notes',
    });
    for (const content of ['First', 'Second', 'Third']) {
      const { id } = await addNote(org, dossier, { content });
      context.about('LG-GEN-045');
      expectUuid(id, 'a note');
      context.about('LG-GEN-046');
      expectNewId(id, 'a note');
    }
  },
  // A server whose ids are UUIDs of version 7.
  fault: onData(['createDossierNote'], (note) => {
    note['id'] = String(note['id']).replace(/-4/, '-7');
  }),
});

const namesakes = defineRule({
  id: 'dossiers/namesakes',
  level: 'MUST',
  verifies: ['LG-DOS-065', 'LG-GEN-047'],
  sentence: 'Each of several dossiers with the same name is retrieved by its own id.',
  needs: [],
  check: (context) =>
    context.property(
      [aBareDossier()],
      async (draft) => {
        const org = await context.organization();
        const companies = ['Tulp Logistics', 'Linde Retail', 'Noord Media'];
        const drafts = companies.map((company) => ({ ...draft, company }));
        for (const [index, created] of (await createDossiers(org, drafts)).entries()) {
          context.about('LG-DOS-065');
          const retrieved = await retrieveDossier(org, created.id);
          expectEqual(retrieved.id, created.id, 'the requested id');
          context.about('LG-GEN-047');
          const listed = await findListedDossier(org, created.id);
          expectEqual(listed.company, companies[index], `the company of ${created.id} in the list`);
          context.about('LG-DOS-065');
          const company = retrieved.company ?? listed.company;
          expectEqual(company, companies[index], `the company of ${created.id}`);
        }
      },
      3,
    ),
  fault: findByName('createDossier', 'getDossier', 'name'),
});

const dossiersUniqueIds = defineRule({
  id: 'dossiers/unique-ids',
  level: 'MUST',
  verifies: ['LG-GEN-047', 'LG-DOS-019', 'LG-DOS-065'],
  sentence:
    'No two dossiers share an id, even if they are created at the same time, and each is found by its id.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    // At the same time, since a clock or a counter may be read twice.
    const made = await Promise.all(plainDossiers(8).map((draft) => createDossier(org, draft)));
    context.about('LG-GEN-047');
    expectEqual(new Set(made.map(({ id }) => id)).size, made.length, 'the number of ids');
    for (const created of made) {
      context.about('LG-DOS-019');
      const retrieved = await retrieveDossier(org, created.id);
      context.about('LG-DOS-065');
      expectEqual(retrieved.id, created.id, 'the requested id');
      expectEqual(retrieved.name, created.name, `the name of ${created.id}`);
      context.about('LG-GEN-047');
      const listed = await findListedDossier(org, created.id);
      expectEqual(listed.name, created.name, `the name of ${created.id} in the list`);
    }
  },
  fault: reuseIds('createDossier'),
});

const contactsUniqueIds = defineRule({
  id: 'contacts/unique-ids',
  level: 'MUST',
  verifies: ['LG-GEN-044', 'LG-GEN-047', 'LG-CON-025', 'LG-CON-051'],
  sentence:
    'No two contacts share an id, even if they are created at the same time, and each is found by its id.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    // At the same time, since a clock or a counter may be read twice.
    const drafts = plainContacts(8);
    const made = await Promise.all(drafts.map((draft) => createContact(org, draft)));
    context.about('LG-GEN-047');
    expectEqual(new Set(made.map(({ id }) => id)).size, made.length, 'the number of ids');
    for (const [index, { id }] of made.entries()) {
      context.about('LG-GEN-044');
      expectUuid(id, 'a contact');
      context.about('LG-CON-025');
      const retrieved = await retrieveContact(org, id);
      context.about('LG-CON-051');
      expectEqual(retrieved.id, id, 'the requested id');
      const name = drafts[index]?.full_name;
      expectEqual(retrieved.full_name, name, `the name of ${id}`);
      context.about('LG-GEN-047');
      const { full_name } = await findListedContact(org, id);
      expectEqual(full_name, name, `the name of ${id} in the list`);
    }
  },
  fault: reuseIds('createContact'),
});

const notesUniqueIds = defineRule({
  id: 'notes/unique-ids',
  level: 'MUST',
  verifies: ['LG-GEN-047', 'LG-NOT-001'],
  sentence:
    'No two notes share an id, even if they are added at the same time, and each of them is listed.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const names = ['With notes at once', 'With notes at the same time'];
    const dossiers = await createDossiers(
      org,
      names.map((name) => ({ type: 'sales', name })),
    );
    const drafts = dossiers.flatMap(({ id }) => Array.from({ length: 5 }, () => id));
    const added = await Promise.all(
      drafts.map((id, index) => addNote(org, id, { content: `Note ${String(index)}` })),
    );
    context.about('LG-GEN-047');
    expectEqual(new Set(added.map(({ id }) => id)).size, added.length, 'the number of ids');
    context.about('LG-NOT-001');
    for (const { id } of dossiers) {
      const listed = Object.fromEntries(
        (await notesOfDossier(org, id)).map((note) => [note.id, note.content]),
      );
      for (const note of added.filter(({ dossier_id }) => dossier_id === id)) {
        expectEqual(listed[note.id], note.content, `the content of ${note.id}`);
      }
    }
  },
  // A server that numbers the notes of each dossier from one.
  fault: (fetch, name) => {
    const counts = new Map<unknown, number>();
    const alter = onData(['createDossierNote'], (note) => {
      const count = (counts.get(note['dossier_id']) ?? 0) + 1;
      counts.set(note['dossier_id'], count);
      note['id'] = `note-${String(count)}`;
    });
    return alter(fetch, name);
  },
});

/** Malformed ids. */
const malformed = ['not-an-id', '0', '-1', 'null', "' or 1=1 --", '%', 'é', '🙂', 'x'.repeat(300)];

const malformedPathId = defineRule({
  id: 'requests/malformed-path-id',
  level: 'SHOULD',
  verifies: ['LG-GEN-048'],
  sentence: 'A malformed id in a path is refused with the same error as an unknown id.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    for (const { id, parameters } of operations) {
      for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
        const request = await org.prepare(id);
        for (const value of malformed) {
          const path = { ...request.path, [name]: value };
          expect.refusal(await org.all.send(id, { ...request, path }), 404);
        }
        expect.success(await org.all.send(id, request));
      }
    }
  },
  fault: refuse(400, 'invalid_body', ({ url }) => url.endsWith('/not-an-id')),
});

/** Invalid escapes, and escaped bytes that aren't text. */
const brokenEscapes = ['%', '%zz', '%2', '%E0%A4%A', '%ff'];

const brokenEscape = defineRule({
  id: 'requests/broken-escape',
  level: 'SHOULD',
  verifies: ['LG-GEN-048'],
  sentence:
    'An id in a path with an invalid escape is refused with the same error as an unknown id.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const org = await organization();
    for (const { id, method, path, body } of operations) {
      // A request with a body may be refused because of the body.
      if (!path.includes('{') || Object.keys(body).length > 0) continue;
      const request = await org.prepare(id);
      const own = Object.entries(request.path ?? {});
      for (const [replaced] of own) {
        const fill = (escape: string): string =>
          own.reduce(
            (filled, [name, value]) =>
              filled.replace(`{${name}}`, name === replaced ? escape : encodeURIComponent(value)),
            path,
          );
        for (const escape of brokenEscapes) {
          expectUnknownRouteRefused(
            contract,
            await sendUnknownRoute(org.all, method, fill(escape)),
            404,
          );
        }
      }
      expect.success(await org.all.send(id, request));
    }
  },
  // A server that refuses an invalid escape with 400.
  fault: refuse(400, 'invalid_body', ({ url }) => url.includes('%zz')),
});

const malformedUuids = [
  'none',
  '42',
  '5f0c9a52-1d3e-4b7a-9c46',
  'zf0c9a52-1d3e-4b7a-9c46-0e8d72ab4f19',
];

const malformedUuid = defineRule({
  id: 'requests/malformed-uuid',
  level: 'SHOULD',
  verifies: ['LG-GEN-049'],
  sentence: "A value that isn't a UUID where the contract requires one is refused.",
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const org = await organization();
    const right = { type: 'candidate', name: 'Noor Bakker' } as const;
    const uuids = bodyFields(contract, 'createDossier').filter(({ isUuid }) => isUuid);
    for (const value of malformedUuids) {
      for (const { name } of uuids) {
        const body = { ...right, [name]: value };
        expect.refusal(await org.all.send('createDossier', { body }), 400);
      }
      const query = { stage_id: value };
      expect.refusal(await org.all.send('listDossiers', { query }), 400);
    }
    const { current_stage_id: stage_id } = await createDossier(org, right);
    expect.success(await org.all.send('listDossiers', { query: { stage_id } }));
  },
  // A server that ignores assigned_to.
  fault: onFields((fields) => {
    delete fields['assigned_to'];
  }),
});

export default [
  dossiersIdForm,
  contactsIdForm,
  notesIdForm,
  namesakes,
  dossiersUniqueIds,
  contactsUniqueIds,
  notesUniqueIds,
  malformedPathId,
  brokenEscape,
  malformedUuid,
] satisfies readonly Rule[];
