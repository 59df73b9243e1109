import fc from 'fast-check';
import {
  expectDossierUpdated,
  expectOtherFieldsUnchanged,
  updateAndViewDossier,
  viewDossier,
} from '../../assertions/dossiers.ts';
import { expectUnknownIgnored } from '../../assertions/fields.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Contact, DossierChanges } from '../../contract/resources.ts';
import { type Fault, onResponse } from '../../faults/inject.ts';
import { refuseUnknownFields, refuseUpdates } from '../../faults/refusals.ts';
import { documentedFieldsOf, retrieveContact } from '../../fixtures/contacts.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { aText } from '../../generators/values.ts';

/** A name that isn't in the contract. */
const aStrangeName = () => fc.stringMatching(/^x_[a-z]{1,12}$/);

const requestsUnknownField = defineRule({
  id: 'requests/unknown-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-033'],
  sentence: "Fields of a creation that aren't in the contract are ignored.",
  needs: [],
  check: async ({ property, organization, expect }) => {
    const org = await organization();
    await property(
      [fc.dictionary(aStrangeName(), fc.jsonValue(), { minKeys: 1 })],
      async (extra) => {
        const body = { ...extra, type: 'candidate', name: 'Noor Bakker' };
        const exchange = await org.all.send('createDossier', { body });
        expect.success(exchange);
        const returned = Object.keys(dataOf(exchange.json) as object);
        const kept = returned.filter((name) => name in extra);
        expectThat(kept.length === 0, 'none of the unknown fields in the response', () => kept);
      },
    );
  },
  fault: refuseUnknownFields,
});

const changesUnknownField = defineRule({
  id: 'changes/unknown-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-033'],
  sentence: "Fields of an update that aren't in the contract are ignored.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'To be renamed' });
    const strangers = fc.dictionary(fc.stringMatching(/^x_[a-z]{1,12}$/), fc.jsonValue());
    await context.property([strangers, aText()], async (extra, name) => {
      const before = await viewDossier(org, id);
      const known = { name };
      const fixed = { id: 'another', cv_url: 'https://example.com/cv.pdf', created_at: '2020' };
      const ignored: object = { ...extra, ...fixed };
      const changes: DossierChanges = { ...ignored, ...known };
      const after = await updateAndViewDossier(org, id, changes);
      expectDossierUpdated(after, known);
      expectOtherFieldsUnchanged(context, before, after, known);
    });
  },
  fault: refuseUpdates((body) => body.includes('"x_')),
});

/** Fields of a contact that can't be set, and unknown ones. */
const unsettableFields = {
  ...{ id: '5f0c9a52-1d3e-4b7a-9c46-0e8d72ab4f19', dossier_count: 7 },
  ...{ created_at: '2001-01-01T00:00:00Z', nickname: 'Nootje', pool: 'in_pool' },
};

/** A server that stores unknown fields. */
const takeAll: Fault = (fetch, name) => {
  let sent = '';
  const alter = onResponse(['getContact'], (response) => {
    const count = /"dossier_count":(\d+)/.exec(sent)?.[1];
    if (response.status >= 300 || count === undefined) return;
    (response.body as { data: Contact }).data.dossier_count = Number(count);
  });
  return async (request) => {
    sent = request.body === null ? sent : await request.clone().text();
    return alter(fetch, name)(request);
  };
};

const contactsUnknownField = defineRule({
  id: 'contacts/unknown-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-033'],
  sentence: "Fields of a contact that can't be set are ignored, even if responses have them.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const send = async (...sent: Parameters<typeof org.all.send>) => {
      const exchange = await org.all.send(...sent);
      context.expect.success(exchange);
      return (dataOf(exchange.json) as Contact).id;
    };
    for (const [field, value] of Object.entries(unsettableFields)) {
      const body = { full_name: 'Noor Bakker', [field]: value };
      const id = await send('createContact', { body });
      const made = await retrieveContact(org, id);
      expectThat(made[field as keyof Contact] !== value, `no ${field}`, () => made);
      expectEqual(made.dossier_count, 0, 'the dossier_count');
      const changed = await send('updateContact', { path: { id }, body });
      expectEqual(changed, id, 'the id of the updated contact');
      const after = documentedFieldsOf(context.contract, await retrieveContact(org, id));
      expectEqual(after, documentedFieldsOf(context.contract, made), 'the contact as before,');
    }
  },
  fault: takeAll,
});

const partCreations = [
  { id: 'links/unknown-field', operation: 'linkDossierContact', part: 'link' },
  { id: 'notes/unknown-field', operation: 'createDossierNote', part: 'note' },
] as const;

const partRules = partCreations.map(({ id, operation, part }) =>
  defineRule({
    id,
    level: 'SHOULD',
    verifies: ['LG-GEN-033'],
    sentence: `Fields of a ${part} that aren't in the contract are ignored.`,
    needs: [],
    check: async (context) => {
      await expectUnknownIgnored(await context.organization(), operation);
    },
    fault: refuseUnknownFields,
  }),
);

export default [
  requestsUnknownField,
  changesUnknownField,
  contactsUnknownField,
  ...partRules,
] satisfies readonly Rule[];
