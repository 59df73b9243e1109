import { betrayOwner } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { toldOf } from '../../world/told.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'isolation/no-difference-in-references',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence: 'A flow or stage of another organisation is answered just as one that does not exist.',
  needs: ['second-organization'],
  check: async ({ organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const draft = { type: 'candidate', name: 'Noor Bakker' } as const;
    const create = (flow_id: string) =>
      ours.all.send('createDossier', { body: { ...draft, flow_id } });
    const list = (stage_id: string) => ours.all.send('listDossiers', { query: { stage_id } });
    const flowOf = async ({ all }: typeof ours) => {
      const flows = await all.call((api) =>
        api.GET('/flows', { params: { query: { type: 'candidate' } } }),
      );
      expect.success(flows);
      const [flow] = dataOf(flows.json) as { id: string }[];
      expectThat(flow !== undefined, 'a flow for candidates', () => flows.json);
      return flow?.id ?? '';
    };
    const compare = async (send: typeof create, foreign: string, what: string) => {
      const unknown = unknownIdLike(foreign);
      const nothing = toldOf(await send(unknown), unknown);
      const answer = toldOf(await send(foreign), foreign);
      expectEqual(answer, nothing, `the same answer to a foreign ${what} as to none,`);
    };
    await compare(create, await flowOf(theirs), 'flow');
    await compare(list, (await theirs.createDossier(draft)).current_stage_id, 'stage');
    expect.success(await create(await flowOf(ours)));
    expect.success(await list((await ours.createDossier(draft)).current_stage_id));
  },
  liar: betrayOwner('createDossier'),
});
