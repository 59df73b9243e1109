import { endPlaceFirst } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, link, linksOn } from '../../world/links.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'links/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A link that is refused changes nothing, and leaves the primary contact its place.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Refused to some' });
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor = '', iris = ''] = (await createContacts(world, home, people)).map((one) => one.id);
    await link(world, home, id, { contact_id: noor, ...asPrimary });
    const before = await linksOn(world, home, id);
    const right = { contact_id: iris, ...asPrimary };
    const offences = [
      { role_on_dossier: 'friend' },
      { role_on_dossier: undefined },
      { is_primary: 'yes' },
      { contact_id: unknownIdLike(iris) },
    ];
    for (const offence of offences) {
      const request = { path: { id }, body: { ...right, ...offence } };
      expectPermittedRefusal(world, await home.all.send('linkDossierContact', request), [
        'LG-ERR-023',
        'LG-LNK-013',
      ]);
      expectEqual(await linksOn(world, home, id), before, 'the links as before,');
    }
    await link(world, home, id, right);
  },
  // A server that ends the place of the one before at once, and then finds that nobody follows.
  liar: endPlaceFirst,
});
