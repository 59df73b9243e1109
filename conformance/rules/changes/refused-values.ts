import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { anUnusedEmail } from '../../world/contacts.ts';

/** A right value, and wrong ones. */
const valuesOf = (
  stage: string,
  address: string,
): Readonly<Record<string, readonly [unknown, ...unknown[]]>> => ({
  name: ['.', '', ' ', '\t\n', '\u00A0\u2003'],
  email: [address, 'noor', '@example.com', 'noor@', 'noor@@example.com', 'a@b@c.nl', ''],
  deal_currency: ['USD', 'usd', 'Usd', 'EURO', 'EU', '€', '978', ''],
  deal_size: [0, -0.01, -1, -62_000],
  assigned_to: [null, '5f0c9a52-1d3e-4b7a-9c46-0e8d72ab4f19', 'nobody'],
  status: ['won', 'Won', 'WON', ' won'],
  current_stage_id: [stage, 'none', '42', ''],
});

export default defineRule({
  id: 'changes/refused-values',
  level: 'SHOULD',
  verifies: [
    ...(['LG-DOS-031', 'LG-DOS-044', 'LG-DOS-046', 'LG-DOS-048', 'LG-DOS-050'] as const),
    ...(['LG-GEN-028', 'LG-GEN-041', 'LG-GEN-049'] as const),
  ],
  sentence: 'What no dossier can be created with, it can not be changed to either.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const address = await anUnusedEmail(world, home);
    const deal = { deal_size: 62_000, deal_currency: 'EUR' };
    const draft = { type: 'sales' as const, name: 'To be changed', ...deal };
    const { id, current_stage_id } = await home.createDossier(draft);
    for (const [name, [right, ...wrong]] of Object.entries(valuesOf(current_stage_id, address))) {
      for (const value of wrong) {
        const body = { [name]: value };
        const refused = await home.all.send('updateDossier', { path: { id }, body });
        world.expect.refusal(refused, 400);
      }
      await change(world, home, id, { [name]: right });
    }
  },
  liar: refuseNot(400),
});
