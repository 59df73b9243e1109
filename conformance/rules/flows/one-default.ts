import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectThat } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';

/** Forgets that a flow that was the default isn't it any more. */
const onceAlways: Liar = (fetch, name) => {
  const defaults = new Set<unknown>();
  return onData(['listFlows'], (flow) => {
    if (flow['is_default'] === true) defaults.add(flow['id']);
    flow['is_default'] = defaults.has(flow['id']);
  })(fetch, name);
};

export default defineRule({
  id: 'flows/one-default',
  level: 'MUST',
  verifies: ['LG-FLO-016'],
  sentence: 'At most one flow of each type is the default, also after another became it.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ contract, organization }) => {
    const home = await organization();
    for (const draft of plainFlows(4)) {
      for (const type of dossierTypes(contract)) {
        const defaults = (await flowsOf(home)).filter((one) => one.is_default && one.type === type);
        expectThat(
          defaults.length <= 1,
          `at most one default flow of type ${type}`,
          () => defaults,
        );
      }
      await home.createFlow({ ...draft, is_default: true });
    }
  },
  liar: onceAlways,
});
