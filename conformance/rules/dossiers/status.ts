import fc from 'fast-check';
import {
  expectDossierUpdated,
  updateAndViewDossier,
  viewDossierUnder,
} from '../../assertions/dossiers.ts';
import { expectPermittedRefusal, type RefusalReason } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import {
  type ChangedDossier,
  type Dossier,
  dossierStatuses,
  dossierTypes,
} from '../../contract/resources.ts';
import { type Fault, onJsonBody, onPage } from '../../faults/inject.ts';
import {
  createDossier,
  findListedDossier,
  isDossierListed,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { flowOfDossier } from '../../fixtures/flows.ts';
import { anUnlistedValue, inheritedNames } from '../../generators/values.ts';

type Status = NonNullable<Dossier['status']>;

/** From each status to each other one, starting with the status of a new dossier. */
const statusSequence = (statuses: readonly Status[]): Status[] =>
  statuses.flatMap((from) => statuses.filter((to) => to !== from).flatMap((to) => [from, to]));

const statuses = defineRule({
  id: 'changes/statuses',
  level: 'MUST',
  verifies: ['LG-DOS-078', 'LG-DOS-008'],
  sentence:
    'A dossier can be updated from any status to any other, and is listed only under the new status.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const statuses = dossierStatuses(context.contract) as readonly Status[];
    for (const type of dossierTypes(context.contract)) {
      const { id } = await createDossier(org, { type, name: 'Before an update of its status' });
      let last: Status = 'active';
      for (const status of statusSequence(statuses)) {
        // Whether a dossier may be updated to its own status is a decision.
        if (status === last) continue;
        context.about('LG-DOS-078');
        const returned = await updateDossier(org, id, { status });
        expectEqual(returned.status, status, 'the status in the response to the update');
        context.about('LG-DOS-078', 'LG-DOS-008');
        const { status: listed } = await findListedDossier(org, id, { status });
        context.about('LG-DOS-008');
        expectEqual(listed ?? status, status, 'the status in the list');
        const stays = await isDossierListed(org, id, { status: last });
        expectEqual(stays, false, `whether it is still listed as ${last}:`);
        last = status;
      }
    }
  },
  // A server whose index leaves out a status.
  fault: onPage(['listDossiers'], (page, url) => {
    if (url.searchParams.get('status') === 'won') page.data.splice(0);
  }),
});

/** Statuses of other servers, and texts with a documented status at the beginning or end. */
const words = [
  'deleted',
  'open',
  'closed',
  'restored',
  'wonn',
  'inactive',
  'null',
  '0',
  '1',
  ...inheritedNames,
  // Parts of documented statuses.
  'act',
  'on',
  'chive',
  'o',
];

/** Texts that aren't a status. */
const aTextBeside = (statuses: readonly string[]) =>
  fc.oneof(fc.constantFrom(...words), anUnlistedValue({ values: statuses, required: false }));

const unknownStatus = defineRule({
  id: 'changes/unknown-status',
  level: 'MUST',
  verifies: ['LG-DOS-079'],
  sentence: 'An update to an unknown status is refused, and the dossier keeps its status.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const statuses = dossierStatuses(context.contract);
    const { id } = await createDossier(org, { type: 'sales', name: 'Without another status' });
    const aStatus = fc.constantFrom(...(['active', 'won', 'lost'] as const));
    const expectRefusal = async (status: 'active' | 'won' | 'lost', other: string) => {
      await updateDossier(org, id, { status });
      const body = { status: other as Dossier['status'] };
      const refused = await org.all.send('updateDossier', { path: { id }, body });
      context.expect.refusal(refused, 400);
      const kept = await isDossierListed(org, id, { status });
      expectThat(kept, `a dossier that is still ${status}`, () => 'none listed with that status');
    };
    for (const word of words) await expectRefusal('active', word);
    await context.property([aStatus, aTextBeside(statuses)], expectRefusal);
  },
  // A server that treats unknown values as active.
  fault: onJsonBody(['updateDossier'], (body) => ({
    status: ['won', 'lost', 'archived'].includes(String(body['status']))
      ? body['status']
      : 'active',
  })),
});

