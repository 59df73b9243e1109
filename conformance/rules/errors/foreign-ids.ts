import {
  answerWithoutIds,
  expectSameAsUnknown,
  idsInPath,
  mixedPaths,
  readAsOwner,
  unknownIdLike,
} from '../../assertions/foreign-ids.ts';
import { prepareVisibleRequest } from '../../assertions/requests.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { writes } from '../../contract/operations.ts';
import { dossierTypes } from '../../contract/resources.ts';
import {
  applyInForeignOrganization,
  revealForeignIds,
  searchOtherOrganizations,
} from '../../faults/access.ts';
import { createContact } from '../../fixtures/contacts.ts';
import { archiveDossier, createDossier, createDossiers } from '../../fixtures/dossiers.ts';
import { flowOfDossier, flowsOf } from '../../fixtures/flows.ts';
import { createByForm, formOf } from '../../fixtures/forms.ts';
import { plainDossiers, plainFlows } from '../../generators/dossiers.ts';
import { aCv } from '../../generators/files.ts';
import { errorCodeOf } from '../../http/exchange.ts';

const foreignId = defineRule({
  id: 'isolation/foreign-id',
  level: 'MUST',
  verifies: ['LG-ERR-017'],
  sentence: 'A path with an id of another organisation is refused with 404 not_found.',
  needs: ['second-organization'],
  check: async ({ operations, organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    for (const operation of operations) {
      const { id } = operation;
      const names = idsInPath(operation);
      if (names.length === 0) continue;
      const foreign = (await theirs.prepare(id)).path ?? {};
      const request = await ours.prepare(id);
      for (const path of mixedPaths(names, request.path, (name) => foreign[name] ?? '')) {
        expect.refusal(await ours.all.send(id, { ...request, path }), 404);
      }
      expect.success(await ours.all.send(id, request));
    }
  },
  // A server that checks the link, but not whose dossier it is on.
  fault: searchOtherOrganizations('unlinkDossierContact'),
});

const isolationNoDifference = defineRule({
  id: 'isolation/no-difference',
  level: 'MUST',
  verifies: ['LG-ERR-018'],
  sentence:
    "An id of another organisation in a path gets the same status and code as an id that doesn't exist.",
  needs: ['second-organization'],
  check: (context) =>
    expectSameAsUnknown(context, ({ response, json }) => ({
      status: response.status,
      code: errorCodeOf(json),
    })),
  fault: revealForeignIds('getDossier', { forbid: true }),
});

const sameMessage = defineRule({
  id: 'isolation/same-message',
  level: 'SHOULD',
  verifies: ['LG-ERR-029'],
  sentence:
    "An id of another organisation in a path gets the same message as an id that doesn't exist.",
  needs: ['second-organization'],
  check: (context) =>
    expectSameAsUnknown(context, (exchange, ids) => answerWithoutIds(exchange, ...ids)),
  fault: revealForeignIds('getDossier'),
});

const foreignThings = defineRule({
  id: 'isolation/foreign-things',
  level: 'MUST',
  verifies: ['LG-ERR-017', 'LG-ERR-018'],
  sentence:
    'Dossiers of any type and status, and flows of any type, of another organisation are not found.',
  needs: ['second-organization', 'fresh-organizations', 'flows'],
  check: async (context) => {
    const { organization, expect } = context;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const form = () => formOf({ type: 'candidate', name: 'With a CV' }, aCv());
    const dossiers = await createDossiers(theirs, plainDossiers(2));
    for (const { id } of [...dossiers, await createByForm(theirs, form())]) {
      expect.refusal(await ours.all.send('getDossier', { path: { id } }), 404);
      expect.success(await theirs.all.send('getDossier', { path: { id } }));
    }
    for (const { id } of dossiers) {
      await archiveDossier(theirs, id);
      for (const read of ['getDossier', 'listDossierContacts', 'listDossierNotes'] as const) {
        expect.refusal(await ours.all.send(read, { path: { id } }), 404);
      }
    }
    for (const draft of plainFlows(2)) {
      for (const is_default of [false, true]) {
        const { id } = await theirs.createFlow({ ...draft, is_default });
        expect.refusal(await ours.all.send('listFlowStages', { path: { id } }), 404);
        expect.success(await theirs.all.send('listFlowStages', { path: { id } }));
      }
    }
  },
  fault: searchOtherOrganizations('getDossier'),
});

const foreignUntouched = defineRule({
  id: 'errors/foreign-untouched',
  level: 'MUST',
  verifies: ['LG-ERR-019'],
  sentence: "A request that names a resource of another organisation doesn't change that resource.",
  needs: ['second-organization'],
  check: async (context) => {
    const [ours, theirs] = [
      await context.organization(),
      await context.organization({ second: true }),
    ];
    for (const { id, parameters } of writes(context.operations)) {
      const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      if (names.length === 0) continue;
      const foreign = await prepareVisibleRequest(theirs, id);
      const own = await prepareVisibleRequest(ours, id);
      // Each foreign id alone in a path, and then all of them, in the body too.
      const paths = names.map((name) => ({ ...own.path, [name]: foreign.path?.[name] ?? '' }));
      const requests = [...paths.map((path) => ({ ...own, path })), foreign];
      const before = await readAsOwner(theirs, id, foreign.path ?? {});
      for (const request of requests) {
        await ours.all.send(id, request);
        const after = await readAsOwner(theirs, id, foreign.path ?? {});
        expectEqual(after, before, `the resources named in ${id}, as before,`);
      }
      context.expect.success(await theirs.all.send(id, foreign));
    }
  },
  fault: applyInForeignOrganization,
});

const foreignFlows = defineRule({
  id: 'isolation/foreign-flows',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence:
    "A flow of another organisation gets the same response as one that doesn't exist, whatever its type.",
  needs: ['second-organization'],
  check: async ({ contract, organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const [own, foreign] = [await flowsOf(ours), await flowsOf(theirs)];
    for (const type of dossierTypes(contract)) {
      const create = (flow_id: string | undefined) =>
        ours.all.send('createDossier', { body: { type, name: 'Noor Bakker', flow_id } });
      for (const { id } of foreign.slice(0, 4)) {
        const unknown = unknownIdLike(id);
        const nothing = answerWithoutIds(await create(unknown), unknown);
        expectEqual(
          answerWithoutIds(await create(id), id),
          nothing,
          'the same response as for an unknown flow,',
        );
      }
      expect.success(await create(own.find((flow) => flow.type === type)?.id));
    }
  },
  fault: revealForeignIds('createDossier'),
});

const foreignStage = defineRule({
  id: 'isolation/foreign-stage',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence:
    "Moving to a stage of another organisation gets the same response as to one that doesn't exist.",
  needs: ['second-organization'],
  check: async ({ contract, organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const foreign = await flowsOf(theirs);
    for (const type of dossierTypes(contract)) {
      const dossier = await createDossier(ours, { type, name: 'To stay in its organisation' });
      const path = { id: dossier.id };
      const move = (stage: string) =>
        ours.all.send('updateDossier', { path, body: { current_stage_id: stage } });
      const stages = foreign.filter((flow) => flow.type === type).flatMap((flow) => flow.stages);
      for (const { id } of stages.slice(0, 4)) {
        const unknown = unknownIdLike(id);
        const nothing = answerWithoutIds(await move(unknown), unknown);
        expectEqual(
          answerWithoutIds(await move(id), id),
          nothing,
          'the same response as for an unknown stage,',
        );
      }
      const own = (await flowOfDossier(ours, dossier)).stages.at(-1);
      expect.success(await move(own?.id ?? dossier.current_stage_id));
    }
  },
  fault: revealForeignIds('updateDossier'),
});

const foreignMember = defineRule({
  id: 'isolation/foreign-member',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence: "A member of another organisation gets the same response as one that doesn't exist.",
  needs: ['second-organization', 'fresh-organizations', 'members'],
  check: async ({ organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const [mine, foreign] = [ours.members[0], theirs.members[0]];
    if (mine === undefined || foreign === undefined) return;
    const assign = (assigned_to: string, { all } = ours) =>
      all.send('createDossier', {
        body: { type: 'candidate', name: 'Noor Bakker', assigned_to },
      });
    expect.success(await assign(foreign, theirs));
    const { id } = await createDossier(ours, { type: 'candidate', name: 'Iris Maas' });
    const reassign = (assigned_to: string) =>
      ours.all.send('updateDossier', { path: { id }, body: { assigned_to } });
    for (const send of [(member: string) => assign(member), reassign]) {
      const unknown = unknownIdLike(foreign);
      const nothing = answerWithoutIds(await send(unknown), unknown);
      const response = answerWithoutIds(await send(foreign), foreign);
      expectEqual(response, nothing, 'the same response to a foreign member as to an unknown one,');
      expect.success(await send(mine));
    }
  },
  fault: revealForeignIds('createDossier'),
});

const noDifferenceInReferences = defineRule({
  id: 'isolation/no-difference-in-references',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence:
    "In a body or a filter, a flow or stage of another organisation gets the same response as one that doesn't exist.",
  needs: ['second-organization'],
  check: async ({ organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const draft = { type: 'candidate', name: 'Noor Bakker' } as const;
    const create = (flow_id: string) =>
      ours.all.send('createDossier', { body: { ...draft, flow_id } });
    const list = (stage_id: string) => ours.all.send('listDossiers', { query: { stage_id } });
    const flowOf = async ({ all }: typeof ours) => {
      const flows = await all.send('listFlows', { query: { type: 'candidate' } });
      expect.success(flows);
      const [flow] = dataOf(flows.json) as { id: string }[];
      expectThat(flow !== undefined, 'a flow for candidates', () => flows.json);
      return flow?.id ?? '';
    };
    const compare = async (send: typeof create, foreign: string, what: string) => {
      const unknown = unknownIdLike(foreign);
      const nothing = answerWithoutIds(await send(unknown), unknown);
      const response = answerWithoutIds(await send(foreign), foreign);
      expectEqual(
        response,
        nothing,
        `the same response to a foreign ${what} as to an unknown one,`,
      );
    };
    await compare(create, await flowOf(theirs), 'flow');
    await compare(list, (await createDossier(theirs, draft)).current_stage_id, 'stage');
    expect.success(await create(await flowOf(ours)));
    expect.success(await list((await createDossier(ours, draft)).current_stage_id));
  },
  fault: revealForeignIds('createDossier'),
});

const linksNoDifference = defineRule({
  id: 'links/no-difference',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence:
    "In a body, a contact of another organisation gets the same response as one that doesn't exist.",
  needs: ['second-organization'],
  check: async (context) => {
    const { organization, expect } = context;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const { path = {} } = await ours.prepare('linkDossierContact');
    const role_on_dossier = 'champion';
    const { id: foreign } = await createContact(theirs, { full_name: 'Noor Bakker' });
    const { id: own } = await createContact(ours, { full_name: 'Iris Smit' });
    const ways = {
      'a link': (contact_id: string) =>
        ours.all.send('linkDossierContact', { path, body: { contact_id, role_on_dossier } }),
      'a dossier': (contact_id: string) =>
        ours.all.send('createDossier', { body: { type: 'sales', name: 'Tulp', contact_id } }),
    };
    for (const [what, send] of Object.entries(ways)) {
      const unknown = unknownIdLike(foreign);
      const nothing = answerWithoutIds(await send(unknown), unknown);
      const response = answerWithoutIds(await send(foreign), foreign);
      expectEqual(response, nothing, `the same response about ${what} as for an unknown contact,`);
      expect.success(await send(own));
    }
  },
  fault: revealForeignIds('createDossier'),
});

export default [
  foreignId,
  isolationNoDifference,
  sameMessage,
  foreignThings,
  foreignUntouched,
  foreignFlows,
  foreignStage,
  foreignMember,
  noDifferenceInReferences,
  linksNoDifference,
] satisfies readonly Rule[];
