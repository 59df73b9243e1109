import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { createIn, waysToCreate } from '../../world/dossier-contacts.ts';
import { findListed } from '../../world/dossier-list.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Organization } from '../../world/organization.ts';
import { retrieve } from '../../world/sightings.ts';
import type { World } from '../../world/world.ts';

/** What is shown at a time, and what was last sent. */
interface Look {
  readonly sent: string;
  readonly shown: readonly (string | null | undefined)[];
}

/** The notes by id, in the list, and in the answer to a change of another field. */
const look = async (world: World, home: Organization, id: string, sent: string): Promise<Look> => {
  const retrieved = await retrieve(world, home, id);
  const listed = await findListed(world, home, id);
  const answered = await change(world, home, id, { name: retrieved.name });
  // A reading ends it, as what was sent has to be read.
  const again = await retrieve(world, home, id);
  return { sent, shown: [retrieved, listed, answered, again].map((one) => one.intake_notes) };
};

/** Where answers about dossiers of one type show them at all, they show what was sent. */
const expectShown = (looks: readonly Look[]): void => {
  const areShown = looks.some(({ shown }) => shown.some((one) => one !== undefined));
  if (!areShown) return;
  for (const { sent, shown } of looks) {
    // Not every place has to show them.
    const values = shown.filter((one) => one != null);
    for (const value of values.length > 0 ? values : [null]) {
      expectEqual(value, sent, 'the intake notes');
    }
  }
};

export default defineRule({
  id: 'dossiers/intake-notes-shown',
  level: 'MUST',
  verifies: ['LG-DOS-108'],
  sentence: 'Where answers show intake notes at all, they show those that were last sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const looks: Look[] = [];
      for (const way of waysToCreate) {
        const first = `Met at the fair, says ${way}.`;
        const draft = { type, name: `With notes by ${way}`, intake_notes: first };
        const { id } = await createIn(world, home, way, draft);
        looks.push(await look(world, home, id, first));
        const second = `Called, after ${way}.`;
        await change(world, home, id, { intake_notes: second });
        looks.push(await look(world, home, id, second));
      }
      expectShown(looks);
    }
  },
  liar: overlook('createDossier', 'intake_notes'),
});
