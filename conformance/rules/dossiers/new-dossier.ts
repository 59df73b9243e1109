import fc from 'fast-check';
import {
  createAndViewDossier,
  type DossierPlace,
  dossierPlaces,
  expectDossierKept,
  expectSameInAllPlaces,
} from '../../assertions/dossiers.ts';
import {
  checkEachField,
  type FieldRequirements,
  requirementsAbout,
} from '../../assertions/fields.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { alwaysShown } from '../../contract/fields.ts';
import { type Dossier, dossierTypes, type NewDossier } from '../../contract/resources.ts';
import { type Fault, onData, onJsonBody } from '../../faults/inject.ts';
import { createContact } from '../../fixtures/contacts.ts';
import { createDossier, retrieveDossier } from '../../fixtures/dossiers.ts';
import { createListedFlow, defaultFlowOf, firstStageOf, flowsOf } from '../../fixtures/flows.ts';
import { findLinked } from '../../fixtures/links-and-notes.ts';
import { aDossier, plainFlows } from '../../generators/dossiers.ts';
import { anEmail, inheritedNames } from '../../generators/values.ts';

const newDossier = defineRule({
  id: 'dossiers/new-dossier',
  level: 'MUST',
  verifies: ['LG-DOS-020', 'LG-DOS-021', 'LG-DOS-103'],
  sentence: 'Creating a dossier returns the new dossier, which is active.',
  needs: [],
  check: ({ organization, property, contract, about }) =>
    property([aDossier()], async (draft) => {
      about('LG-DOS-020');
      const created = await createDossier(await organization(), draft);
      for (const field of alwaysShown(contract, 'createDossier')) {
        about(field === 'created_at' ? 'LG-DOS-103' : 'LG-DOS-020');
        const value = created[field as keyof typeof created];
        expectThat(
          typeof value === 'string' && value !== '',
          `${field} in the response to the creation`,
          () => created,
        );
      }
      about('LG-DOS-021');
      expectEqual(created.status, 'active', 'the status of a new dossier');
    }),
  fault: onData(['createDossier'], (dossier) => {
    dossier['status'] = 'new';
  }),
});

const type = defineRule({
  id: 'dossiers/type',
  level: 'MUST',
  verifies: ['LG-DOS-001', 'LG-DOS-029'],
  sentence: 'Creating a dossier needs a documented `type`, which the dossier keeps.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const name = 'Noor Bakker';
    const flows = await flowsOf(org);
    const deal = { contact_person: 'Iris', deal_size: 62_000, deal_currency: 'EUR' };
    for (const type of dossierTypes(context.contract)) {
      // Neither a sales-only field nor a flow replaces the type.
      const flow = defaultFlowOf(flows, type);
      const hint = type === 'sales' ? deal : { role: 'Planner' };
      const hints = [{}, hint, ...(flow ? [{ flow_id: flow.id }] : [])];
      const others = ['', 'lead', `${type}_2`, ...inheritedNames].map((one) => ({ type: one }));
      context.about('LG-DOS-029');
      for (const invalid of [...hints, ...others]) {
        const exchange = await org.all.send('createDossier', { body: { name, ...invalid } });
        context.expect.refusal(exchange, 400);
      }
      context.about('LG-DOS-001');
      expectDossierKept(await createAndViewDossier(org, { type, name }), { type }, dossierPlaces);
    }
  },
  // A server that stores every unknown type as candidate.
  fault: onJsonBody(['createDossier'], (body) => ({
    ...body,
    type: body['type'] === 'sales' ? 'sales' : 'candidate',
  })),
});

const roundTrip = defineRule({
  id: 'dossiers/round-trip',
  level: 'MUST',
  verifies: ['LG-DOS-019', 'LG-DOS-065'],
  sentence: 'A new dossier is retrieved by its id, with all fields that were sent.',
  needs: [],
  check: (context) =>
    context.property([aDossier()], async (draft) => {
      const org = await context.organization();
      context.about('LG-DOS-019');
      const seen = await createAndViewDossier(org, draft);
      context.about('LG-DOS-065');
      expectEqual(seen.retrieved.id, seen.created.id, 'the requested id');
      context.about('LG-DOS-019', 'LG-DOS-065');
      expectDossierKept(seen, draft);
      expectSameInAllPlaces(context, seen);
    }),
  // A server that reads from another column.
  fault: onData(['getDossier'], (dossier) => {
    dossier['company'] = dossier['name'];
  }),
});

const full: Readonly<Record<NewDossier['type'], Partial<NewDossier>>> = {
  candidate: {},
  sales: { contact_person: 'Mark Visser', deal_size: 12.5, deal_currency: 'USD' },
};

/** One of each type with all strings, then any subset of fields. */
const drafts = (): fc.Arbitrary<NewDossier> =>
  fc.oneof(
    fc.constantFrom<NewDossier[]>(
      ...(['candidate', 'sales'] as const).map((type) => ({
        ...{ type, name: 'Noor Bakker', company: 'Tulp Logistics', role: 'Planner' },
        ...{ phone: '+31 6 12345678', intake_notes: 'Met at the fair.', ...full[type] },
      })),
    ),
    aDossier(),
  );

/** A contact whose details differ from the dossier's. */
const person = { full_name: 'Iris Maas', company: 'Linde Retail', role: 'Buyer' };

