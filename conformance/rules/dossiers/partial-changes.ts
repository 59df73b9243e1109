import fc from 'fast-check';
import { expectConcurrentSuccess } from '../../assertions/concurrency.ts';
import {
  type DossierView,
  expectDossierUpdated,
  expectOtherFieldsUnchanged,
  updateAndViewDossier,
  viewDossier,
  viewDossierUnder,
} from '../../assertions/dossiers.ts';
import { expectPermittedRefusal, type RefusalReason } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import {
  type ChangedDossier,
  contactFields,
  type DossierChanges,
  dossierStatuses,
  dossierTypes,
  type NewDossier,
} from '../../contract/resources.ts';
import { readModifyWrite, updatePreviousToo } from '../../faults/concurrency.ts';
import { writeDetailsToContacts } from '../../faults/contacts.ts';
import { onJsonBody } from '../../faults/inject.ts';
import { refuseUpdates } from '../../faults/refusals.ts';
import {
  createContact,
  retrieveContact,
  unusedEmail,
  withUnusedEmail,
} from '../../fixtures/contacts.ts';
import { createDossier, updateDossier } from '../../fixtures/dossiers.ts';
import { flowOfDossier, flowsOf } from '../../fixtures/flows.ts';
import { createFullDossier } from '../../fixtures/forms.ts';
import { contactsOfDossier, linkContact, linksOfDossier } from '../../fixtures/links-and-notes.ts';
import { aFullDossier, someDossierUpdates } from '../../generators/dossiers.ts';

const oneDossier = defineRule({
  id: 'changes/one-dossier',
  level: 'MUST',
  verifies: ['LG-DOS-067'],
  sentence: 'Updating a dossier changes that dossier and no other.',
  needs: [],
  check: (context) =>
    context.property(
      [aFullDossier(), someDossierUpdates('candidate')],
      async (draft, { email: _, ...others }) => {
        const org = await context.organization();
        const { id } = await createDossier(org, await withUnusedEmail(org, draft));
        await updateDossier(org, id, { company: 'Tulp Logistics' });
        const neighbour = await createDossier(org, { type: draft.type, name: 'Other dossier' });
        const before = await viewDossier(org, id);
        // An address that the other one has is a decision.
        await updateDossier(org, neighbour.id, { name: 'Updated', ...others });
        const after = await viewDossier(org, id);
        expectOtherFieldsUnchanged(context, before, { returned: { id }, ...after });
      },
    ),
  fault: updatePreviousToo(),
});

const nothingToChange = defineRule({
  id: 'changes/nothing-to-change',
  level: 'SHOULD',
  verifies: ['LG-DOS-092'],
  sentence: 'An update without any field succeeds and leaves the dossier unchanged.',
  needs: [],
  check: (context) =>
    context.property([aFullDossier()], async (draft) => {
      const org = await context.organization();
      const { id } = await createDossier(org, await withUnusedEmail(org, draft));
      const before = await viewDossier(org, id);
      const after = await updateAndViewDossier(org, id, {});
      expectEqual(after.returned.id, id, 'the id');
      expectOtherFieldsUnchanged(context, before, after);
    }),
  fault: refuseUpdates((body) => body === '{}'),
});

const texts = [
  {
    ...{ name: 'Noor Bakker', email: 'noor@example.com', phone: '+31 6 12345678' },
    ...{ company: 'Tulp Logistics', role: 'Planner', intake_notes: 'Met at the fair.' },
  },
  {
    ...{ name: 'Iris Maas', email: 'iris@example.com', phone: '+32 2 555 12 12' },
    ...{ company: 'Linde Retail', role: 'Buyer', intake_notes: 'Called.\nCalls back.' },
  },
] as const;

const deals = [
  { contact_person: 'Mark Visser', deal_size: 1250.5, deal_currency: 'USD' },
  { contact_person: 'Joris Smit', deal_size: 62_000, deal_currency: 'EUR' },
] as const;

/** A value in every string field and, for a sales dossier, a deal: one of two sets, alternating. */
const values = (type: NewDossier['type'], turn: number) => {
  const index = turn % 2 === 0 ? 0 : 1;
  return { ...texts[index], ...(type === 'sales' && deals[index]) };
};

/** The decisions that permit refusing an update because of the dossier's status. */
const reasonsAgainst = (status: string, sent: DossierChanges): readonly RefusalReason[] => {
  if (status === 'active' || 'status' in sent) return [];
  const moves: readonly RefusalReason[] = 'current_stage_id' in sent ? ['LG-DOS-086'] : [];
  return status === 'archived' ? ['LG-DOS-100', ...moves] : moves;
};

/**
 * Updates one field of a dossier with some status: only that field changes, or none if it is
 * refused.
 */
