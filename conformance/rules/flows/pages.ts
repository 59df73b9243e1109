import fc from 'fast-check';
import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/pages',
  level: 'MUST',
  verifies: ['LG-GEN-014', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-018'],
  sentence:
    'The pages of flows are stretches of the list, with every flow once and the true total.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ organization, property }) => {
    const home = await organization();
    const made: string[] = [];
    for (const draft of plainFlows(6)) made.push((await home.createFlow(draft)).id);
    const whole = (await flowsOf(home, { per_page: '20' })).map(({ id }) => id);
    const missing = made.filter((id) => !whole.includes(id));
    expectEqual(missing, [], 'the flows that the list lacks');
    await property([fc.integer({ min: 1, max: whole.length })], async (perPage) => {
      const pages = await home.walk('listFlows', { per_page: String(perPage) });
      for (const [index, { items, total, ...told }] of pages.entries()) {
        const stretch = whole.slice(index * perPage, (index + 1) * perPage);
        const what = `the flows on page ${String(index + 1)} of ${String(perPage)}`;
        const ids = items.map(({ id }) => id);
        expectEqual(ids, stretch, what);
        expectEqual(total, whole.length, 'meta.total');
        expectEqual(told.page ?? index + 1, index + 1, 'meta.page');
        expectEqual(told.perPage ?? perPage, perPage, 'meta.per_page');
      }
      expectEqual(pages.length, Math.ceil(whole.length / perPage), 'the number of pages');
    });
  },
  // A server that skips one item too many.
  liar: onPage(['listFlows'], ({ data }, url) => {
    if (url.searchParams.get('page') !== '1') data.shift();
  }),
});
