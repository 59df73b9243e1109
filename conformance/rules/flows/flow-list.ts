import fc from 'fast-check';
import { pageOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { pageSizes } from '../../contract/operations.ts';
import { dossierTypes } from '../../contract/resources.ts';
import { treatKeysAsFirst } from '../../faults/access.ts';
import { type Fault, ignoreQueryParameters, onData, onPage } from '../../faults/inject.ts';
import { flowsOf } from '../../fixtures/flows.ts';
import { plainFlows } from '../../generators/dossiers.ts';

const typesApart = defineRule({
  id: 'flows/types-apart',
  level: 'MUST',
  verifies: ['LG-FLO-004'],
  sentence: 'Listing flows with `type` returns exactly the flows of that type.',
  needs: [],
  check: async ({ contract, organization }) => {
    const org = await organization();
    const flows = await flowsOf(org);
    for (const type of dossierTypes(contract)) {
      const expectedIds = flows.filter((flow) => flow.type === type).map(({ id }) => id);
      const seen = (await flowsOf(org, { type })).map(({ id }) => id);
      expectEqual(seen.sort(), expectedIds.sort(), `the ids of the flows of type ${type}`);
    }
  },
  fault: ignoreQueryParameters('listFlows', 'type'),
});

const ownFlows = defineRule({
  id: 'flows/own-flows',
  level: 'MUST',
  verifies: ['LG-FLO-001', 'LG-FLO-004', 'LG-AUT-011', 'LG-GEN-014'],
  sentence: 'Listing flows returns and counts every flow of the organisation, and none of another.',
  needs: ['flows', 'fresh-organizations', 'second-organization'],
  check: async (context) => {
    const [ours, theirs] = [
      await context.organization(),
      await context.organization({ second: true }),
    ];
    const before = (await flowsOf(ours)).map(({ id }) => id);
    const made: string[] = [];
    // Two of each type, one with the same name as another.
    for (const draft of [...plainFlows(3), ...plainFlows(1)]) {
      made.push((await ours.createFlow(draft)).id);
      await theirs.createFlow(draft);
    }
    context.about('LG-FLO-001', 'LG-AUT-011');
    const own = (await flowsOf(ours)).map(({ id }) => id);
    expectEqual([...own].sort(), [...before, ...made].sort(), 'the ids of all flows');
    context.about('LG-FLO-004');
    const ofTypes: string[] = [];
    for (const type of dossierTypes(context.contract)) {
      ofTypes.push(...(await flowsOf(ours, { type })).map(({ id }) => id));
    }
    expectEqual(ofTypes.sort(), [...own].sort(), 'the ids of the flows of either type');
    context.about('LG-GEN-014');
    const [page] = await ours.walk('listFlows', {});
    expectEqual(page?.total, own.length, "meta.total of the organisation's flows");
    context.about('LG-AUT-011');
    const shared = (await flowsOf(theirs)).filter(({ id }) => own.includes(id));
    expectThat(shared.length === 0, 'no flow in two organisations', () => shared);
  },
  fault: treatKeysAsFirst(),
});

const typeFilter = defineRule({
  id: 'flows/type-filter',
  level: 'MUST',
  verifies: ['LG-FLO-004', 'LG-GEN-015'],
  sentence:
    'Listing flows with `type` returns and counts every flow of that type across its pages.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ contract, organization, property, about }) => {
    const org = await organization();
    for (const draft of plainFlows(5)) await org.createFlow(draft);
    const flows = await flowsOf(org);
    const aType = fc.constantFrom(...dossierTypes(contract));
    await property([aType, fc.integer({ min: 1, max: 4 })], async (type, perPage) => {
      const expectedIds = flows.filter((flow) => flow.type === type).map(({ id }) => id);
      about('LG-FLO-004');
      const pages = await org.walk('listFlows', { type, per_page: String(perPage) });
      const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expectEqual(seen.sort(), expectedIds.sort(), `the ids of the flows of type ${type}`);
      about('LG-GEN-015');
      for (const { total } of pages) expectEqual(total, expectedIds.length, 'meta.total');
    });
  },
  fault: ignoreQueryParameters('listFlows', 'type'),
});

