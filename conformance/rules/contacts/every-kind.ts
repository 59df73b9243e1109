import { refuse } from '../../liars/access.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { findListedContact } from '../../world/contact-list.ts';
import {
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';
import { contactKinds } from '../../world/contacts.ts';

/** Knows no partners, and takes them for suppliers. */
const withoutPartners: Liar = (fetch, name) => {
  const take = onSent(['createContact'], (body) => ({
    ...body,
    kind: (body['kind'] as string[] | undefined)?.map((one) =>
      one === 'partner' ? 'supplier' : one,
    ),
  }));
  const list = refuse(400, 'invalid_body', ({ url }) => url.includes('kind=partner'));
  return list(take(fetch, name), name);
};

export default defineRule({
  id: 'contacts/every-kind',
  level: 'MUST',
  verifies: ['LG-CON-001'],
  sentence: 'Each documented kind can be given to a contact and asked for, and no other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const full_name = 'Noor Bakker';
    for (const kind of contactKinds(world.contract)) {
      for (const other of [`${kind}s`, `${kind}_2`, 'lead']) {
        const body = { full_name, kind: [other] };
        world.expect.refusal(await home.all.send('createContact', { body }), 400);
      }
      const seen = await createAndSeeContact(world, home, { full_name, kind: [kind] });
      expectContactKept(seen, { kind: [kind] }, contactPlaces);
      await findListedContact(world, home, seen.answered.id, { kind });
    }
  },
  liar: withoutPartners,
});
