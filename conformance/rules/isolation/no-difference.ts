import { betrayOwner } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { toldOf } from '../../world/told.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'isolation/no-difference',
  level: 'MUST',
  verifies: ['LG-ERR-018'],
  sentence: 'An id of another organisation in a path is answered just as an id of nothing.',
  needs: ['second-organization'],
  check: async ({ operations, organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    for (const { id, parameters } of operations) {
      for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
        const foreign = (await theirs.prepare(id)).path?.[name] ?? '';
        const request = await ours.prepare(id);
        const tell = async (value: string) => {
          const path = { ...request.path, [name]: value };
          return toldOf(await ours.all.send(id, { ...request, path }), value);
        };
        const nothing = await tell(unknownIdLike(foreign));
        expectEqual(await tell(foreign), nothing, `the same answer of ${id} as for nothing,`);
        expect.success(await ours.all.send(id, request));
      }
    }
  },
  liar: betrayOwner('getDossier'),
});
