import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/types-apart',
  level: 'MUST',
  verifies: ['LG-FLO-004'],
  sentence: 'The flows at hand are those of the one type and those of the other.',
  needs: [],
  check: async ({ contract, organization }) => {
    const home = await organization();
    const flows = await flowsOf(home);
    for (const type of dossierTypes(contract)) {
      const wanted = flows.filter((flow) => flow.type === type).map(({ id }) => id);
      const seen = (await flowsOf(home, { type })).map(({ id }) => id);
      expectEqual(seen.sort(), wanted.sort(), `the ids of the flows of type ${type}`);
    }
  },
  liar: overlookQuery('listFlows', 'type'),
});
