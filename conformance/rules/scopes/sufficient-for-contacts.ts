import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedEmail, contactKinds, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'scopes/sufficient-for-contacts',
  level: 'MUST',
  verifies: ['LG-AUT-023', 'LG-AUT-024', 'LG-AUT-025'],
  sentence: 'The scopes of contacts are enough for every filter, every field and every link.',
  needs: ['scoped-keys'],
  check: async (world) => {
    const { organization, contract, expect } = world;
    const home = await organization();
    const { listContacts, createContact: creation, linkDossierContact } = contract.operations;
    const reader = await home.client({ scopes: listContacts.scopes });
    const writer = await home.client({ scopes: creation.scopes });
    const linker = await home.client({ scopes: linkDossierContact.scopes });
    const kind = [...contactKinds(contract)];
    const filters = [{ search: 'Noor' }, { kind }, { pool: 'in_pool' }, { search: 'Noor', kind }];
    for (const query of filters) expect.success(await reader.send('listContacts', { query }));
    const names = { full_name: 'Noor Bakker', company: 'Tulp Logistics', role: 'Director' };
    const others = { phone: '+31 20 123 45 67', city: 'Utrecht', notes: 'Called twice.', kind };
    const email = await anUnusedEmail(world, home);
    const body = { ...names, ...others, email };
    expect.success(await writer.send('createContact', { body }));
    const { id: contact_id } = await createContact(world, home, { full_name: 'Iris Smit' });
    const path = { id: contact_id };
    for (const changes of [{ email: await anUnusedEmail(world, home) }, names, others]) {
      expect.success(await writer.send('updateContact', { path, body: changes }));
    }
    const { id } = await home.createDossier({ type: 'sales', name: 'Acme' });
    const link = { contact_id, role_on_dossier: 'primary', is_primary: true };
    expect.success(await linker.send('linkDossierContact', { path: { id }, body: link }));
    expect.success(await reader.send('listDossierContacts', { path: { id } }));
    expect.success(await linker.send('unlinkDossierContact', { path: { id, contact_id } }));
  },
  // A server that asks for more where somebody searches.
  liar: refuse(403, 'forbidden', ({ url }) => url.includes('search=')),
});
