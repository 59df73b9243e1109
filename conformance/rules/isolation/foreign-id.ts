import { letIn } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'isolation/foreign-id',
  level: 'MUST',
  verifies: ['LG-ERR-017'],
  sentence: 'A path with an id of another organisation is not found.',
  needs: ['second-organization'],
  check: async ({ operations, organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    for (const { id, parameters } of operations) {
      for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
        const foreign = (await theirs.prepare(id)).path?.[name] ?? '';
        const request = await ours.prepare(id);
        const path = { ...request.path, [name]: foreign };
        expect.refusal(await ours.all.send(id, { ...request, path }), 404);
        expect.success(await ours.all.send(id, request));
      }
    }
  },
  liar: letIn('listFlowStages'),
});
