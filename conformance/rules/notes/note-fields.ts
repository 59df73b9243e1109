import fc from 'fast-check';
import { expectWholeTexts } from '../../assertions/fields.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type Note, noteFields } from '../../contract/resources.ts';
import { onData, onJsonBody } from '../../faults/inject.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { addNote, findNote, notesOfDossier } from '../../fixtures/links-and-notes.ts';
import { aDossierType } from '../../generators/dossiers.ts';
import { aText, awkwardTexts } from '../../generators/values.ts';

const fields = defineRule({
  id: 'notes/fields',
  level: 'MUST',
  verifies: ['LG-NOT-004', 'LG-NOT-005', 'LG-NOT-014'],
  sentence: 'A note has `id`, `dossier_id`, `content`, `is_internal` and `created_at`.',
  needs: [],
  check: (context) => {
    const fields = noteFields(context.contract);
    return context.property(
      [aDossierType(), aText(), fc.boolean()],
      async (type, content, is_internal) => {
        const org = await context.organization();
        const { id } = await createDossier(org, { type, name: 'Noor Bakker' });
        await createDossier(org, { type, name: 'Created later' });
        context.about('LG-NOT-014');
        const added = await addNote(org, id, { content, is_internal });
        context.about('LG-NOT-004');
        const listed = await findNote(org, id, added.id);
        for (const [requirement, note] of [
          ['LG-NOT-014', added],
          ['LG-NOT-004', listed],
        ] as const) {
          context.about(requirement);
          const isComplete = fields.every((name) => name in note);
          expectThat(isComplete, `${fields.join(', ')} of the note`, () => note);
          context.about('LG-NOT-005');
          expectEqual(note.dossier_id, id, 'the dossier_id of the note');
          context.about(requirement);
          expectEqual(note.content.normalize('NFC'), content.normalize('NFC'), 'the content');
          expectEqual(note.is_internal, is_internal, 'is_internal');
        }
      },
      6,
    );
  },
  // A server whose list leaves out the dossier_id.
  fault: onData(['listDossierNotes'], (note) => {
    delete note['dossier_id'];
  }),
});

/** Texts of one or several lines. */
const aTalk = () =>
  fc
    .array(aText(), { minLength: 1, maxLength: 3 })
    .chain((lines) => fc.constantFrom('\n', '\n\n', '\n- ').map((between) => lines.join(between)));

/** That a text is kept, or that its characters are. */
type Kept = 'LG-NOT-008' | 'LG-GEN-039';

const content = defineRule({
  id: 'notes/content',
  level: 'MUST',
  verifies: ['LG-NOT-008', 'LG-GEN-039'],
  sentence:
    'The `content` of a note is returned as it was sent, in any script and with line breaks.',
  needs: [],
  check: async (context) => {
    const keep = async (contents: readonly string[], ...requirements: readonly Kept[]) => {
      const org = await context.organization();
      const { id } = await createDossier(org, { type: 'sales', name: 'Tulp Logistics' });
      const added = new Map<string, string>();
      context.about(...requirements);
      for (const content of contents) {
        const note = await addNote(org, id, { content });
        expectEqual(note.content.normalize('NFC'), content.normalize('NFC'), 'the content');
        added.set(note.id, content);
      }
      for (const note of await notesOfDossier(org, id)) {
        const content = added.get(note.id) ?? note.content;
        expectEqual(note.content.normalize('NFC'), content.normalize('NFC'), 'the listed content');
        added.delete(note.id);
      }
      context.about('LG-NOT-008');
      expectEqual([...added.keys()], [], 'the notes that the list lacks');
    };
    // A few lines each: the maximum length of a text is a decision.
    const lines = ['Two  blanks\n\nand a line', '\u2014 first line\n\n\nlast line \u2014'];
    await keep(lines, 'LG-NOT-008', 'LG-GEN-039');
    await keep(['0', 'null', '2026-05-04', '[]'], 'LG-NOT-008');
    const pairs = awkwardTexts.map((text, index) => `${text}\n${awkwardTexts[index - 1] ?? ''}`);
    const scripts = pairs.filter((_, index) => index % 2 === 1);
    await keep(scripts, 'LG-GEN-039');
    await context.property([aTalk()], (content) => keep([content], 'LG-GEN-039'));
  },
  // A server that escapes the text for HTML.
  fault: onJsonBody(['createDossierNote'], (body) => ({
    ...body,
    content: String(body['content']).replaceAll('&', '&amp;').replaceAll('\n', '<br>'),
  })),
});

