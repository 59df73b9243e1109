import fc from 'fast-check';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { dossierTypes } from '../../contract/resources.ts';
import { treatKeysAsFirst } from '../../faults/access.ts';
import { ignoreField } from '../../faults/inject.ts';
import { acceptRefused, refuseWithOther } from '../../faults/refusals.ts';
import { createContact, deleteContact } from '../../fixtures/contacts.ts';
import { createDossier, expectNoDossierNamed } from '../../fixtures/dossiers.ts';
import { defaultFlowOf, flowsOf } from '../../fixtures/flows.ts';
import { createDossierInFormat, creationFormats, formOf } from '../../fixtures/forms.ts';
import { aDossierType } from '../../generators/dossiers.ts';

const unknownFlow = defineRule({
  id: 'dossiers/unknown-flow',
  level: 'MUST',
  verifies: ['LG-DOS-026'],
  sentence: "A `flow_id` that doesn't exist is refused, and no dossier is created.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const flows = await flowsOf(org);
    const aUuid = fc.uuid({ version: 4 });
    await context.property(
      [aUuid, fc.constantFrom(...dossierTypes(context.contract))],
      async (flow_id, type) => {
        const flow = defaultFlowOf(flows, type);
        if (!flow) return;
        const body = { type, name: `For no flow ${flow_id}` };
        const invalid = await org.all.send('createDossier', { body: { ...body, flow_id } });
        expectPermittedRefusal(context, invalid, ['LG-DOS-027']);
        await expectNoDossierNamed(org, body.name);
        await createDossier(org, { type, name: 'For a flow', flow_id: flow.id });
      },
      3,
    );
  },
  // A server that uses the default flow instead.
  fault: ignoreField('createDossier', 'flow_id'),
});

const unknownContact = defineRule({
  id: 'dossiers/unknown-contact',
  level: 'MUST',
  verifies: ['LG-DOS-054'],
  sentence:
    "A `contact_id` that doesn't exist, or no longer exists, is refused, and no dossier is created.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property(
      [fc.uuid({ version: 4 }), aDossierType()],
      async (unknown, type) => {
        const { id: deleted } = await createContact(org, { full_name: 'Soon gone' });
        await deleteContact(org, deleted);
        for (const contact_id of [unknown, deleted]) {
          const body = { type, name: `For no contact ${contact_id}` };
          const invalid = await org.all.send('createDossier', { body: { ...body, contact_id } });
          expectPermittedRefusal(context, invalid, ['LG-DOS-055']);
          await expectNoDossierNamed(org, body.name);
        }
        await createDossier(org, { type, name: 'For a contact of its own' });
      },
      3,
    );
  },
  // A server that creates a contact instead.
  fault: ignoreField('createDossier', 'contact_id'),
});

const foreignFlow = defineRule({
  id: 'dossiers/foreign-flow',
  level: 'MUST',
  verifies: ['LG-DOS-026'],
  sentence: 'A `flow_id` of another organisation is refused, and no dossier is created.',
  needs: ['second-organization'],
  check: async (context) => {
    const { contract, organization } = context;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const [own, foreign] = [await flowsOf(ours), await flowsOf(theirs)];
    for (const type of dossierTypes(contract)) {
      const [flow, theirFlow] = [defaultFlowOf(own, type), defaultFlowOf(foreign, type)];
      if (!flow || !theirFlow) continue;
      const body = { type, name: `For the foreign flow ${theirFlow.id}`, flow_id: theirFlow.id };
      for (const sent of [body, formOf(body)]) {
        const refused = await ours.all.send('createDossier', { body: sent });
        expectPermittedRefusal(context, refused, ['LG-DOS-027']);
        for (const org of [ours, theirs]) await expectNoDossierNamed(org, body.name);
      }
      await createDossier(ours, { type, name: 'For a flow', flow_id: flow.id });
    }
  },
  fault: treatKeysAsFirst(),
});

