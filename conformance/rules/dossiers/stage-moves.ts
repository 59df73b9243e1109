import fc from 'fast-check';
import { expectDossierUpdated, updateAndViewDossier } from '../../assertions/dossiers.ts';
import { unknownIdLike } from '../../assertions/foreign-ids.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { dossierTypes, type Flow, liveStatuses } from '../../contract/resources.ts';
import { afterSuccess, cacheForever } from '../../faults/applied-requests.ts';
import { type Fault, onJsonBody, onPage, onResponse } from '../../faults/inject.ts';
import { refuseWithOther } from '../../faults/refusals.ts';
import {
  createDossier,
  createDossiers,
  findListedDossier,
  isDossierListed,
  retrieveDossier,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import {
  createListedFlow,
  createMovableDossiers,
  flowOfDossier,
  flowsOf,
} from '../../fixtures/flows.ts';
import { aLongFlow, plainDossiers, plainFlows } from '../../generators/dossiers.ts';

const moves = defineRule({
  id: 'changes/moves',
  level: 'MUST',
  verifies: ['LG-DOS-083', 'LG-DOS-009', 'LG-DOS-002'],
  sentence:
    'An update of `current_stage_id` moves a dossier to any other stage, earlier or later, and it is listed there only.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const dossier = await createDossier(org, { type, name: 'Before a move' });
      const { id } = dossier;
      const stages = (await flowOfDossier(org, dossier)).stages.map((stage) => stage.id);
      const others = stages.filter((stage) => stage !== dossier.current_stage_id);
      let last: string = dossier.current_stage_id;
      // Forward step by step, back over several, forward over several, and back by one.
      for (const stage of [...others, stages[0], stages.at(-1), stages.at(-2)]) {
        if (stage === undefined || stage === last) continue;
        const change = { current_stage_id: stage };
        context.about('LG-DOS-083');
        expectDossierUpdated(await updateAndViewDossier(org, id, change), change);
        context.about('LG-DOS-009');
        await findListedDossier(org, id, { stage_id: stage });
        const stays = await isDossierListed(org, id, { stage_id: last });
        expectEqual(stays, false, 'whether it is still listed under its old stage:');
        last = stage;
      }
      context.about('LG-DOS-002');
      const found: string[] = [];
      for (const stage_id of stages) {
        if (await isDossierListed(org, id, { stage_id })) found.push(stage_id);
      }
      expectEqual(found, [last], 'the stages that the dossier is listed under');
    }
  },
  // A server with a cache of its lists that is never invalidated.
  fault: cacheForever(),
});

const stageElsewhere = defineRule({
  id: 'changes/stage-elsewhere',
  level: 'MUST',
  verifies: ['LG-DOS-084', 'LG-DOS-003'],
  sentence:
    "A `current_stage_id` outside the dossier's flow is refused, and the dossier stays in its stage.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const flows = await flowsOf(org);
    for (const type of dossierTypes(context.contract)) {
      const dossier = await createDossier(org, { type, name: 'To stay in its flow' });
      const { id, current_stage_id: start } = dossier;
      context.about('LG-DOS-003');
      const own = await flowOfDossier(org, dossier);
      const others = flows.filter((flow) => flow.id !== own.id);
      const stages = others.flatMap((flow) => flow.stages.slice(0, 2).map((stage) => stage.id));
      const target = own.stages.findLast((stage) => stage.id !== start)?.id ?? start;
      context.about('LG-DOS-084');
      for (const elsewhere of [...stages.slice(0, 6), unknownIdLike(start), own.id, 'no-stage']) {
        const body = { current_stage_id: elsewhere };
        const refused = await org.all.send('updateDossier', { path: { id }, body });
        expectPermittedRefusal(context, refused, ['LG-DOS-085']);
        const { current_stage_id: stage } = await retrieveDossier(org, id);
        expectEqual(stage, start, 'the stage as before,');
      }
      await updateDossier(org, id, { current_stage_id: target });
    }
  },
  // A server that ignores a stage outside the flow.
  fault: onJsonBody(['updateDossier'], (body) => ({
    ...body,
    current_stage_id: /^[0-9a-f-]{36}$/.test(String(body['current_stage_id']))
      ? undefined
      : body['current_stage_id'],
  })),
});

