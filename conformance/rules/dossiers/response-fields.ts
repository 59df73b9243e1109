import fc from 'fast-check';
import type { Contract } from '../../../openapi/contract.ts';
import {
  comparableDossierValue,
  createAndViewDossier,
  dossierPlaces,
  primaryContactFields,
  updateAndViewDossier,
} from '../../assertions/dossiers.ts';
import { isPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { alwaysShown, exampleMembers } from '../../contract/fields.ts';
import {
  type ChangedDossier,
  type Dossier,
  type DossierChanges,
  dossierFields,
  dossierTypes,
  liveStatuses,
} from '../../contract/resources.ts';
import { onData, onPage, onResponse } from '../../faults/inject.ts';
import { withUnusedEmail } from '../../fixtures/contacts.ts';
import {
  archiveDossier,
  createDossier,
  findListedDossier,
  retrieveDossier,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { activateDossier, flowOfDossier } from '../../fixtures/flows.ts';
import { aDossier, aFullDossier, someDossierUpdates } from '../../generators/dossiers.ts';

const expectWhole = (dossier: Dossier, fields: readonly string[]): void => {
  for (const field of fields) {
    const value = dossier[field as keyof Dossier];
    const shown = typeof value === 'string' && value !== '';
    expectThat(shown, `${field} of the dossier`, () => dossier);
  }
};

const documentedFields = defineRule({
  id: 'dossiers/documented-fields',
  level: 'MUST',
  verifies: ['LG-DOS-016', 'LG-DOS-066', 'LG-DOS-102'],
  sentence:
    'A retrieved dossier has `id`, `type`, `name` and `current_stage_id`, and a listed one also `status` and `created_at`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const shown = alwaysShown(context.contract, 'getDossier');
    const listed = alwaysShown(context.contract, 'listDossiers');
    for (const type of dossierTypes(context.contract)) {
      for (const status of liveStatuses(context.contract)) {
        const { id } = await createDossier(org, { type, name: `With its fields, ${status}` });
        if (status !== 'active') await updateDossier(org, id, { status });
        context.about('LG-DOS-066');
        const retrieved = await retrieveDossier(org, id);
        expectWhole(retrieved, shown);
        const { current_stage_id: stage_id } = retrieved;
        for (const filter of [{ status }, { status, type }, { status, stage_id }]) {
          context.about('LG-DOS-016');
          const item = await findListedDossier(org, id, filter);
          for (const field of listed) {
            context.about(shown.includes(field) ? 'LG-DOS-016' : 'LG-DOS-102');
            expectWhole(item, [field]);
          }
        }
      }
    }
  },
  // A server whose list leaves out the field that it was filtered by.
  fault: onPage(['listDossiers'], ({ data }, url) => {
    if (!url.searchParams.has('type')) return;
    for (const dossier of data) delete dossier['type'];
  }),
});

const answer = defineRule({
  id: 'changes/answer',
  level: 'MUST',
  verifies: ['LG-DOS-069'],
  sentence:
    'Updating a dossier returns its id and the new values of `current_stage_id` and `status` that were sent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const dossier = await createDossier(org, { type, name: 'Updated' });
      const { stages } = await flowOfDossier(org, dossier);
      const moves = stages.map(({ id: current_stage_id }) => ({ current_stage_id }));
      const changes = [
        ...moves,
        ...moves.map((stage) => ({ ...stage, status: 'active' as const })),
        ...(['won', 'lost', 'active', 'archived'] as const).map((status) => ({ status })),
      ];
      for (const sent of changes) {
        await activateDossier(org, dossier.id);
        const returned = await updateDossier(org, dossier.id, sent);
        expectEqual(returned.id, dossier.id, 'the id in the response');
        for (const [name, value] of Object.entries(sent)) {
          expectEqual(returned[name as keyof typeof sent], value, `${name} in the response`);
        }
      }
      for (const sent of moves.map((stage) => ({ ...stage, status: 'active' as const }))) {
        await updateDossier(org, dossier.id, { status: 'lost' });
        const path = { id: dossier.id };
        const exchange = await org.all.send('updateDossier', { path, body: sent });
        // Whether a dossier that isn't active can be moved is a decision (LG-DOS-086).
        if (isPermittedRefusal(context, exchange, ['LG-DOS-086'])) continue;
        context.expect.success(exchange);
        const { current_stage_id, status } = dataOf(exchange.json) as ChangedDossier;
        expectEqual({ current_stage_id, status }, sent, 'stage and status in the response');
      }
    }
  },
  // A server that returns the dossier as it was before the update.
  fault: onData(['updateDossier'], (dossier) => {
    dossier['status'] = 'active';
  }),
});

/** The fields in the examples of responses, other than stage and status (LG-DOS-069). */
const shownIn = (contract: Contract): readonly string[] => {
  const operations = ['listDossiers', 'getDossier', 'createDossier'] as const;
  const members = operations.flatMap((operation) => exampleMembers(contract, operation));
  return [...new Set(members)].filter((name) => !['current_stage_id', 'status'].includes(name));
};

const expectAnswered = async (
  org: Organization,
  id: string,
  changes: DossierChanges,
): Promise<void> => {
  const returned = await updateDossier(org, id, changes);
  for (const name of shownIn(org.context.contract)) {
    const sent = changes[name as keyof DossierChanges] ?? null;
    if (sent === null) continue;
    const value = comparableDossierValue(name, returned[name as keyof typeof returned]) ?? null;
    expectEqual(value, comparableDossierValue(name, sent), `${name} in the response to the update`);
  }
};

