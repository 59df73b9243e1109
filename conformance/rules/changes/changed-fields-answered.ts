import type { Contract } from '../../../openapi/contract.ts';
import { aFullDossier, someChanges } from '../../arbitraries/changes.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { change, type DossierChanges } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { exampleMembers } from '../../world/example-members.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Organization } from '../../world/organization.ts';
import { comparable } from '../../world/sightings.ts';
import type { World } from '../../world/world.ts';

/** What examples of answers show of a dossier, beside its stage and status (LG-DOS-069). */
const shownIn = (contract: Contract): readonly string[] => {
  const operations = ['listDossiers', 'getDossier', 'createDossier'] as const;
  const members = operations.flatMap((operation) => exampleMembers(contract, operation));
  return [...new Set(members)].filter((name) => !['current_stage_id', 'status'].includes(name));
};

const expectAnswered = async (
  world: World,
  home: Organization,
  id: string,
  changes: DossierChanges,
): Promise<void> => {
  const answered = await change(world, home, id, changes);
  for (const name of shownIn(world.contract)) {
    const sent = changes[name as keyof DossierChanges] ?? null;
    if (sent === null) continue;
    const value = comparable(name, answered[name as keyof typeof answered]) ?? null;
    expectEqual(value, comparable(name, sent), `${name} in the answer to the change`);
  }
};

export default defineRule({
  id: 'changes/changed-fields-answered',
  level: 'MUST',
  verifies: ['LG-DOS-104'],
  sentence: 'A change answers the new value of each field that examples of dossiers show.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const common: DossierChanges[] = [{ name: 'Renamed' }, { company: 'Linde' }];
    const [assigned_to] = home.members;
    if (assigned_to !== undefined) common.push({ assigned_to });
    const deal = { deal_size: 7500, deal_currency: 'USD' };
    const sales = [...common, { contact_person: 'Iris Maas' }, deal, { deal_size: 8000 }];
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'To be answered field by field' });
      // Each by itself: what is answered of one must not hang on another.
      for (const changes of type === 'sales' ? sales : common) {
        await expectAnswered(world, home, id, changes);
      }
    }
    await world.property(
      [
        aFullDossier().chain((draft) =>
          someChanges(draft.type).map((sent) => [draft, sent] as const),
        ),
      ],
      async ([draft, sent]) => {
        const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
        await expectAnswered(world, home, id, await withUnusedEmail(world, home, sent));
      },
      6,
    );
  },
  // A server that answers with the fields of the example alone.
  liar: onData(['updateDossier'], (dossier) => {
    for (const name of Object.keys(dossier)) {
      if (!['id', 'current_stage_id', 'status'].includes(name))
        Reflect.deleteProperty(dossier, name);
    }
  }),
});
