import {
  contactPlaces,
  createAndViewContact,
  updateAndViewContact,
} from '../../assertions/contacts.ts';
import {
  createAndViewDossier,
  dossierPlaces,
  expectDossierKept,
  primaryContactFields,
  updateAndViewDossier,
} from '../../assertions/dossiers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { freeTexts } from '../../contract/fields.ts';
import type { ContactTextField } from '../../contract/resources.ts';
import { onData, onJsonBody } from '../../faults/inject.ts';
import { createContact, deleteContact } from '../../fixtures/contacts.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { addNote, findNote } from '../../fixtures/links-and-notes.ts';
import { anExactAmount, anUntidyText, aTextOfLength } from '../../generators/values.ts';

const dossiersLongText = defineRule({
  id: 'dossiers/long-text',
  level: 'SHOULD',
  verifies: ['LG-GEN-042'],
  sentence: 'No string field of a dossier has its own maximum length.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const fields = ['name', ...freeTexts(context.contract, 'createDossier')];
    for (const length of [256, 65_536]) {
      const sent = Object.fromEntries(fields.map((field) => [field, aTextOfLength(length, field)]));
      const draft = { type: 'sales' as const, name: '', ...sent };
      expectDossierKept(await createAndViewDossier(org, draft), sent, dossierPlaces);
    }
  },
  fault: onJsonBody(['createDossier'], (body) => ({
    ...body,
    company: String(body['company']).slice(0, 255),
  })),
});

const contactsLongText = defineRule({
  id: 'contacts/long-text',
  level: 'SHOULD',
  verifies: ['LG-GEN-042'],
  sentence: 'No string field of a contact has its own maximum length.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const fields = [
      'full_name',
      ...freeTexts(context.contract, 'createContact'),
    ] as ContactTextField[];
    for (const length of [256, 65_536]) {
      const sent = Object.fromEntries(fields.map((field) => [field, aTextOfLength(length, field)]));
      const draft = { full_name: 'Noor Bakker', ...sent };
      const { id } = await createContact(org, draft);
      await updateAndViewContact(org, id, { full_name: 'Short', city: 'Ede', notes: '' });
      const seen = await updateAndViewContact(org, id, sent);
      for (const field of fields) {
        for (const place of contactPlaces) {
          const whole = seen[place][field] === sent[field];
          const expected = `${field} of ${String(length)} letters (${place})`;
          expectThat(whole, expected, () => `${String(seen[place][field]?.length)} letters`);
        }
      }
      await deleteContact(org, id);
    }
  },
  fault: onJsonBody(['updateContact'], (body) => ({
    ...body,
    city: String(body['city']).slice(0, 255),
  })),
});

const longContent = defineRule({
  id: 'notes/long-content',
  level: 'SHOULD',
  verifies: ['LG-GEN-042', 'LG-GEN-040'],
  sentence: 'The `content` of a note has no maximum length, and white space at its ends is kept.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With a long note' });
    const texts = [
      'Line. '.repeat(20_000),
      ' leading and trailing \r\n',
      'Cafe\u0301 \u212Bngstro\u0308m \uFB01lter',
    ];
    for (const [index, content] of texts.entries()) {
      context.about(index === 0 ? 'LG-GEN-042' : 'LG-GEN-040');
      const added = await addNote(org, id, { content });
      const listed = await findNote(org, id, added.id);
      for (const note of [added, listed]) {
        const describeActual = () => `${String(note.content.length)} characters, or different ones`;
        const what = `the ${String(content.length)} characters that were sent`;
        expectThat(note.content === content, what, describeActual);
      }
    }
  },
  fault: onJsonBody(['createDossierNote'], (body) => ({
    ...body,
    content: String(body['content']).slice(0, 65_535),
  })),
});

