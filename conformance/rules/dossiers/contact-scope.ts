import { refuse } from '../../liars/access.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { findLinked } from '../../world/links.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';

/** Asks for one more scope as soon as a dossier names a contact. */
const refuseContact: Liar = (fetch, name) => async (request) => {
  const named = (await request.clone().text()).includes('"contact_id"');
  const isCreation = name(request.method, request.url) === 'createDossier';
  return refuse(403, 'forbidden', () => named && isCreation)(fetch, name)(request);
};

export default defineRule({
  id: 'dossiers/contact-scope',
  level: 'SHOULD',
  verifies: ['LG-AUT-048'],
  sentence: 'Creating a dossier for a contact needs no scope but that of creating dossiers.',
  needs: ['scoped-keys'],
  check: async (world) => {
    const { contract, expect, organization } = world;
    const home = await organization();
    const { scopes } = contract.operations.createDossier;
    const client = await home.client({ scopes });
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const body = { type: 'candidate', name: 'For a contact, with one scope', contact_id };
    const exchange = await client.send('createDossier', { body });
    expect.success(exchange);
    await findLinked(world, home, (dataOf(exchange.json) as Dossier).id, contact_id);
  },
  liar: refuseContact,
});