const pageDefaults = defineRule({
  id: 'flows/page-defaults',
  level: 'MUST',
  verifies: ['LG-FLO-001', 'LG-FLO-005', 'LG-FLO-006', 'LG-GEN-017'],
  sentence:
    'Listing flows without `page` and `per_page` returns the first page in the default size.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ contract, organization, expect, about }) => {
    const { size } = pageSizes(contract, 'listFlows');
    const org = await organization();
    const known = (await flowsOf(org)).map(({ id }) => id);
    const rest = known.length;
    for (const draft of plainFlows(size)) known.push((await org.createFlow(draft)).id);
    const list = async (query: Record<string, string>) => {
      const exchange = await org.all.send('listFlows', { query });
      expect.success(exchange);
      return pageOf(exchange).items.map(({ id }) => id);
    };
    about('LG-FLO-006');
    const defaultPage = await list({});
    expectEqual(defaultPage.length, size, 'the number of flows on a page of default size');
    about('LG-FLO-005');
    expectEqual(await list({ page: '1' }), defaultPage, 'the ids on page 1');
    about('LG-FLO-006');
    expectEqual(
      await list({ per_page: String(size) }),
      defaultPage,
      'the ids on a page of that size',
    );
    about('LG-FLO-005');
    const second = await list({ page: '2' });
    expectEqual(second.length, rest, 'the number of flows on page 2');
    about('LG-GEN-017', 'LG-FLO-001');
    expectEqual([...defaultPage, ...second].sort(), known.sort(), 'the ids on both pages');
  },
  fault: onPage(['listFlows'], ({ data }, url) => {
    if (!url.searchParams.has('per_page')) data.splice(20);
  }),
});

/** A server that keeps the earlier default flow as a default. */
const onceAlways: Fault = (fetch, name) => {
  const defaults = new Set<unknown>();
  return onData(['listFlows'], (flow) => {
    if (flow['is_default'] === true) defaults.add(flow['id']);
    flow['is_default'] = defaults.has(flow['id']);
  })(fetch, name);
};

const oneDefault = defineRule({
  id: 'flows/one-default',
  level: 'MUST',
  verifies: ['LG-FLO-016'],
  sentence: 'At most one flow of each type is the default, also after the default flow changes.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ contract, organization }) => {
    const org = await organization();
    for (const draft of plainFlows(4)) {
      for (const type of dossierTypes(contract)) {
        const defaults = (await flowsOf(org)).filter((one) => one.is_default && one.type === type);
        expectThat(
          defaults.length <= 1,
          `at most one default flow of type ${type}`,
          () => defaults,
        );
      }
      await org.createFlow({ ...draft, is_default: true });
    }
  },
  fault: onceAlways,
});

/** Not sorted by name or type, in either direction. */
const names = ['Nieuw', 'bestaand', 'Werving', 'Account', 'Zij-instroom', 'Herplaatsing', 'Elders'];

const types = ['sales', 'candidate', 'candidate', 'sales', 'candidate', 'sales', 'candidate'];

const defaultFirst = defineRule({
  id: 'flows/default-first',
  level: 'SHOULD',
  verifies: ['LG-FLO-008'],
  sentence: 'Default flows are listed first, then the others in order of creation.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ organization }) => {
    const org = await organization();
    const made: string[] = [];
    for (const [index, name] of names.entries()) {
      const type = types[index] ?? 'sales';
      const stages = Array.from({ length: 1 + (index % 3) }, (_, at) => ({
        name: `Stage ${String(at)}`,
      }));
      // The second of these replaces the first as the default, which changes the first.
      const is_default = index === 1 || index === 4;
      made.push((await org.createFlow({ name, type, is_default, stages })).id);
    }
    const flows = await flowsOf(org);
    const first = flows.findIndex((flow) => !flow.is_default);
    const ranks = flows.map((flow) => flow.is_default);
    expectEqual(ranks.lastIndexOf(true), first - 1, 'the place of the last default flow');
    const others = flows.filter((flow) => !flow.is_default && made.includes(flow.id));
    const expected = made.filter((id) => others.some((flow) => flow.id === id));
    const ids = others.map(({ id }) => id);
    expectEqual(ids, expected, 'the other flows in order of creation');
  },
  // A server that sorts the others by name.
  fault: onPage(['listFlows'], ({ data }) => {
    const keyOf = (flow: (typeof data)[number]) =>
      `${flow['is_default'] === true ? 0 : 1} ${String(flow['name'])}`;
    data.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }),
});

export default [
  typesApart,
  ownFlows,
  typeFilter,
  pageDefaults,
  oneDefault,
  defaultFirst,
] satisfies readonly Rule[];
