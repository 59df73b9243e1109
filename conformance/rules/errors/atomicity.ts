import { retrySearch } from '../../assertions/contacts.ts';
import { expectOtherFieldsUnchanged, viewDossier } from '../../assertions/dossiers.ts';
import { unknownIdLike } from '../../assertions/foreign-ids.ts';
import { expectPermittedRefusal, snapshotOf } from '../../assertions/refusals.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds } from '../../contract/resources.ts';
import { demotePrimaryFirst } from '../../faults/contacts.ts';
import { type Fault, onJsonBody } from '../../faults/inject.ts';
import { refuseButApplyOthers } from '../../faults/partial-writes.ts';
import {
  contactsContaining,
  createContact,
  createContacts,
  documentedFieldsOf,
  unusedWord,
  updateContact,
} from '../../fixtures/contacts.ts';
import { createDossier, updateDossier } from '../../fixtures/dossiers.ts';
import {
  addNote,
  linkContact,
  linksOfDossier,
  noteContentsOfDossier,
  primaryLink,
} from '../../fixtures/links-and-notes.ts';

const errorsNoHalfChange = defineRule({
  id: 'errors/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'Creating a dossier with one invalid field changes nothing.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const { organization, expect } = context;
    const org = await organization();
    const id = unknownIdLike((await org.prepare('listFlowStages')).path?.['id'] ?? '');
    const right = { type: 'sales', name: 'Tulp Logistics', company: 'Tulp' } as const;
    const create = (wrong: object) =>
      org.all.send('createDossier', { body: { ...right, ...wrong } });
    // The contact of the dossier isn't left either.
    const before = await snapshotOf(org);
    const invalidQueries = [
      ...[{ type: 'neither' }, { name: undefined }, { deal_size: 'much' }],
      ...[{ flow_id: id }, { contact_id: id }],
    ];
    for (const wrong of invalidQueries) {
      expectPermittedRefusal(context, await create(wrong), [
        'LG-ERR-023',
        'LG-DOS-027',
        'LG-DOS-055',
      ]);
      expectEqual(await snapshotOf(org), before, 'the same state as before,');
    }
    expect.success(await create({}));
  },
  fault: refuseButApplyOthers('flow_id'),
});

const right = { name: 'Half an update', company: 'Tulp Logistics', contact_person: 'Iris Maas' };

/** A server that applies the valid fields before it checks the others. */
const applyValidFirst: Fault = (fetch, name) => async (request) => {
  const half = onJsonBody(['updateDossier'], (body) => ({ name: body['name'] }));
  if (name(request.method, request.url) === 'updateDossier') {
    await half(fetch, name)(request.clone());
  }
  return fetch(request);
};

const changesNoHalfChange = defineRule({
  id: 'changes/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'An update with one invalid field changes nothing.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'sales' as const, name: 'Unchanged', company: 'Rabobank' };
    const { id, current_stage_id } = await createDossier(org, draft);
    const before = await viewDossier(org, id);
    // Both are refused by any reading of the documentation.
    const stage = { current_stage_id: unknownIdLike(current_stage_id) };
    for (const wrong of [{ status: 'open' }, stage]) {
      // Whether the invalid field is first or last.
      for (const body of [
        { ...right, ...wrong },
        { ...wrong, ...right, ...wrong },
      ]) {
        const refused = await org.all.send('updateDossier', { path: { id }, body });
        expectPermittedRefusal(context, refused, ['LG-ERR-023', 'LG-DOS-085']);
        const after = await viewDossier(org, id);
        expectOtherFieldsUnchanged(context, before, { returned: { id }, ...after });
      }
    }
    await updateDossier(org, id, right);
  },
  fault: applyValidFirst,
});

const contactsNoHalfChange = defineRule({
  id: 'contacts/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'Creating or updating a contact with one invalid field changes nothing.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const [kind = 'candidate'] = contactKinds(context.contract);
    const word = await unusedWord(org);
    const email = `noor.bakker.${word}@example.com`;
    await createContact(org, { full_name: 'Noor Bakker', email });
    const { id } = await createContact(org, { full_name: `Iris ${word}`, kind: [kind] });
    const read = async () =>
      (await contactsContaining(org, word)).map((contact) =>
        documentedFieldsOf(context.contract, contact),
      );
    const before = await read();
    const right = { full_name: `Mark ${word}`, company: `Tulp ${word}`, kind: [] };
    const invalidQueries = [
      { kind: [kind, 'lead'] },
      { email },
      { full_name: null },
      { city: ['Ede'] },
    ];
    for (const invalid of invalidQueries) {
      const body = { ...right, ...invalid };
      expectPermittedRefusal(context, await org.all.send('createContact', { body }), [
        'LG-ERR-023',
        409,
      ]);
      const change = { path: { id }, body };
      expectPermittedRefusal(context, await org.all.send('updateContact', change), [
        'LG-ERR-023',
        409,
      ]);
      await retrySearch(context, async () => {
        expectEqual(await read(), before, 'all contacts as before,');
      });
    }
    await createContact(org, { full_name: 'Mark' });
    await updateContact(org, id, { full_name: 'Mark', company: 'Tulp' });
  },
  // A server that applies an update field by field, up to the invalid one.
  fault: refuseButApplyOthers('city', 400),
});

const linksNoHalfChange = defineRule({
  id: 'links/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A refused link changes nothing, and the primary contact stays the same.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With refused links' });
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor = '', iris = ''] = (await createContacts(org, people)).map((one) => one.id);
    await linkContact(org, id, { contact_id: noor, ...primaryLink });
    const before = await linksOfDossier(org, id);
    const right = { contact_id: iris, ...primaryLink };
    const invalidQueries = [
      { role_on_dossier: 'friend' },
      { role_on_dossier: undefined },
      { is_primary: 'yes' },
      { contact_id: unknownIdLike(iris) },
    ];
    for (const invalid of invalidQueries) {
      const request = { path: { id }, body: { ...right, ...invalid } };
      expectPermittedRefusal(context, await org.all.send('linkDossierContact', request), [
        'LG-ERR-023',
        'LG-LNK-013',
      ]);
      expectEqual(await linksOfDossier(org, id), before, 'the links as before,');
    }
    await linkContact(org, id, right);
  },
  // A server that demotes the primary contact before it validates the new link.
  fault: demotePrimaryFirst,
});

const notesNoHalfChange = defineRule({
  id: 'notes/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: "A note with one invalid field isn't added.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With a refused note' });
    await addNote(org, id, { content: 'Called' });
    const before = await noteContentsOfDossier(org, id);
    const right = { content: 'Called again', is_internal: false };
    for (const invalid of [{ is_internal: 'no' }, { is_internal: null }, { content: ['Called'] }]) {
      const request = { path: { id }, body: { ...right, ...invalid } };
      context.expect.refusal(await org.all.send('createDossierNote', request), 400);
      expectEqual(await noteContentsOfDossier(org, id), before, 'the notes as before,');
    }
    await addNote(org, id, right);
  },
  fault: refuseButApplyOthers('is_internal', 400),
});

export default [
  errorsNoHalfChange,
  changesNoHalfChange,
  contactsNoHalfChange,
  linksNoHalfChange,
  notesNoHalfChange,
] satisfies readonly Rule[];
