import fc from 'fast-check';
import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/type-filter',
  level: 'MUST',
  verifies: ['LG-FLO-004', 'LG-GEN-015'],
  sentence: 'Filtered by type, the list has and counts the flows of that type over its pages.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ contract, organization, property }) => {
    const home = await organization();
    for (const draft of plainFlows(5)) await home.createFlow(draft);
    const flows = await flowsOf(home);
    const aType = fc.constantFrom(...dossierTypes(contract));
    await property([aType, fc.integer({ min: 1, max: 4 })], async (type, perPage) => {
      const wanted = flows.filter((flow) => flow.type === type).map(({ id }) => id);
      const pages = await home.walk('listFlows', { type, per_page: String(perPage) });
      const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expectEqual(seen.sort(), wanted.sort(), `the ids of the flows of type ${type}`);
      for (const { total } of pages) expectEqual(total, wanted.length, 'meta.total');
    });
  },
  liar: overlookQuery('listFlows', 'type'),
});
