import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';
import { dossierTypes } from '../../world/dossier-types.ts';

export default defineRule({
  id: 'changes/unassignment',
  level: 'MUST',
  verifies: ['LG-DOS-080', 'LG-DOS-081'],
  sentence: 'Null takes a dossier away from its member, who can be given it again.',
  needs: ['members'],
  check: async (world) => {
    const home = await world.organization();
    const [member] = home.members;
    if (member === undefined) return;
    for (const type of dossierTypes(world.contract)) {
      const draft = { type, name: 'Taken away', assigned_to: member };
      const { id } = await home.createDossier(draft);
      for (const assigned_to of [null, member, null]) {
        const after = await changeAndSee(world, home, id, { assigned_to });
        expectChanged(after, { assigned_to });
      }
      // Together with another field too.
      await changeAndSee(world, home, id, { assigned_to: member });
      const both = { name: 'Taken away and renamed', assigned_to: null };
      expectChanged(await changeAndSee(world, home, id, both), both);
    }
  },
  // A server that leaves null out, as it does with what wasn't sent.
  liar: onSent(['updateDossier'], (body) => ({
    ...body,
    assigned_to: body['assigned_to'] ?? undefined,
  })),
});
