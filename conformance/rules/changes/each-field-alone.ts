import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged, expectUntouched, type Told, type View } from '../../world/aftermath.ts';
import { change, viewUnder, type DossierChanges } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { createFull } from '../../world/full-dossier.ts';
import { dataOf, type NewDossier, type Organization } from '../../world/organization.ts';
import { expectPermittedRefusal, type Reason } from '../../world/permitted-refusals.ts';
import type { World } from '../../world/world.ts';

const texts = [
  {
    ...{ name: 'Noor Bakker', email: 'noor@example.com', phone: '+31 6 12345678' },
    ...{ company: 'Tulp Logistics', role: 'Planner', intake_notes: 'Met at the fair.' },
  },
  {
    ...{ name: 'Iris Maas', email: 'iris@example.com', phone: '+32 2 555 12 12' },
    ...{ company: 'Linde Retail', role: 'Buyer', intake_notes: 'Called.\nCalls back.' },
  },
] as const;
const deals = [
  { contact_person: 'Mark Visser', deal_size: 1250.5, deal_currency: 'USD' },
  { contact_person: 'Joris Smit', deal_size: 62_000, deal_currency: 'EUR' },
] as const;

/** A value in every text field, and in those of a deal for a sale: one of two, by turns. */
const values = (type: NewDossier['type'], turn: number) => {
  const index = turn % 2 === 0 ? 0 : 1;
  return { ...texts[index], ...(type === 'sales' && deals[index]) };
};

/** The decisions that let a change be refused because of the dossier's own status. */
const reasonsAgainst = (status: string, sent: DossierChanges): readonly Reason[] => {
  if (status === 'active' || 'status' in sent) return [];
  const moves: readonly Reason[] = 'current_stage_id' in sent ? ['LG-DOS-086'] : [];
  return status === 'archived' ? ['LG-DOS-100', ...moves] : moves;
};

/** Changes one field of a dossier of some status: that one changes, or none where it is refused. */
const changeOne = async (
  world: World,
  home: Organization,
  { before, status, sent }: { before: View; status: string; sent: DossierChanges },
): Promise<View> => {
  const { id } = before.retrieved;
  const exchange = await home.all.send('updateDossier', { path: { id }, body: sent });
  const refusals = reasonsAgainst(status, sent);
  if (refusals.length > 0 && exchange.response.status >= 400) {
    expectPermittedRefusal(world, exchange, refusals);
    const kept = await viewUnder(world, home, id, status);
    expectUntouched(world, before, { answered: { id }, ...kept });
    return kept;
  }
  world.expect.success(exchange);
  const after = await viewUnder(world, home, id, sent.status ?? status);
  const aftermath = { answered: dataOf(exchange.json) as Told, ...after };
  expectChanged(aftermath, sent);
  expectUntouched(world, before, aftermath, sent);
  return after;
};

/** Every field but the status, each alone; the assignment goes last, as nobody has it then. */
const fieldsInTurn = (values: DossierChanges, stage: string | undefined): DossierChanges[] => {
  const fields = { ...(stage !== undefined && { current_stage_id: stage }), ...values };
  const changes = Object.entries(fields).map(([name, value]) => ({ [name]: value }));
  return [...changes, { assigned_to: null }];
};

export default defineRule({
  id: 'changes/each-field-alone',
  level: 'MUST',
  verifies: ['LG-DOS-067', 'LG-DOS-068'],
  sentence:
    'A change of any one field changes that one and no other, whatever status the dossier has.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const draft = await withUnusedEmail(world, home, values(type, 0));
      const dossier = await createFull(world, home, { type, ...draft });
      const { stages } = await flowAround(home, dossier);
      const [first, last] = [stages[0]?.id, stages.at(-1)?.id];
      const { id } = dossier;
      let before = await viewUnder(world, home, id, 'active');
      for (const [turn, name] of dossierStatuses(world.contract).entries()) {
        const status = name as NonNullable<DossierChanges['status']>;
        const from = turn === 0 ? 'active' : (dossierStatuses(world.contract)[turn - 1] ?? '');
        before = await changeOne(world, home, { before, status: from, sent: { status } });
        const next = await withUnusedEmail(world, home, values(type, turn + 1));
        for (const sent of fieldsInTurn(next, turn % 2 === 0 ? last : first)) {
          before = await changeOne(world, home, { before, status, sent });
        }
        // Where somebody was assigned, they are again.
        const { assigned_to } = dossier;
        if (assigned_to && status !== 'archived') await change(world, home, id, { assigned_to });
        before = await viewUnder(world, home, id, status);
      }
    }
  },
  // A server that keeps an amount and its currency as one thing.
  liar: onSent(['updateDossier'], (body) =>
    'deal_size' in body ? { deal_currency: null, ...body } : body,
  ),
});
