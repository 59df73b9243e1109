import {
  expectDossierListedUnder,
  expectOtherFieldsUnchanged,
  updateAndViewDossier,
  viewDossier,
} from '../../assertions/dossiers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { dossierTypes, liveStatuses } from '../../contract/resources.ts';
import { hidePartsOfDeleted } from '../../faults/applied-requests.ts';
import { type Fault, onJsonBody } from '../../faults/inject.ts';
import { createContact, withUnusedEmail } from '../../fixtures/contacts.ts';
import {
  archiveDossier,
  createDossier,
  retrieveDossier,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { flowOfDossier } from '../../fixtures/flows.ts';
import { createFullDossier } from '../../fixtures/forms.ts';
import {
  addNote,
  linkContact,
  linksOfDossier,
  noteContentsOfDossier,
  primaryLink,
} from '../../fixtures/links-and-notes.ts';
import { aFullDossier } from '../../generators/dossiers.ts';
import { awkwardTexts } from '../../generators/values.ts';

const restored = defineRule({
  id: 'archiving/restored',
  level: 'MUST',
  verifies: ['LG-DOS-098', 'LG-DOS-008'],
  sentence:
    'Updating the status to `active`, `won` or `lost` restores an archived dossier, however it was archived.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const [turn, type] of dossierTypes(context.contract).entries()) {
      const { id } = await createDossier(org, { type, name: 'To be restored' });
      const statuses = [...liveStatuses(context.contract), 'active' as const];
      for (const [index, status] of statuses.entries()) {
        // For each status one way to archive for one type, and the other for the other type.
        if ((index + turn) % 2 === 0) await archiveDossier(org, id);
        else await updateDossier(org, id, { status: 'archived' });
        context.about('LG-DOS-008');
        await expectDossierListedUnder(org, id, 'archived');
        context.about('LG-DOS-098');
        const returned = await updateDossier(org, id, { status });
        expectEqual(returned.status, status, 'the status in the response');
        await expectDossierListedUnder(org, id, status, () => {
          context.about('LG-DOS-008');
        });
        context.about('LG-DOS-098');
        const { status: shown } = await retrieveDossier(org, id);
        expectEqual(shown ?? status, status, 'the status of the retrieved dossier');
      }
    }
  },
  // A server that restores every dossier as active.
  fault: onJsonBody(['updateDossier'], (body) =>
    body['status'] === 'won' || body['status'] === 'lost' ? { ...body, status: 'active' } : body,
  ),
});

/** A server that unassigns archived dossiers. */
const unassign: Fault = (fetch, name) => async (request) => {
  const response = await fetch(request.clone());
  if (name(request.method, request.url) !== 'archiveDossier') return response;
  const headers = new Headers(request.headers);
  headers.set('content-type', 'application/json');
  const body = JSON.stringify({ assigned_to: null });
  await fetch(new Request(request.url, { method: 'PATCH', headers, body }));
  return response;
};

const keptFields = defineRule({
  id: 'archiving/kept-fields',
  level: 'MUST',
  verifies: ['LG-DOS-097'],
  sentence: 'A deleted and restored dossier has the same fields, stage and CV as before.',
  needs: [],
  check: (context) =>
    context.property([aFullDossier()], async (draft) => {
      const org = await context.organization();
      const { id, current_stage_id } = await createFullDossier(
        org,
        await withUnusedEmail(org, draft),
      );
      const { stages } = await flowOfDossier(org, { current_stage_id });
      const stage = stages[1]?.id ?? current_stage_id;
      await updateDossier(org, id, { current_stage_id: stage });
      const before = await viewDossier(org, id);
      await archiveDossier(org, id);
      const after = await updateAndViewDossier(org, id, { status: 'active' });
      expectOtherFieldsUnchanged(context, before, after, { status: 'active' });
      expectEqual(after.retrieved.current_stage_id, stage, 'the stage of the retrieved dossier');
      expectEqual(after.listed.current_stage_id, stage, 'the stage in the list');
    }),
  fault: unassign,
});

const keptContacts = defineRule({
  id: 'archiving/kept-contacts',
  level: 'MUST',
  verifies: ['LG-DOS-097'],
  sentence: 'A deleted and restored dossier has the same contacts as before, with the same links.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const { id } = await createDossier(org, { type, name: 'With contacts to keep' });
      const roles = [{ role_on_dossier: 'champion', is_primary: false } as const, primaryLink];
      for (const role of roles) {
        const contact = await createContact(org, { full_name: 'Iris Maas' });
        await linkContact(org, id, { contact_id: contact.id, ...role });
      }
      const before = await linksOfDossier(org, id);
      await archiveDossier(org, id);
      await updateDossier(org, id, { status: 'active' });
      expectEqual(await linksOfDossier(org, id), before, 'the contacts as before,');
    }
  },
  fault: hidePartsOfDeleted('listDossierContacts'),
});

const keptNotes = defineRule({
  id: 'archiving/kept-notes',
  level: 'MUST',
  verifies: ['LG-DOS-097'],
  sentence: 'A deleted and restored dossier has the same notes as before.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const { id } = await createDossier(org, { type, name: 'With notes to keep' });
      for (const [index, content] of awkwardTexts.slice(0, 10).entries()) {
        await addNote(org, id, { content, is_internal: index % 2 === 0 });
      }
      const before = await noteContentsOfDossier(org, id);
      await archiveDossier(org, id);
      await updateDossier(org, id, { status: 'active' });
      expectEqual(await noteContentsOfDossier(org, id), before, 'the notes as before,');
    }
  },
  fault: hidePartsOfDeleted('listDossierNotes'),
});

export default [restored, keptFields, keptContacts, keptNotes] satisfies readonly Rule[];
