import fc from 'fast-check';
import { anAmount, awkwardAmounts, largeAmounts } from '../../arbitraries/amount.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee, view } from '../../world/changes.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'changes/deal-size',
  level: 'MUST',
  verifies: ['LG-DOS-076', 'LG-GEN-011', 'LG-GEN-012', 'LG-GEN-013'],
  sentence:
    'A sales dossier has the size that its deal was given last, nothing and cents included.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const deal = { deal_size: 62_000, deal_currency: 'EUR' };
    const draft = { type: 'sales' as const, name: 'With a changing deal', ...deal };
    const { id } = await home.createDossier(draft);
    const resize = async (deal_size: number) => {
      expectChanged(await changeAndSee(world, home, id, { deal_size }), { deal_size });
    };
    for (const size of [...awkwardAmounts, 0]) await resize(size);
    for (const deal_size of largeAmounts) {
      const exchange = await home.all.send('updateDossier', { path: { id }, body: { deal_size } });
      if (exchange.response.status >= 400) expectPermittedRefusal(world, exchange, ['LG-DOS-049']);
      else {
        world.expect.success(exchange);
        expectChanged({ answered: { id }, ...(await view(world, home, id)) }, { deal_size });
      }
    }
    await world.property([fc.oneof(anAmount(), fc.constant(0))], resize);
  },
  // A server to which zero is nothing, and nothing is no change.
  liar: onSent(['updateDossier'], (body) => ({
    ...body,
    deal_size: body['deal_size'] === 0 ? undefined : body['deal_size'],
  })),
});