const changeOne = async (
  org: Organization,
  { before, status, sent }: { before: DossierView; status: string; sent: DossierChanges },
): Promise<DossierView> => {
  const { context } = org;

  const { id } = before.retrieved;
  context.about('LG-DOS-067');
  const exchange = await org.all.send('updateDossier', { path: { id }, body: sent });
  const refusals = reasonsAgainst(status, sent);
  if (refusals.length > 0 && exchange.response.status >= 400) {
    expectPermittedRefusal(context, exchange, refusals);
    context.about('LG-DOS-068');
    const kept = await viewDossierUnder(org, id, status);
    expectOtherFieldsUnchanged(context, before, { returned: { id }, ...kept });
    return kept;
  }
  context.expect.success(exchange);
  // Under another status, it isn't found.
  context.about('status' in sent ? 'LG-DOS-067' : 'LG-DOS-068');
  const after = await viewDossierUnder(org, id, sent.status ?? status);
  context.about('LG-DOS-067');
  const afterUpdate = { returned: dataOf(exchange.json) as ChangedDossier, ...after };
  expectDossierUpdated(afterUpdate, sent);
  context.about('LG-DOS-068');
  expectOtherFieldsUnchanged(context, before, afterUpdate, sent);
  return after;
};

/** Every field but the status, each alone; the assignment last, as it is cleared then. */
const fieldsInTurn = (values: DossierChanges, stage: string | undefined): DossierChanges[] => {
  const fields = { ...(stage !== undefined && { current_stage_id: stage }), ...values };
  const changes = Object.entries(fields).map(([name, value]) => ({ [name]: value }));
  return [...changes, { assigned_to: null }];
};

const eachFieldAlone = defineRule({
  id: 'changes/each-field-alone',
  level: 'MUST',
  verifies: ['LG-DOS-067', 'LG-DOS-068'],
  sentence:
    'Updating one field of a dossier changes no other field, whatever the status of the dossier.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const draft = await withUnusedEmail(org, values(type, 0));
      const dossier = await createFullDossier(org, { type, ...draft });
      const { stages } = await flowOfDossier(org, dossier);
      const [first, last] = [stages[0]?.id, stages.at(-1)?.id];
      const { id } = dossier;
      let before = await viewDossierUnder(org, id, 'active');
      for (const [turn, name] of dossierStatuses(context.contract).entries()) {
        const status = name as NonNullable<DossierChanges['status']>;
        const from = turn === 0 ? 'active' : (dossierStatuses(context.contract)[turn - 1] ?? '');
        before = await changeOne(org, { before, status: from, sent: { status } });
        const next = await withUnusedEmail(org, values(type, turn + 1));
        for (const sent of fieldsInTurn(next, turn % 2 === 0 ? last : first)) {
          before = await changeOne(org, { before, status, sent });
        }
        // A dossier that was assigned is assigned again.
        const { assigned_to } = dossier;
        if (assigned_to && status !== 'archived') await updateDossier(org, id, { assigned_to });
        before = await viewDossierUnder(org, id, status);
      }
    }
  },
  // A server that stores amount and currency as one field.
  fault: onJsonBody(['updateDossier'], (body) =>
    'deal_size' in body ? { deal_currency: null, ...body } : body,
  ),
});

/** A sales dossier of which two fields are updated simultaneously. */
const plain: readonly [NewDossier, DossierChanges[]] = [
  {
    ...{ type: 'sales', name: 'Tulp Logistics', company: 'Tulp', contact_person: 'Mark Visser' },
    ...{ deal_size: 1250.5, deal_currency: 'USD' },
  },
  [
    { name: 'Linde Retail', company: 'Linde' },
    { deal_size: 62_000, deal_currency: 'EUR' },
  ],
];

/** A full dossier and a sequence of updates of some of its fields. */
const aHistory = () =>
  aFullDossier().chain((draft) =>
    fc.tuple(
      fc.constant(draft),
      fc.array(someDossierUpdates(draft.type), { minLength: 1, maxLength: 3 }),
    ),
  );

const selection = defineRule({
  id: 'changes/selection',
  level: 'MUST',
  verifies: ['LG-DOS-067', 'LG-DOS-068'],
  sentence: "An update of any subset of a dossier's fields changes exactly those.",
  needs: [],
  check: async (context) => {
    const follow = async ([draft, history]: readonly [NewDossier, DossierChanges[]]) => {
      const org = await context.organization();
      const { id } = await createFullDossier(org, await withUnusedEmail(org, draft));
      for (const drafted of history) {
        const changes = await withUnusedEmail(org, drafted);
        const before = await viewDossier(org, id);
        context.about('LG-DOS-067');
        const after = await updateAndViewDossier(org, id, changes);
        expectDossierUpdated(after, changes);
        context.about('LG-DOS-068');
        expectOtherFieldsUnchanged(context, before, after, changes);
      }
    };
    await follow(plain);
    await context.property([aHistory()], follow);
  },
  // A server that clears fields that weren't sent.
  fault: onJsonBody(['updateDossier'], (body) => ({ company: null, ...body })),
});