const missingContent = defineRule({
  id: 'notes/missing-content',
  level: 'MUST',
  verifies: ['LG-NOT-009'],
  sentence: 'A note without `content`, or with an empty string, is refused and not added.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'Without a word' });
    const ids = async () => (await notesOfDossier(org, id)).map((note) => note.id);
    for (const is_internal of [undefined, true, false]) {
      const before = await ids();
      for (const content of [undefined, '']) {
        const request = { path: { id }, body: { content, is_internal } };
        context.expect.refusal(await org.all.send('createDossierNote', request), 400);
      }
      expectEqual(await ids(), before, 'the same notes as before,');
      const control = { content: 'A word', ...(is_internal === undefined ? {} : { is_internal }) };
      await addNote(org, id, control);
    }
  },
  // A server with a default text.
  fault: onJsonBody(['createDossierNote'], (body) => ({ content: '(empty)', ...body })),
});

const blankContent = defineRule({
  id: 'notes/blank-content',
  level: 'SHOULD',
  verifies: ['LG-NOT-010'],
  sentence: 'A note with a `content` of only white space is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With blanks' });
    for (const content of [' ', '\n', '\t \r\n', '\u00A0\u2003']) {
      const request = { path: { id }, body: { content } };
      context.expect.refusal(await org.all.send('createDossierNote', request), 400);
      await addNote(org, id, { content: `${content}.` });
    }
  },
  // A server that stores blank notes as a dash.
  fault: onJsonBody(['createDossierNote'], (body) => ({
    ...body,
    content: String(body['content']).trim() || '–',
  })),
});

const longTextWhole = defineRule({
  id: 'notes/long-text-whole',
  level: 'MUST',
  verifies: ['LG-NOT-008'],
  sentence:
    'The `content` of a note is either refused as too long or stored and listed completely.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'With long notes' });
    await expectWholeTexts(
      context,
      ['content'],
      (body) => org.all.send('createDossierNote', { path: { id }, body }),
      async ({ content = '' }, { json }) => {
        const added = dataOf(json) as Note;
        for (const note of [added, await findNote(org, id, added.id)]) {
          const describeActual = () => `${String(note.content.length)} letters, or different ones`;
          const isWhole = note.content.normalize('NFC') === content;
          expectThat(isWhole, `the note of ${String(content.length)} letters`, describeActual);
        }
      },
    );
  },
  // A server that silently truncates notes to 4000 characters.
  fault: onJsonBody(['createDossierNote'], (body) => ({
    ...body,
    content: String(body['content']).slice(0, 4_000),
  })),
});

const internalDefault = defineRule({
  id: 'notes/internal-default',
  level: 'MUST',
  verifies: ['LG-NOT-011'],
  sentence: 'A note added without `is_internal` is internal.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'With a private word' });
    const added = await addNote(org, id, { content: 'Between us' });
    expectEqual(added.is_internal, true, 'is_internal in the response');
    const listed = await findNote(org, id, added.id);
    expectEqual(listed.is_internal, true, 'is_internal in the list');
  },
  fault: onJsonBody(['createDossierNote'], (body) => ({ is_internal: false, ...body })),
});

const internalKept = defineRule({
  id: 'notes/internal-kept',
  level: 'MUST',
  verifies: ['LG-NOT-012'],
  sentence: 'A note keeps the `is_internal` that it was added with.',
  needs: [],
  check: (context) =>
    context.property([fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })], async (choices) => {
      const org = await context.organization();
      const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
      const expected: Record<string, boolean> = {};
      for (const is_internal of choices) {
        const note = await addNote(org, id, { content: 'As it was said', is_internal });
        expectEqual(note.is_internal, is_internal, 'is_internal in the response');
        expected[note.id] = is_internal;
      }
      const listed = await notesOfDossier(org, id);
      const shown = Object.fromEntries(listed.map((note) => [note.id, note.is_internal]));
      expectEqual(shown, expected, 'is_internal in the list, by id,');
    }),
  // A server that ignores false.
  fault: onJsonBody(['createDossierNote'], (body) => ({
    ...body,
    is_internal: body['is_internal'] || undefined,
  })),
});

export default [
  fields,
  content,
  missingContent,
  blankContent,
  longTextWhole,
  internalDefault,
  internalKept,
] satisfies readonly Rule[];