const changedFieldsAnswered = defineRule({
  id: 'changes/changed-fields-answered',
  level: 'MUST',
  verifies: ['LG-DOS-104'],
  sentence: 'Updating a dossier returns the new value of each field that was sent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const common: DossierChanges[] = [{ name: 'Renamed' }, { company: 'Linde' }];
    const [assigned_to] = org.members;
    if (assigned_to !== undefined) common.push({ assigned_to });
    const deal = { deal_size: 7500, deal_currency: 'USD' };
    const sales = [...common, { contact_person: 'Iris Maas' }, deal, { deal_size: 8000 }];
    for (const type of dossierTypes(context.contract)) {
      const { id } = await createDossier(org, { type, name: 'Updated field by field' });
      // Each field alone, since its response must not depend on others.
      for (const changes of type === 'sales' ? sales : common) {
        await expectAnswered(org, id, changes);
      }
    }
    await context.property(
      [
        aFullDossier().chain((draft) =>
          someDossierUpdates(draft.type).map((sent) => [draft, sent] as const),
        ),
      ],
      async ([draft, sent]) => {
        const { id } = await createDossier(org, await withUnusedEmail(org, draft));
        await expectAnswered(org, id, await withUnusedEmail(org, sent));
      },
      6,
    );
  },
  // A server that returns only the fields of the example.
  fault: onData(['updateDossier'], (dossier) => {
    for (const name of Object.keys(dossier)) {
      if (!['id', 'current_stage_id', 'status'].includes(name))
        Reflect.deleteProperty(dossier, name);
    }
  }),
});

const wholeDossier = defineRule({
  id: 'dossiers/whole-dossier',
  level: 'SHOULD',
  verifies: ['LG-DOS-017', 'LG-DOS-018'],
  sentence: 'Creating, retrieving and listing return the same whole dossier.',
  needs: [],
  check: (context) =>
    context.property([aDossier()], async (draft) => {
      const org = await context.organization();
      const seen = await createAndViewDossier(org, draft);
      context.about('LG-DOS-018');
      const fields = dossierFields(context.contract);
      for (const place of dossierPlaces) {
        const { status, created_at } = seen[place];
        context.about(place === 'retrieved' ? 'LG-DOS-017' : 'LG-DOS-018');
        expectThat(Boolean(status && created_at), 'status and created_at', () => seen[place]);
        context.about('LG-DOS-018');
        const missing = fields.filter((field) => seen[place][field] === undefined);
        expectThat(missing.length === 0, `a whole dossier (${place})`, () => missing);
        for (const field of fields) {
          expectEqual(seen[place][field], seen.created[field], `${field} (${place})`);
        }
      }
    }),
  // A server that leaves out fields without a value.
  fault: onData(['createDossier'], (dossier) => {
    for (const [field, value] of Object.entries(dossier)) {
      if (value === null) Reflect.deleteProperty(dossier, field);
    }
  }),
});

const aChangedDossier = () =>
  aFullDossier().chain((draft) => fc.tuple(fc.constant(draft), someDossierUpdates(draft.type)));

const changesWholeAnswer = defineRule({
  id: 'changes/whole-answer',
  level: 'SHOULD',
  verifies: ['LG-DOS-018', 'LG-DOS-042'],
  sentence: 'Updating a dossier returns the whole dossier with its new values.',
  needs: [],
  check: (context) =>
    context.property([aChangedDossier()], async ([first, second]) => {
      const org = await context.organization();
      const draft = await withUnusedEmail(org, first);
      const changes = await withUnusedEmail(org, second);
      const { id } = await createDossier(org, draft);
      context.about('LG-DOS-018');
      const { returned, retrieved, listed } = await updateAndViewDossier(org, id, changes);
      const fields = dossierFields(context.contract);
      const missing = fields.filter((field) => returned[field] === undefined);
      expectThat(missing.length === 0, 'a whole dossier in the response', () => missing);
      for (const field of fields) {
        expectEqual(retrieved[field], returned[field], `${field} as in the response,`);
        expectEqual(listed[field], returned[field], `${field} as in the response,`);
      }
      for (const [name, value] of Object.entries({ ...draft, ...changes })) {
        context.about(primaryContactFields.has(name) ? 'LG-DOS-042' : 'LG-DOS-018');
        expectEqual(returned[name as keyof typeof returned], value, `${name} as sent,`);
      }
    }),
  // A server that returns only the fields of the example.
  fault: onResponse(['updateDossier'], (mutable) => {
    if (mutable.status >= 300) return;
    const { data } = mutable.body as { data: Record<string, unknown> };
    const { id, current_stage_id, status } = data;
    mutable.body = { data: { id, current_stage_id, status } };
  }),
});

const archivingWholeAnswer = defineRule({
  id: 'archiving/whole-answer',
  level: 'SHOULD',
  verifies: ['LG-DOS-018'],
  sentence: 'Deleting a dossier returns the whole dossier.',
  needs: [],
  check: (context) =>
    context.property([aFullDossier()], async (draft) => {
      const org = await context.organization();
      const { id } = await createDossier(org, await withUnusedEmail(org, draft));
      const returned = await archiveDossier(org, id);
      const retrieved = await retrieveDossier(org, id);
      for (const field of dossierFields(context.contract)) {
        expectEqual(returned[field], retrieved[field], `${field} in the response`);
      }
    }),
  // A server that returns only the fields of the example.
  fault: onResponse(['archiveDossier'], (mutable) => {
    if (mutable.status >= 300) return;
    const { data } = mutable.body as { data: { id: string; status: string } };
    mutable.body = { data: { id: data.id, status: data.status } };
  }),
});

export default [
  documentedFields,
  answer,
  changedFieldsAnswered,
  wholeDossier,
  changesWholeAnswer,
  archivingWholeAnswer,
] satisfies readonly Rule[];