/** Single fields that the list and the retrieved dossier must show. */
const changesOf = (mark: string) => ({
  ...{ name: `Named ${mark}`, company: `Company ${mark}`, contact_person: `Person ${mark}` },
  ...{ deal_size: Number(mark) * 1_000.5, deal_currency: Number(mark) % 2 === 0 ? 'USD' : 'GBP' },
});

const parallel = defineRule({
  id: 'changes/parallel',
  level: 'MUST',
  verifies: ['LG-DOS-067', 'LG-DOS-068'],
  sentence: "Simultaneous updates of different fields don't undo one another.",
  needs: [],
  check: (context) =>
    context.property(
      [aFullDossier()],
      async (draft) => {
        const org = await context.organization();
        const { id } = await createDossier(org, {
          ...(await withUnusedEmail(org, draft)),
          type: 'sales',
        });
        for (const mark of ['1', '2', '3']) {
          const changes = changesOf(mark);
          const sends = Object.entries(changes).map(
            ([name, value]) =>
              () =>
                org.all.send('updateDossier', { path: { id }, body: { [name]: value } }),
          );
          context.about('LG-DOS-067');
          await expectConcurrentSuccess(context, sends);
          const seen = await viewDossier(org, id);
          // Each update left out the fields of the others.
          context.about('LG-DOS-067', 'LG-DOS-068');
          expectDossierUpdated({ returned: { id }, ...seen }, changes);
        }
      },
      3,
    ),
  fault: readModifyWrite('updateDossier', [
    'name',
    'company',
    'contact_person',
    'deal_size',
    'deal_currency',
  ]),
});

const fixedFields = defineRule({
  id: 'changes/fixed-fields',
  level: 'SHOULD',
  verifies: ['LG-DOS-088'],
  sentence:
    'Updating a dossier ignores `type`, `flow_id` and `contact_id`, and updates the other fields.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const flows = await flowsOf(org);
    const { id: contact_id } = await createContact(org, { full_name: 'Iris Maas' });
    const types = dossierTypes(context.contract);
    for (const type of types) {
      const { id } = await createDossier(org, { type, name: 'Of one type' });
      const others = types.filter((one) => one !== type).map((one) => ({ type: one }));
      const fixed = [...others, ...flows.map((flow) => ({ flow_id: flow.id })), { contact_id }];
      for (const [index, field] of fixed.entries()) {
        const before = await viewDossier(org, id);
        const links = await linksOfDossier(org, id);
        const more = { name: `Renamed along with it ${String(index)}` };
        const after = await updateAndViewDossier(org, id, { ...field, ...more });
        expectDossierUpdated(after, more);
        expectOtherFieldsUnchanged(context, before, after, more);
        expectEqual(await linksOfDossier(org, id), links, 'the links as before,');
      }
    }
  },
  fault: refuseUpdates((body) => body.includes('"flow_id"')),
});

const old = {
  email: 'noor.bakker@example.com',
  phone: '+31612345678',
  company: 'Tulp',
  role: 'HR',
};

const changes = [
  { email: 'n.bakker@example.org' },
  { phone: '+3225551212' },
  { company: 'Rabobank' },
  { role: 'Director' },
];

const contactsAlone = defineRule({
  id: 'changes/contacts-alone',
  level: 'SHOULD',
  verifies: ['LG-DOS-087'],
  sentence:
    "Updating `email`, `phone`, `company` or `role` of a dossier doesn't change its contacts.",
  needs: [],
  check: async (context) => {
    for (const type of dossierTypes(context.contract)) {
      const org = await context.organization();
      const known = await withUnusedEmail(org, old);
      const { id } = await createDossier(org, { type, name: 'Noor Bakker', ...known });
      const { id: contact_id } = await createContact(org, { full_name: 'Iris Maas' });
      await linkContact(org, id, { contact_id, role_on_dossier: 'other' });
      const read = async () => {
        const contacts: unknown[] = [];
        for (const { contact_id: one } of await contactsOfDossier(org, id)) {
          const contact = await retrieveContact(org, one);
          contacts.push(contactFields(context.contract).map((field) => contact[field]));
        }
        return contacts;
      };
      const before = await read();
      for (const one of changes) {
        await updateDossier(org, id, await withUnusedEmail(org, one));
        expectEqual(await read(), before, 'the contacts as before,');
      }
      // Also with the address of another contact.
      const other = await createDossier(org, {
        type,
        name: 'Sanne',
        email: await unusedEmail(org),
      });
      await updateDossier(org, other.id, { email: known.email });
      expectEqual(await read(), before, 'the contacts as before,');
    }
  },
  fault: writeDetailsToContacts,
});

export default [
  oneDossier,
  nothingToChange,
  eachFieldAlone,
  selection,
  parallel,
  fixedFields,
  contactsAlone,
] satisfies readonly Rule[];
