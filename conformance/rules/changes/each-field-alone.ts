import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged, expectUntouched } from '../../world/aftermath.ts';
import { changeAndSee, view, type DossierChanges } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { createFull } from '../../world/full-dossier.ts';
import type { NewDossier } from '../../world/organization.ts';

const deal = { contact_person: 'Mark Visser', deal_size: 1250.5, deal_currency: 'USD' };
const otherDeal = { contact_person: 'Joris Smit', deal_size: 62_000, deal_currency: 'EUR' };

/** A value in every text field, and in those of a deal for a sale. */
const full = (type: NewDossier['type']): NewDossier => ({
  ...{ type, name: 'Noor Bakker', email: 'noor@example.com', phone: '+31 6 12345678' },
  ...{ company: 'Tulp Logistics', role: 'Planner', intake_notes: 'Met at the fair.' },
  ...(type === 'sales' && deal),
});

/** Another value for each of them. */
const others = (type: NewDossier['type']): DossierChanges => ({
  ...{ name: 'Iris Maas', email: 'iris@example.com', phone: '+32 2 555 12 12' },
  ...{ company: 'Linde Retail', role: 'Buyer', intake_notes: 'Called.\nCalls back.' },
  ...(type === 'sales' && otherDeal),
});

export default defineRule({
  id: 'changes/each-field-alone',
  level: 'MUST',
  verifies: ['LG-DOS-067', 'LG-DOS-068'],
  sentence: 'A change of any one field changes that one, and takes nothing from the others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const draft = await withUnusedEmail(world, home, full(type));
      const dossier = await createFull(world, home, draft);
      const stage = (await flowAround(home, dossier)).stages[1];
      const move = stage && { current_stage_id: stage.id };
      const fields = Object.entries({ ...move, ...others(type) });
      const changes: DossierChanges[] = fields.map(([name, value]) => ({ [name]: value }));
      const statuses = ['won', 'lost', 'archived'] as const;
      for (const change of [...changes, ...statuses.map((status) => ({ status }))]) {
        const sent = await withUnusedEmail(world, home, change);
        const before = await view(world, home, dossier.id);
        const after = await changeAndSee(world, home, dossier.id, sent);
        expectChanged(after, sent);
        expectUntouched(world, before, after, sent);
      }
    }
  },
  // A server that keeps an amount and its currency as one thing.
  liar: onSent(['updateDossier'], (body) =>
    'deal_size' in body ? { deal_currency: null, ...body } : body,
  ),
});