/** The fields that the list must return. */
const listed = ['company', 'contact_person', 'deal_size', 'deal_currency', 'assigned_to'];

/** The places that must show a field. */
const placesOf = (field: string): readonly DossierPlace[] => {
  if (field === 'type' || field === 'name') return dossierPlaces;
  return listed.includes(field) ? ['listed'] : [];
};

const requirements: FieldRequirements = {
  ...{ type: 'LG-DOS-001', flow_id: 'LG-DOS-024', company: 'LG-DOS-035', role: 'LG-DOS-036' },
  ...{ assigned_to: 'LG-DOS-037', contact_person: 'LG-DOS-039', deal_size: 'LG-DOS-040' },
  ...{ deal_currency: 'LG-DOS-041', contact_id: 'LG-DOS-052' },
};

const allFieldsTogether = defineRule({
  id: 'dossiers/all-fields-together',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-001', 'LG-DOS-024', 'LG-DOS-035', 'LG-DOS-036', 'LG-DOS-037'] as const),
    ...(['LG-DOS-039', 'LG-DOS-040', 'LG-DOS-041', 'LG-DOS-052'] as const),
  ],
  sentence: 'All fields of a new dossier are stored, in any combination.',
  needs: ['fresh-organizations', 'flows', 'members'],
  check: (context) =>
    context.property(
      [drafts(), fc.option(anEmail(), { nil: undefined }), fc.boolean(), fc.boolean()],
      async (texts, email, assigned, given) => {
        const org = await context.organization();
        const [draft] = plainFlows(1, texts.type);
        const [assigned_to] = org.members;
        if (!draft || assigned_to === undefined) return;
        const { id: flow_id, stages } = await createListedFlow(org, draft);
        const contact_id = given ? (await createContact(org, person)).id : undefined;
        const sent = {
          ...texts,
          flow_id,
          ...(email && { email }),
          ...(assigned && { assigned_to }),
          ...(contact_id !== undefined && { contact_id }),
        };
        context.about(...requirementsAbout(requirements, Object.keys(sent)));
        const seen = await createAndViewDossier(org, sent);
        // The fields of other rules concern all of these: something went wrong with the combination.
        checkEachField(context, requirements, sent, (field) => {
          expectDossierKept(seen, field, Object.keys(field).flatMap(placesOf));
        });
        context.about('LG-DOS-052');
        if (contact_id !== undefined) await findLinked(org, seen.created.id, contact_id);
        context.about('LG-DOS-024');
        for (const place of dossierPlaces) {
          const { current_stage_id: stage } = seen[place];
          const inside = stages.some(({ id }) => id === stage);
          expectThat(inside, 'a stage of the given flow', () => stage);
        }
      },
    ),
  // A server that uses the name of the contact with that address as the contact person.
  fault: onJsonBody(['createDossier'], (body) => ({
    ...body,
    ...(body['email'] && body['contact_person'] ? { contact_person: body['name'] } : {}),
  })),
});

/** A server that returns the first dossier for a repeated creation. */
const answerRepetitions: Fault = (fetch, name) => {
  const seen = new Map<string, Response>();
  return async (request) => {
    if (name(request.method, request.url) !== 'createDossier') return fetch(request);
    const body = await request.clone().text();
    const response = seen.get(body) ?? (await fetch(request));
    seen.set(body, response.clone());
    return response;
  };
};

const repeatedCreation = defineRule({
  id: 'dossiers/repeated-creation',
  level: 'SHOULD',
  verifies: ['LG-DOS-032'],
  sentence: 'Creating the same dossier twice creates two dossiers.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of ['candidate', 'sales'] as const) {
      const draft = { type, name: 'Noor Bakker', company: 'Tulp Logistics' };
      const [one, two] = [await createDossier(org, draft), await createDossier(org, draft)];
      expectThat(one.id !== two.id, 'another dossier for the second creation', () => two.id);
      for (const { id } of [one, two]) await retrieveDossier(org, id);
    }
  },
  fault: answerRepetitions,
});

const ignoredFields = defineRule({
  id: 'dossiers/no-say-in-status',
  level: 'SHOULD',
  verifies: ['LG-DOS-051'],
  sentence: 'Creating a dossier ignores `status`, `current_stage_id` and `cv_url`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const flow = defaultFlowOf(await flowsOf(org), 'candidate');
    const wishes = { status: 'won', current_stage_id: flow?.stages.at(-1)?.id, cv_url: 'a/b.pdf' };
    for (const [field, value] of Object.entries(wishes)) {
      const body = { type: 'candidate', name: 'Noor Bakker', [field]: value };
      const exchange = await org.all.send('createDossier', { body });
      context.expect.success(exchange);
      const created = dataOf(exchange.json) as Dossier;
      for (const dossier of [created, await retrieveDossier(org, created.id)]) {
        expectEqual(dossier.status ?? 'active', 'active', 'the status');
        const first = flow && firstStageOf(flow)?.id;
        expectEqual(dossier.current_stage_id, first, 'the stage');
        expectEqual(dossier.cv_url ?? null, null, 'cv_url');
      }
    }
  },
  fault: onData(['getDossier'], (dossier) => {
    dossier['status'] = 'won';
  }),
});

export default [
  newDossier,
  type,
  roundTrip,
  allFieldsTogether,
  repeatedCreation,
  ignoredFields,
] satisfies readonly Rule[];
