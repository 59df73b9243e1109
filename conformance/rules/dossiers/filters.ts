import fc from 'fast-check';
import { type FieldRequirements, requirementsAbout } from '../../assertions/fields.ts';
import { expectMatches, expectTotals } from '../../assertions/lists.ts';
import { pageOf } from '../../context/answers.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import {
  type Dossier,
  type DossierStatus,
  dossierStatuses,
  dossierTypes,
  type Flow,
  liveStatuses,
  type NewDossier,
} from '../../contract/resources.ts';
import { ignoreQueryParameters, onMutableRequest } from '../../faults/inject.ts';
import {
  archiveDossier,
  createDossier,
  createDossiers,
  findListedDossier,
  retrieveDossier,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { createListedFlow, flowsOf } from '../../fixtures/flows.ts';
import { createByForm, formOf } from '../../fixtures/forms.ts';
import { plainFlows } from '../../generators/dossiers.ts';
import { aCv } from '../../generators/files.ts';

const filterStatus = defineRule({
  id: 'dossiers/filter-status',
  level: 'MUST',
  verifies: ['LG-DOS-008'],
  sentence: 'Listing dossiers with `status` returns only dossiers with that status.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    await findListedDossier(org, id, { status: 'active' });
    for (const status of dossierStatuses(context.contract)) {
      const exchange = await org.all.send('listDossiers', { query: { status } });
      context.expect.success(exchange);
      const others = (pageOf(exchange).items as readonly Dossier[]).filter(
        (dossier) => dossier.status !== undefined && dossier.status !== status,
      );
      expectThat(others.length === 0, `only ${status} dossiers`, () => others[0]);
    }
  },
  fault: ignoreQueryParameters('listDossiers', 'status'),
});

const filterStage = defineRule({
  id: 'dossiers/filter-stage',
  level: 'MUST',
  verifies: ['LG-DOS-009'],
  sentence: 'Listing dossiers with `stage_id` returns only dossiers in that stage.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    const { id, current_stage_id } = await createDossier(org, draft);
    await findListedDossier(org, id, { stage_id: current_stage_id });
    for (const stage of (await flowsOf(org)).flatMap(({ stages }) => stages)) {
      const exchange = await org.all.send('listDossiers', { query: { stage_id: stage.id } });
      context.expect.success(exchange);
      const others = (pageOf(exchange).items as readonly Dossier[]).filter(
        (dossier) => dossier.current_stage_id !== stage.id,
      );
      expectThat(others.length === 0, `only dossiers in ${stage.id}`, () => others[0]);
    }
  },
  fault: ignoreQueryParameters('listDossiers', 'stage_id'),
});

const unknownStage = defineRule({
  id: 'dossiers/unknown-stage',
  level: 'SHOULD',
  verifies: ['LG-DOS-010'],
  sentence: "Listing dossiers with a `stage_id` that doesn't exist returns an empty list.",
  needs: [],
  check: async ({ organization, property, expect }) => {
    const org = await organization();
    await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    await property([fc.uuid({ version: 4 })], async (stage_id) => {
      const exchange = await org.all.send('listDossiers', { query: { stage_id } });
      expect.success(exchange);
      expectEqual(pageOf(exchange).items, [], 'the dossiers in an unknown stage');
      expectEqual(pageOf(exchange).total, 0, 'meta.total');
    });
  },
  fault: ignoreQueryParameters('listDossiers', 'stage_id'),
});

/** A server that lists active dossiers by default. */
const listActiveByDefault = onMutableRequest(({ method, url }) => {
  if (method !== 'GET' || !url.pathname.endsWith('/dossiers')) return;
  if (!url.searchParams.has('status')) url.searchParams.set('status', 'active');
});

