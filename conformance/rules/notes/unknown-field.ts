import { refuseStrangers } from '../../liars/strictness.ts';
import { defineRule } from '../../rule.ts';
import { expectUnknownIgnored } from '../../world/unknown-fields.ts';

export default defineRule({
  id: 'notes/unknown-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-033'],
  sentence: 'Fields of a note that the contract does not name are ignored.',
  needs: [],
  check: async (world) => {
    await expectUnknownIgnored(world, await world.organization(), 'createDossierNote');
  },
  liar: refuseStrangers,
});
