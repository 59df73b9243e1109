import fc from 'fast-check';
import { aFullDossier, someChanges } from '../../arbitraries/changes.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged, expectUntouched } from '../../world/aftermath.ts';
import { changeAndSee, view, type DossierChanges } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { createFull } from '../../world/full-dossier.ts';
import type { NewDossier } from '../../world/organization.ts';

/** A sale of which two fields are changed at a time. */
const plain: readonly [NewDossier, DossierChanges[]] = [
  {
    ...{ type: 'sales', name: 'Tulp Logistics', company: 'Tulp', contact_person: 'Mark Visser' },
    ...{ deal_size: 1250.5, deal_currency: 'USD' },
  },
  [
    { name: 'Linde Retail', company: 'Linde' },
    { deal_size: 62_000, deal_currency: 'EUR' },
  ],
];

/** A dossier with all that it may have, and changes of some of it, one after the other. */
const aHistory = () =>
  aFullDossier().chain((draft) =>
    fc.tuple(fc.constant(draft), fc.array(someChanges(draft.type), { minLength: 1, maxLength: 3 })),
  );

export default defineRule({
  id: 'changes/selection',
  level: 'MUST',
  verifies: ['LG-DOS-067', 'LG-DOS-068'],
  sentence: 'A change changes the fields that it names, any selection of them, and no others.',
  needs: [],
  check: async (world) => {
    const follow = async ([draft, history]: readonly [NewDossier, DossierChanges[]]) => {
      const home = await world.organization();
      const { id } = await createFull(world, home, await withUnusedEmail(world, home, draft));
      for (const drafted of history) {
        const changes = await withUnusedEmail(world, home, drafted);
        const before = await view(world, home, id);
        const after = await changeAndSee(world, home, id, changes);
        expectChanged(after, changes);
        expectUntouched(world, before, after, changes);
      }
    };
    await follow(plain);
    await world.property([aHistory()], follow);
  },
  // A server to which what isn't sent is nothing.
  liar: onSent(['updateDossier'], (body) => ({ company: null, ...body })),
});