/** A server that updates only the status of closed dossiers, and reports success. */
const freezeClosed: Fault = (fetch, name) => {
  const closed = new Set<string>();
  return async (request) => {
    if (name(request.method, request.url) !== 'updateDossier') return fetch(request);
    const sent = (await request.clone().json()) as Record<string, unknown>;
    const { status } = sent;
    if (status === undefined && closed.has(request.url))
      return fetch(new Request(request, { body: '{}' }));
    if (status === 'lost') closed.add(request.url);
    else closed.delete(request.url);
    return fetch(request);
  };
};

const closedDossiers = defineRule({
  id: 'changes/closed-dossiers',
  level: 'MUST',
  verifies: ['LG-DOS-067', 'LG-DOS-070', 'LG-DOS-073'],
  sentence: 'A won or lost dossier can be updated like any other.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const { id } = await createDossier(org, { type, name: 'Before it is closed' });
      for (const status of ['won', 'lost'] as const) {
        await updateDossier(org, id, { status });
        for (const [requirement, changes] of [
          ['LG-DOS-070', { name: `Closed as ${status}` }],
          ['LG-DOS-073', { company: `Updated, ${status}` }],
        ] as const) {
          context.about('LG-DOS-067');
          const after = await updateAndViewDossier(org, id, changes);
          context.about(requirement);
          expectDossierUpdated(after, changes);
        }
      }
    }
  },
  fault: freezeClosed,
});

/** The decisions that permit refusing a move of a dossier that isn't active. */
const reasonsAgainst = (status: string): readonly RefusalReason[] =>
  status === 'archived' ? ['LG-DOS-086', 'LG-DOS-100'] : ['LG-DOS-086'];

/** The places that show the stage if it wasn't sent. */
const inViews = { current_stage_id: ['retrieved', 'listed'] } as const;

const statusAndStageApart = defineRule({
  id: 'changes/status-and-stage-apart',
  level: 'MUST',
  verifies: ['LG-DOS-068'],
  sentence: "Updating the status doesn't change the stage, and moving doesn't change the status.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const statuses = dossierStatuses(context.contract) as NonNullable<Dossier['status']>[];
    for (const type of dossierTypes(context.contract)) {
      const dossier = await createDossier(org, { type, name: 'With a status and a stage' });
      const { stages } = await flowOfDossier(org, dossier);
      const { id } = dossier;
      let { current_stage_id } = dossier;
      for (const status of statuses) {
        const returned = await updateDossier(org, id, { status });
        const closed = { returned, ...(await viewDossierUnder(org, id, status)) };
        expectDossierUpdated(closed, { status });
        expectDossierUpdated(closed, { current_stage_id }, inViews);
        // The first and last stage, where a server might set the status.
        for (const { id: stage } of [...stages.slice(-2), ...stages.slice(0, 1)].reverse()) {
          const body = { current_stage_id: stage };
          const exchange = await org.all.send('updateDossier', { path: { id }, body });
          if (status !== 'active' && exchange.response.status >= 400) {
            expectPermittedRefusal(context, exchange, reasonsAgainst(status));
          } else {
            context.expect.success(exchange);
            current_stage_id = stage;
          }
          const { retrieved, listed } = await viewDossierUnder(org, id, status);
          const responseFields = exchange.response.status < 300 ? dataOf(exchange.json) : { id };
          const moved = { returned: responseFields as ChangedDossier, retrieved, listed };
          expectDossierUpdated(moved, { current_stage_id }, inViews);
        }
      }
    }
  },
  // A server that makes a moved dossier active.
  fault: onJsonBody(['updateDossier'], (body) =>
    body['current_stage_id'] === undefined ? body : { status: 'active', ...body },
  ),
});

export default [
  statuses,
  unknownStatus,
  closedDossiers,
  statusAndStageApart,
] satisfies readonly Rule[];