const dossiersListedWithoutStatus = defineRule({
  id: 'dossiers/listed-without-status',
  level: 'MUST',
  verifies: ['LG-DOS-112'],
  sentence: 'Without `status`, the list contains active, won and lost dossiers.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const made: { id: string; type: string; stage_id: string; status: string }[] = [];
    // Whether archived ones are listed is a decision (LG-DOS-015).
    const statuses = liveStatuses(context.contract);
    for (const type of dossierTypes(context.contract)) {
      for (const status of statuses) {
        const { id, current_stage_id } = await createDossier(org, {
          type,
          name: `To be ${status}`,
        });
        await updateDossier(org, id, { status });
        made.push({ id, type, stage_id: current_stage_id, status });
      }
    }
    const queries = [{}, ...made.flatMap(({ type, stage_id }) => [{ type }, { stage_id }])];
    for (const query of queries) {
      const pages = await org.walk('listDossiers', query);
      const listed = pages.flatMap(({ items }) => items.map(({ id }) => id));
      for (const one of made) {
        const passes = Object.entries(query).every(
          ([name, value]) => one[name as 'type'] === value,
        );
        const is = listed.includes(one.id);
        const expected = `the dossier ${one.id}, which is ${one.status}, in the list`;
        expectThat(!passes || is, expected, () => 'a list without it');
      }
    }
  },
  fault: listActiveByDefault,
});

const archivingListedWithoutStatus = defineRule({
  id: 'archiving/listed-without-status',
  level: 'SHOULD',
  verifies: ['LG-DOS-015'],
  sentence: 'Without `status`, archived dossiers are listed and counted too.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const types = dossierTypes(context.contract);
    const made: { id: string; type: string; stage_id: string }[] = [];
    const create = async (type: (typeof types)[number], name: string) => {
      const { id, current_stage_id: stage_id } = await createDossier(org, { type, name });
      made.push({ id, type, stage_id });
      return id;
    };
    for (const type of types) {
      for (const status of dossierStatuses(context.contract) as DossierStatus[]) {
        await updateDossier(org, await create(type, `Changed to ${status}`), { status });
      }
      await archiveDossier(org, await create(type, 'Deleted'));
    }
    const stages = new Set(made.map(({ stage_id }) => stage_id));
    const filters = [
      {},
      ...types.map((type) => ({ type })),
      ...[...stages].map((stage_id) => ({ stage_id })),
    ];
    for (const query of filters) {
      const passing = made.filter((one) =>
        Object.entries(query).every(([name, value]) => one[name as 'type'] === value),
      );
      const pages = await org.walk('listDossiers', query);
      const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expectEqual(seen.sort(), passing.map(({ id }) => id).sort(), 'the dossiers in the list');
      for (const { total } of pages) expectEqual(total, passing.length, 'the total');
    }
  },
  fault: listActiveByDefault,
});

/**
 * Dossiers in a flow: with a name only, and with everything that a join could duplicate or lose.
 */
const draftsFor = ({ id: flow_id, type }: Flow, [assigned_to]: readonly string[]) => {
  const bare: NewDossier = { type, name: 'Noor Bakker', flow_id };
  const deal =
    type === 'sales' ? { deal_size: 0, deal_currency: 'EUR', contact_person: 'Noor' } : {};
  const assignment = assigned_to === undefined ? {} : { assigned_to };
  return [
    bare,
    { ...bare, company: 'Tulp Logistics', phone: '+31612345678', ...deal, ...assignment },
  ];
};

const fill = async (org: Organization, flows: readonly Flow[]): Promise<Dossier[]> => {
  const drafts = [...flows, ...flows].flatMap((flow) => draftsFor(flow, org.members));
  // All different: whether a repeated creation creates a second dossier is a decision.
  return createDossiers(
    org,
    drafts.map((draft, index) => ({ ...draft, name: `Dossier ${String(index + 1)}` })),
  );
};

/** What each filter is about. */
const requirements: FieldRequirements = {
  ...{ type: 'LG-DOS-007', status: 'LG-DOS-008', stage_id: 'LG-DOS-009' },
};