const stageOfLikeFlow = defineRule({
  id: 'changes/stage-of-like-flow',
  level: 'MUST',
  verifies: ['LG-DOS-084'],
  sentence:
    'A `current_stage_id` of another flow of the same type, or of another organisation, is refused.',
  needs: ['fresh-organizations', 'second-organization', 'flows'],
  check: async (context) => {
    const org = await context.organization();
    const strangers = await context.organization({ second: true });
    for (const type of dossierTypes(context.contract)) {
      const [draft] = plainFlows(1, type);
      if (!draft) return;
      const own = await createListedFlow(org, draft);
      // The same in everything except their ids.
      const likes: readonly Flow[] = [
        await createListedFlow(org, draft),
        await createListedFlow(strangers, draft),
      ];
      const { id, current_stage_id } = await createDossier(org, {
        ...{ type, name: 'To stay in its flow', flow_id: own.id },
      });
      for (const stage of likes.flatMap(({ stages }) => stages)) {
        const body = { current_stage_id: stage.id };
        const refused = await org.all.send('updateDossier', { path: { id }, body });
        expectPermittedRefusal(context, refused, ['LG-DOS-085']);
        const { current_stage_id: kept } = await retrieveDossier(org, id);
        expectEqual(kept, current_stage_id, 'the stage as before,');
      }
      for (const stage of own.stages) {
        await updateDossier(org, id, { current_stage_id: stage.id });
      }
    }
  },
  // A server that ignores the move and reports success.
  fault: onResponse(['updateDossier'], (mutable, request) => {
    if (mutable.status !== 400) return;
    mutable.status = 200;
    mutable.body = { data: { id: request.url.split('/').at(-1) } };
  }),
});

const stageRefusal = defineRule({
  id: 'changes/stage-refusal',
  level: 'SHOULD',
  verifies: ['LG-DOS-085'],
  sentence: "A stage outside the dossier's flow is refused with 400 invalid_body.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const stages = (await flowsOf(org)).flatMap((flow) => flow.stages.map(({ id }) => id));
    for (const type of dossierTypes(context.contract)) {
      const draft = { type, name: 'With a stage of its own' };
      const { id, current_stage_id: start } = await createDossier(org, draft);
      const send = (stage: string) =>
        org.all.send('updateDossier', { path: { id }, body: { current_stage_id: stage } });
      let moved = 0;
      for (const stage of [...stages, unknownIdLike(start)]) {
        const exchange = await send(stage);
        if (exchange.response.status < 300) moved += 1;
        else context.expect.refusal(exchange, 400);
      }
      // Its own flow has two or more stages.
      if (moved === 0) await updateDossier(org, id, { current_stage_id: start });
    }
  },
  fault: refuseWithOther('updateDossier', 400, 404, 'not_found'),
});

/** A server that refuses to move closed dossiers. */
const moveActiveOnly: Fault = (fetch, name) => {
  const closed = new Set<string>();
  return async (request) => {
    if (name(request.method, request.url) !== 'updateDossier') return fetch(request);
    const { url } = request;
    const { status, current_stage_id: stage } = (await request.clone().json()) as {
      status?: string;
      current_stage_id?: string;
    };
    if (status === 'active') closed.delete(url);
    else if (status !== undefined) closed.add(url);
    if (stage === undefined || !closed.has(url)) return fetch(request);
    const refuse = onResponse(['updateDossier'], (mutable) => {
      mutable.status = 400;
      mutable.body = { error: { code: 'invalid_body', message: 'It is closed.' } };
    });
    return refuse(fetch, name)(new Request(request, { body: '{}' }));
  };
};

const movesOfClosed = defineRule({
  id: 'changes/moves-of-closed',
  level: 'SHOULD',
  verifies: ['LG-DOS-086'],
  sentence: 'A dossier with any status can be moved to another stage.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const { id, current_stage_id, others } of await createMovableDossiers(
      org,
      'To be closed',
    )) {
      const stages = [others[0], current_stage_id];
      // Whether an archived dossier can be updated at all is another decision (LG-DOS-100).
      for (const status of liveStatuses(context.contract)) {
        await updateDossier(org, id, { status });
        for (const stage of stages) {
          const moved = await updateAndViewDossier(org, id, { current_stage_id: stage });
          expectDossierUpdated(moved, { current_stage_id: stage });
        }
      }
    }
  },
  fault: moveActiveOnly,
});

/** A server that lets a dossier enter each stage only once. */
const onceOnly = (): Fault => {
  const passed = new Set<unknown>();
  return onJsonBody(['updateDossier'], (body) => {
    const { current_stage_id: stage, ...rest } = body;
    if (stage === undefined || passed.has(stage)) return rest;
    passed.add(stage);
    return body;
  });
};

