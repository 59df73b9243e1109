import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { firstStageOf, makeFlow } from '../../world/flows.ts';

/** Remembers where the first dossier of a type went, and puts the others there too. */
const rememberDefault: Liar = (fetch, name) => {
  const firsts = new Map<unknown, unknown>();
  return onData(['createDossier'], (dossier) => {
    const { type, current_stage_id: stage } = dossier;
    if (!firsts.has(type)) firsts.set(type, stage);
    dossier['current_stage_id'] = firsts.get(type);
  })(fetch, name);
};

export default defineRule({
  id: 'dossiers/default-among-flows',
  level: 'MUST',
  verifies: ['LG-DOS-022', 'LG-DOS-023'],
  sentence: 'New dossiers go into the flow that is the default now, not an older or a newer one.',
  needs: ['fresh-organizations', 'flows'],
  check: async ({ contract, organization }) => {
    const home = await organization();
    for (const type of dossierTypes(contract)) {
      const expectStart = async (name: string, first: string | undefined) => {
        const created = await home.createDossier({ type, name });
        expectEqual(created.current_stage_id, first, 'the first stage of the default flow,');
      };
      for (const draft of plainFlows(2, type)) {
        const flow = await makeFlow(home, { ...draft, is_default: true });
        const first = firstStageOf(flow)?.id;
        await expectStart(`After ${draft.name}`, first);
        await makeFlow(home, { ...draft, name: `${draft.name}, another`, is_default: false });
        await expectStart(`After another ${draft.name}`, first);
      }
    }
  },
  liar: rememberDefault,
});