const foreignContact = defineRule({
  id: 'dossiers/foreign-contact',
  level: 'MUST',
  verifies: ['LG-DOS-054'],
  sentence: 'A `contact_id` of another organisation is refused, and no dossier is created.',
  needs: ['second-organization'],
  check: async (context) => {
    const { contract, organization } = context;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const person = { full_name: 'Noor Bakker' };
    const { id: own } = await createContact(ours, person);
    const { id: contact_id } = await createContact(theirs, person);
    for (const type of dossierTypes(contract)) {
      for (const way of creationFormats) {
        const draft = { type, name: `For the foreign contact ${contact_id}`, contact_id };
        const body = way === 'JSON' ? draft : formOf(draft);
        const refused = await ours.all.send('createDossier', { body });
        expectPermittedRefusal(context, refused, ['LG-DOS-055']);
        for (const org of [ours, theirs]) await expectNoDossierNamed(org, draft.name);
        await createDossierInFormat(ours, way, {
          ...draft,
          name: 'For a contact',
          contact_id: own,
        });
      }
    }
  },
  fault: treatKeysAsFirst(),
});

const unknownReferences = defineRule({
  id: 'dossiers/unknown-references',
  level: 'SHOULD',
  verifies: ['LG-DOS-027', 'LG-DOS-055'],
  sentence: "A `flow_id` or `contact_id` that doesn't exist is refused with 404 not_found.",
  needs: [],
  check: async ({ organization, property, expect, about }) => {
    const org = await organization();
    const body = { type: 'sales' as const, name: 'Tulp Logistics' };
    await property(
      [fc.uuid({ version: 4 })],
      async (id) => {
        for (const [field, decision] of [
          ['flow_id', 'LG-DOS-027'],
          ['contact_id', 'LG-DOS-055'],
        ] as const) {
          about(decision);
          const invalid = { ...body, [field]: id };
          expect.refusal(await org.all.send('createDossier', { body: invalid }), 404);
        }
        await createDossier(org, body);
      },
      3,
    );
  },
  fault: refuseWithOther('createDossier', 404, 400, 'invalid_body'),
});

const unknownMember = defineRule({
  id: 'dossiers/unknown-member',
  level: 'SHOULD',
  verifies: ['LG-DOS-044'],
  sentence: "An `assigned_to` that isn't a member of the organisation is refused.",
  needs: [],
  check: async ({ organization, property, expect }) => {
    const org = await organization();
    const [member] = org.members;
    await property(
      [fc.uuid({ version: 4 })],
      async (assigned_to) => {
        const body = { type: 'candidate' as const, name: 'Noor Bakker' };
        const invalid = { ...body, assigned_to };
        expect.refusal(await org.all.send('createDossier', { body: invalid }), 400);
        await createDossier(org, member === undefined ? body : { ...body, assigned_to: member });
      },
      3,
    );
  },
  fault: ignoreField('createDossier', 'assigned_to'),
});

const flowOfOtherType = defineRule({
  id: 'dossiers/flow-of-other-type',
  level: 'SHOULD',
  verifies: ['LG-DOS-005'],
  sentence: 'A `flow_id` of a flow of the other type is refused.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const org = await organization();
    for (const { id: flow_id, type: own, stages } of await flowsOf(org)) {
      if (stages.length === 0) continue;
      for (const type of dossierTypes(contract).filter((one) => one !== own)) {
        const body = { type, name: 'Noor Bakker', flow_id };
        expect.refusal(await org.all.send('createDossier', { body }), 400);
      }
      await createDossier(org, { type: own, name: 'Noor Bakker', flow_id });
    }
  },
  fault: acceptRefused(400),
});

export default [
  unknownFlow,
  unknownContact,
  foreignFlow,
  foreignContact,
  unknownReferences,
  unknownMember,
  flowOfOtherType,
] satisfies readonly Rule[];