const movesInLongFlow = defineRule({
  id: 'changes/moves-in-long-flow',
  level: 'MUST',
  verifies: ['LG-DOS-083', 'LG-DOS-003'],
  sentence: 'In a flow with many stages, a dossier can be moved from any stage to any other.',
  needs: ['fresh-organizations', 'flows'],
  check: (context) => {
    const aRoute = fc.array(fc.nat({ max: 9 }), { minLength: 3, maxLength: 5 });
    return context.property(
      [fc.noShrink(aLongFlow()), aRoute],
      async (draft, route) => {
        const org = await context.organization();
        const { id: flow_id, type, stages } = await createListedFlow(org, draft);
        const { id } = await createDossier(org, { type, name: 'In a long flow', flow_id });
        for (const index of [...route, ...route.toReversed()]) {
          const current_stage_id = stages[index]?.id ?? '';
          context.about('LG-DOS-083');
          const after = await updateAndViewDossier(org, id, { current_stage_id });
          expectDossierUpdated(after, { current_stage_id });
          context.about('LG-DOS-003');
          const { flow_id: shown } = after.retrieved;
          if (shown) expectDossierUpdated(after, { flow_id });
        }
      },
      3,
    );
  },
  fault: onceOnly(),
});

const count = 4;

const stageNames = ['First', 'Second', 'Third'];

/** The moves, each of a dossier to a stage. */
const someMoves = fc.array(
  fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: stageNames.length - 1 })),
  { minLength: 6, maxLength: 14 },
);

/** A server that loses the first dossier that entered a stage out of the order of creation. */
const loseOutOfOrder: Fault = (fetch, name) => {
  const creationOrder: string[] = [];
  const arrived = new Map<unknown, string[]>();
  const record = afterSuccess(
    fetch,
    name,
    ({ operation, returned: { id, current_stage_id: stage } }) => {
      if (operation !== 'createDossier' && operation !== 'updateDossier') return;
      if (operation === 'createDossier') creationOrder.push(String(id));
      for (const [other, ids] of arrived) {
        const others = ids.filter((one) => one !== id);
        arrived.set(other, other === stage && others.length < ids.length ? ids : others);
      }
      const there = arrived.get(stage) ?? [];
      if (!there.includes(String(id))) arrived.set(stage, [...there, String(id)]);
    },
  );
  return onPage(['listDossiers'], (page, { searchParams }) => {
    const ids = arrived.get(searchParams.get('stage_id')) ?? [];
    const places = ids.map((id) => creationOrder.indexOf(id));
    if (places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0))) return;
    page.data = page.data.filter(({ id }) => id !== ids[0]);
  })(record, name);
};

const stagesAfterManyMoves = defineRule({
  id: 'changes/stages-after-many-moves',
  level: 'MUST',
  verifies: ['LG-DOS-009', 'LG-GEN-015'],
  sentence:
    'After any number of moves, listing a stage returns and counts the dossiers that are in it.',
  needs: ['fresh-organizations', 'flows'],
  check: (context) =>
    context.property(
      [someMoves],
      async (moves) => {
        const org = await context.organization();
        const stages = stageNames.map((name) => ({ name }));
        const flow = await createListedFlow(org, { name: 'Ours', type: 'candidate', stages });
        const made = await createDossiers(
          org,
          plainDossiers(count).map((draft) => ({ ...draft, type: 'candidate', flow_id: flow.id })),
        );
        const places = new Map(made.map(({ id, current_stage_id }) => [id, current_stage_id]));
        for (const [dossier, stage] of moves) {
          const [id, to] = [made[dossier]?.id, flow.stages[stage]?.id];
          if (id === undefined || to === undefined || places.get(id) === to) continue;
          await updateDossier(org, id, { current_stage_id: to });
          places.set(id, to);
        }
        for (const { id: stage_id } of flow.stages) {
          const expectedIds = [...places].flatMap(([id, stage]) =>
            stage === stage_id ? [id] : [],
          );
          context.about('LG-DOS-009');
          const pages = await org.walk('listDossiers', { stage_id, per_page: '2' });
          const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
          expectEqual(seen.sort(), expectedIds.sort(), 'the ids in the stage');
          context.about('LG-GEN-015');
          for (const { total } of pages) expectEqual(total, expectedIds.length, 'the total');
        }
      },
      5,
    ),
  fault: loseOutOfOrder,
});

export default [
  moves,
  stageElsewhere,
  stageOfLikeFlow,
  stageRefusal,
  movesOfClosed,
  movesInLongFlow,
  stagesAfterManyMoves,
] satisfies readonly Rule[];
