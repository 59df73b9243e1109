import { inheritedNames } from '../../arbitraries/value-beside.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { defaultFlowOf, flowsOf } from '../../world/flows.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/type',
  level: 'MUST',
  verifies: ['LG-DOS-001', 'LG-DOS-029'],
  sentence: 'A dossier needs a type, one of those that are documented, and has it from then on.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const name = 'Noor Bakker';
    const flows = await flowsOf(home);
    const deal = { contact_person: 'Iris', deal_size: 62_000, deal_currency: 'EUR' };
    for (const type of dossierTypes(world.contract)) {
      // Neither what only a sale has nor a flow stands in for the type.
      const flow = defaultFlowOf(flows, type);
      const hint = type === 'sales' ? deal : { role: 'Planner' };
      const hints = [{}, hint, ...(flow ? [{ flow_id: flow.id }] : [])];
      const others = ['', 'lead', `${type}_2`, ...inheritedNames].map((one) => ({ type: one }));
      for (const offence of [...hints, ...others]) {
        const exchange = await home.all.send('createDossier', { body: { name, ...offence } });
        world.expect.refusal(exchange, 400);
      }
      expectKept(await createAndSee(world, home, { type, name }), { type }, everywhere);
    }
  },
  // A server to which everything that isn't a sale is a candidate.
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    type: body['type'] === 'sales' ? 'sales' : 'candidate',
  })),
});
