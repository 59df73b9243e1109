import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { mistakeKeys } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/own-flows',
  level: 'MUST',
  verifies: ['LG-FLO-001', 'LG-FLO-004', 'LG-AUT-011', 'LG-GEN-014'],
  sentence: 'The list has and counts all flows of the organisation, and none of another.',
  needs: ['flows', 'fresh-organizations', 'second-organization'],
  check: async (world) => {
    const [ours, theirs] = [await world.organization(), await world.organization({ second: true })];
    const before = (await flowsOf(ours)).map(({ id }) => id);
    const made: string[] = [];
    // Two of each type, one with the name of another.
    for (const draft of [...plainFlows(3), ...plainFlows(1)]) {
      made.push((await ours.createFlow(draft)).id);
      await theirs.createFlow(draft);
    }
    const own = (await flowsOf(ours)).map(({ id }) => id);
    expectEqual([...own].sort(), [...before, ...made].sort(), 'the ids of all flows');
    const ofTypes: string[] = [];
    for (const type of dossierTypes(world.contract)) {
      ofTypes.push(...(await flowsOf(ours, { type })).map(({ id }) => id));
    }
    expectEqual(ofTypes.sort(), [...own].sort(), 'the ids of the flows of either type');
    const [page] = await ours.walk('listFlows', {});
    expectEqual(page?.total, own.length, 'meta.total of the own flows');
    const shared = (await flowsOf(theirs)).filter(({ id }) => own.includes(id));
    expectThat(shared.length === 0, 'no flow in two organisations', () => shared);
  },
  liar: mistakeKeys(),
});