const dossiersEmptyText = defineRule({
  id: 'dossiers/empty-text',
  level: 'SHOULD',
  verifies: ['LG-GEN-041'],
  sentence:
    'An empty string in an optional field of a dossier is stored, except where a certain form is required.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'sales' as const, name: 'Tulp Logistics' };
    for (const field of freeTexts(context.contract, 'createDossier')) {
      const sent = { [field]: '' };
      expectDossierKept(
        await createAndViewDossier(org, { ...draft, ...sent }),
        sent,
        dossierPlaces,
      );
    }
    for (const field of ['email', 'deal_currency']) {
      const body = { ...draft, [field]: '' };
      context.expect.refusal(await org.all.send('createDossier', { body }), 400);
    }
  },
  fault: onData(['getDossier'], (dossier) => {
    for (const field of Object.keys(dossier)) if (dossier[field] === '') dossier[field] = null;
  }),
});

const contactsEmptyText = defineRule({
  id: 'contacts/empty-text',
  level: 'SHOULD',
  verifies: ['LG-GEN-041'],
  sentence: 'An empty string in an optional field of a contact is stored, except in `email`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const full_name = 'Noor Bakker';
    for (const field of freeTexts(context.contract, 'createContact') as ContactTextField[]) {
      const made = await createAndViewContact(org, { full_name, [field]: '' });
      const { id } = made.returned;
      await updateAndViewContact(org, id, { [field]: '.' });
      const changed = await updateAndViewContact(org, id, { [field]: '' });
      for (const place of contactPlaces) {
        expectEqual(made[place][field], '', `${field} of a new contact`);
        expectEqual(changed[place][field], '', `${field} after an update`);
      }
      const path = { id };
      const change = { path, body: { email: '' } };
      context.expect.refusal(await org.all.send('updateContact', change), 400);
    }
    const body = { full_name, email: '' };
    context.expect.refusal(await org.all.send('createContact', { body }), 400);
  },
  fault: onData(['getContact'], (contact) => {
    for (const field of Object.keys(contact)) if (contact[field] === '') contact[field] = null;
  }),
});

/** What a text is sent for. */
type Decision = 'LG-GEN-040' | 'LG-GEN-041' | 'LG-GEN-042';

const valuesAsSent = defineRule({
  id: 'changes/values-as-sent',
  level: 'SHOULD',
  verifies: ['LG-DOS-042', 'LG-DOS-049', 'LG-GEN-040', 'LG-GEN-041', 'LG-GEN-042'],
  sentence: 'An update stores strings and amounts exactly as they were sent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const deal = { deal_size: 1, deal_currency: 'EUR' };
    const { id } = await createDossier(org, { type: 'sales', name: 'Before an update', ...deal });
    const keep = async (decision: Decision, name: string, text: string, deal_size: number) => {
      const fields = freeTexts(context.contract, 'updateDossier');
      const texts = Object.fromEntries(fields.map((field) => [field, text]));
      const sent = { name, ...texts, deal_size };
      context.about(decision);
      const seen = await updateAndViewDossier(org, id, sent);
      for (const shown of [seen.returned, seen.retrieved, seen.listed]) {
        for (const [field, value] of Object.entries(sent)) {
          if (field === 'deal_size') context.about('LG-DOS-049');
          else if (primaryContactFields.has(field)) context.about(decision, 'LG-DOS-042');
          else context.about(decision);
          expectEqual(shown[field as keyof typeof shown], value, `${field} as sent,`);
        }
      }
    };
    await keep('LG-GEN-041', 'Empty', '', 0);
    await keep('LG-GEN-042', 'Long', aTextOfLength(60_001, 'Noor Bakker'), 0);
    await context.property([anUntidyText(), anUntidyText(), anExactAmount()], (...values) =>
      keep('LG-GEN-040', ...values),
    );
  },
  fault: onJsonBody(['updateDossier'], (body) => ({ ...body, name: String(body['name']).trim() })),
});

export default [
  dossiersLongText,
  contactsLongText,
  longContent,
  dossiersEmptyText,
  contactsEmptyText,
  valuesAsSent,
] satisfies readonly Rule[];