const filtersTogether = defineRule({
  id: 'dossiers/filters-together',
  level: 'MUST',
  verifies: ['LG-GEN-023', 'LG-GEN-015', 'LG-DOS-007', 'LG-DOS-008', 'LG-DOS-009'],
  sentence:
    'With one filter or several, the list and its total contain the dossiers that match all of them.',
  needs: ['fresh-organizations', 'flows'],
  check: async (context) => {
    const org = await context.organization();
    const flows: Flow[] = [];
    for (const draft of plainFlows(3)) flows.push(await createListedFlow(org, draft));
    const withCv = formOf({ type: 'candidate', name: 'Iris' }, aCv());
    const made = [...(await fill(org, flows)), await createByForm(org, withCv)];
    const stages = [...flows.flatMap((flow) => flow.stages.map(({ id }) => id))];
    const start = made.at(-1)?.current_stage_id;
    for (const type of [undefined, ...dossierTypes(context.contract)]) {
      for (const status of [undefined, ...dossierStatuses(context.contract)]) {
        for (const stage_id of [undefined, ...stages, start]) {
          const passing = made.filter(
            (dossier) =>
              (type ?? dossier.type) === dossier.type &&
              (status ?? 'active') === 'active' &&
              (stage_id ?? dossier.current_stage_id) === dossier.current_stage_id,
          );
          const filters = Object.entries({ type, status, stage_id, per_page: '3' });
          const query = filters.filter(
            (entry): entry is [string, string] => entry[1] !== undefined,
          );
          // A filter alone, or several together.
          const own = requirementsAbout(
            requirements,
            query.map(([name]) => name),
          );
          context.about(...(own.length === 1 ? own : ['LG-GEN-023' as const]));
          const pages = await org.walk('listDossiers', Object.fromEntries(query));
          expectMatches(pages, passing);
          context.about('LG-GEN-015');
          expectTotals(pages, passing.length);
        }
      }
    }
  },
  // A server that ignores a filter if there is another.
  fault: ignoreQueryParameters('listDossiers', 'stage_id'),
});

type Settled = Pick<Dossier, 'id' | 'type' | 'current_stage_id'> & { readonly status: string };

/** Dossiers of every status in each stage of the flows, if status and stage are independent. */
const settle = async (org: Organization, flows: readonly Flow[]) => {
  const settled: Settled[] = [];
  for (const { id: flow_id, type, stages } of flows) {
    for (const stage of stages) {
      for (const status of dossierStatuses(org.context.contract)) {
        const name = `${stage.name}, ${status}, ${String(settled.length)}`;
        const { id } = await createDossier(org, { type, name, flow_id });
        await updateDossier(org, id, { current_stage_id: stage.id });
        await updateDossier(org, id, { status: status as NonNullable<Dossier['status']> });
        const { current_stage_id } = await retrieveDossier(org, id);
        settled.push({ id, type, current_stage_id, status });
      }
    }
  }
  return settled;
};

const filtersFollow = defineRule({
  id: 'changes/filters-follow',
  level: 'MUST',
  verifies: ['LG-GEN-015', 'LG-GEN-023', 'LG-DOS-007', 'LG-DOS-008', 'LG-DOS-009'],
  sentence: 'Listing dossiers by stage and status uses their current values, also for the total.',
  needs: ['fresh-organizations', 'flows'],
  check: async (context) => {
    const org = await context.organization();
    const flows: Flow[] = [];
    for (const draft of plainFlows(2)) flows.push(await createListedFlow(org, draft));
    const settled = await settle(org, flows);
    const stages = flows.flatMap((flow) => flow.stages.map(({ id }) => id));
    for (const status of dossierStatuses(context.contract)) {
      for (const type of [undefined, ...dossierTypes(context.contract)]) {
        for (const stage_id of [undefined, ...stages]) {
          const passing = settled.filter(
            (dossier) =>
              dossier.status === status &&
              (type ?? dossier.type) === dossier.type &&
              (stage_id ?? dossier.current_stage_id) === dossier.current_stage_id,
          );
          const query = { status, ...(type && { type }), ...(stage_id && { stage_id }) };
          // The status alone was right before, with all other values of these filters.
          const others = requirementsAbout(
            requirements,
            Object.keys(query).filter((name) => name !== 'status'),
          );
          if (others.length === 0) context.about('LG-DOS-008');
          else context.about('LG-GEN-023', ...(others.length === 1 ? others : []));
          const pages = await org.walk('listDossiers', { ...query, per_page: '3' });
          expectMatches(pages, passing);
          context.about('LG-GEN-015');
          expectTotals(pages, passing.length);
        }
      }
    }
  },
  // A server that ignores a filter if there is another.
  fault: ignoreQueryParameters('listDossiers', 'stage_id'),
});

export default [
  filterStatus,
  filterStage,
  unknownStage,
  dossiersListedWithoutStatus,
  archivingListedWithoutStatus,
  filtersTogether,
  filtersFollow,
] satisfies readonly Rule[];
