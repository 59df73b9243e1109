import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';
import type { Flow } from '../../world/organization.ts';

const stagesById = (flows: readonly Flow[]) =>
  Object.fromEntries(
    flows.map(({ id, stages }) => [id, stages.map((stage) => [stage.id, stage.position])]),
  );

export default defineRule({
  id: 'flows/stages-on-every-page',
  level: 'MUST',
  verifies: ['LG-FLO-002'],
  sentence: 'A flow is listed with all of its stages, on whichever page and by whichever filter.',
  needs: [],
  check: async ({ contract, organization }) => {
    const home = await organization();
    const flows = await flowsOf(home);
    const half = String(Math.max(1, Math.ceil(flows.length / 2)));
    expectEqual(
      stagesById(await flowsOf(home, { per_page: half })),
      stagesById(flows),
      'the stages',
    );
    for (const type of dossierTypes(contract)) {
      const wanted = flows.filter((flow) => flow.type === type);
      expectEqual(stagesById(await flowsOf(home, { type })), stagesById(wanted), 'the stages');
    }
  },
  // A server that nests stages only where it is asked for everything.
  liar: onPage(['listFlows'], ({ data }, url) => {
    if (!url.searchParams.has('type')) return;
    for (const flow of data) flow['stages'] = [];
  }),
});
