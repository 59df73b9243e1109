import fc from 'fast-check';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { dossierTypes } from '../../contract/resources.ts';
import { confuseKeys } from '../../faults/access.ts';
import { ignoreField } from '../../faults/inject.ts';
import { acceptRefused, refuseWithOther } from '../../faults/refusals.ts';
import { createContact, deleteContact } from '../../fixtures/contacts.ts';
import { expectNoDossierNamed } from '../../fixtures/dossiers.ts';
import { defaultFlowOf, flowsOf } from '../../fixtures/flows.ts';
import { createDossierIn, formOf, waysToCreate } from '../../fixtures/forms.ts';
import { aType } from '../../generators/dossiers.ts';

const unknownFlow = defineRule({
  id: 'dossiers/unknown-flow',
  level: 'MUST',
  verifies: ['LG-DOS-026'],
  sentence: 'A flow that does not exist is refused, and no dossier is created.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const flows = await flowsOf(home);
    const aUuid = fc.uuid({ version: 4 });
    await world.property(
      [aUuid, fc.constantFrom(...dossierTypes(world.contract))],
      async (flow_id, type) => {
        const flow = defaultFlowOf(flows, type);
        if (!flow) return;
        const body = { type, name: `For no flow ${flow_id}` };
        const offence = await home.all.send('createDossier', { body: { ...body, flow_id } });
        expectPermittedRefusal(world, offence, ['LG-DOS-027']);
        await expectNoDossierNamed(world, home, body.name);
        await home.createDossier({ type, name: 'For a flow', flow_id: flow.id });
      },
      3,
    );
  },
  // A server that falls back on the default flow.
  liar: ignoreField('createDossier', 'flow_id'),
});

const unknownContact = defineRule({
  id: 'dossiers/unknown-contact',
  level: 'MUST',
  verifies: ['LG-DOS-054'],
  sentence: 'A contact that does not exist, or no longer, is refused, and no dossier is created.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [fc.uuid({ version: 4 }), aType()],
      async (unknown, type) => {
        const { id: deleted } = await createContact(world, home, { full_name: 'Soon gone' });
        await deleteContact(world, home, deleted);
        for (const contact_id of [unknown, deleted]) {
          const body = { type, name: `For no contact ${contact_id}` };
          const offence = await home.all.send('createDossier', { body: { ...body, contact_id } });
          expectPermittedRefusal(world, offence, ['LG-DOS-055']);
          await expectNoDossierNamed(world, home, body.name);
        }
        await home.createDossier({ type, name: 'For a contact of its own' });
      },
      3,
    );
  },
  // A server that makes a contact where it finds none.
  liar: ignoreField('createDossier', 'contact_id'),
});

const foreignFlow = defineRule({
  id: 'dossiers/foreign-flow',
  level: 'MUST',
  verifies: ['LG-DOS-026'],
  sentence: 'The flow of another organisation is refused, and no dossier is created in it.',
  needs: ['second-organization'],
  check: async (world) => {
    const { contract, organization } = world;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const [own, foreign] = [await flowsOf(ours), await flowsOf(theirs)];
    for (const type of dossierTypes(contract)) {
      const [flow, theirFlow] = [defaultFlowOf(own, type), defaultFlowOf(foreign, type)];
      if (!flow || !theirFlow) continue;
      const body = { type, name: `For the foreign flow ${theirFlow.id}`, flow_id: theirFlow.id };
      for (const sent of [body, formOf(body)]) {
        const refused = await ours.all.send('createDossier', { body: sent });
        expectPermittedRefusal(world, refused, ['LG-DOS-027']);
        for (const home of [ours, theirs]) await expectNoDossierNamed(world, home, body.name);
      }
      await ours.createDossier({ type, name: 'For a flow', flow_id: flow.id });
    }
  },
  liar: confuseKeys(),
});

const foreignContact = defineRule({
  id: 'dossiers/foreign-contact',
  level: 'MUST',
  verifies: ['LG-DOS-054'],
  sentence: 'The contact of another organisation is refused, and no dossier is created for it.',
  needs: ['second-organization'],
  check: async (world) => {
    const { contract, organization } = world;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const person = { full_name: 'Noor Bakker' };
    const { id: own } = await createContact(world, ours, person);
    const { id: contact_id } = await createContact(world, theirs, person);
    for (const type of dossierTypes(contract)) {
      for (const way of waysToCreate) {
        const draft = { type, name: `For the foreign contact ${contact_id}`, contact_id };
        const body = way === 'JSON' ? draft : formOf(draft);
        const refused = await ours.all.send('createDossier', { body });
        expectPermittedRefusal(world, refused, ['LG-DOS-055']);
        for (const home of [ours, theirs]) await expectNoDossierNamed(world, home, draft.name);
        await createDossierIn(world, ours, way, {
          ...draft,
          name: 'For a contact',
          contact_id: own,
        });
      }
    }
  },
  liar: confuseKeys(),
});

const unknownReferences = defineRule({
  id: 'dossiers/unknown-references',
  level: 'SHOULD',
  verifies: ['LG-DOS-027', 'LG-DOS-055'],
  sentence: 'A flow or a contact that does not exist is not found.',
  needs: [],
  check: async ({ organization, property, expect }) => {
    const home = await organization();
    const body = { type: 'sales' as const, name: 'Tulp Logistics' };
    await property(
      [fc.uuid({ version: 4 })],
      async (id) => {
        for (const field of ['flow_id', 'contact_id']) {
          const offence = { ...body, [field]: id };
          expect.refusal(await home.all.send('createDossier', { body: offence }), 404);
        }
        await home.createDossier(body);
      },
      3,
    );
  },
  liar: refuseWithOther('createDossier', 404, 400, 'invalid_body'),
});

const unknownMember = defineRule({
  id: 'dossiers/unknown-member',
  level: 'SHOULD',
  verifies: ['LG-DOS-044'],
  sentence: 'Somebody who is no member of the organisation is not assigned to.',
  needs: [],
  check: async ({ organization, property, expect }) => {
    const home = await organization();
    const [member] = home.members;
    await property(
      [fc.uuid({ version: 4 })],
      async (assigned_to) => {
        const body = { type: 'candidate' as const, name: 'Noor Bakker' };
        const offence = { ...body, assigned_to };
        expect.refusal(await home.all.send('createDossier', { body: offence }), 400);
        await home.createDossier(member === undefined ? body : { ...body, assigned_to: member });
      },
      3,
    );
  },
  liar: ignoreField('createDossier', 'assigned_to'),
});

const flowOfOtherType = defineRule({
  id: 'dossiers/flow-of-other-type',
  level: 'SHOULD',
  verifies: ['LG-DOS-005'],
  sentence: 'A flow of the other type is refused.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const home = await organization();
    for (const { id: flow_id, type: own, stages } of await flowsOf(home)) {
      if (stages.length === 0) continue;
      for (const type of dossierTypes(contract).filter((one) => one !== own)) {
        const body = { type, name: 'Noor Bakker', flow_id };
        expect.refusal(await home.all.send('createDossier', { body }), 400);
      }
      await home.createDossier({ type: own, name: 'Noor Bakker', flow_id });
    }
  },
  liar: acceptRefused(400),
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
