import { betrayOwner } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { toldOf } from '../../world/told.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'isolation/foreign-member',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence: 'A member of another organisation is answered just as one that does not exist.',
  needs: ['second-organization', 'fresh-organizations', 'members'],
  check: async ({ organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const [mine, foreign] = [ours.members[0], theirs.members[0]];
    if (mine === undefined || foreign === undefined) return;
    const assign = (assigned_to: string, { all } = ours) =>
      all.send('createDossier', {
        body: { type: 'candidate', name: 'Noor Bakker', assigned_to },
      });
    expect.success(await assign(foreign, theirs));
    const { id } = await ours.createDossier({ type: 'candidate', name: 'Iris Maas' });
    const reassign = (assigned_to: string) =>
      ours.all.send('updateDossier', { path: { id }, body: { assigned_to } });
    for (const send of [(member: string) => assign(member), reassign]) {
      const unknown = unknownIdLike(foreign);
      const nothing = toldOf(await send(unknown), unknown);
      const answer = toldOf(await send(foreign), foreign);
      expectEqual(answer, nothing, 'the same answer to a foreign member as to none,');
      expect.success(await send(mine));
    }
  },
  liar: betrayOwner('createDossier'),
});
