import { refuse } from '../../liars/access.ts';
import { isForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import type { RawRequest } from '../../world/client.ts';
import { anUnusedEmail } from '../../world/contacts.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { aForm } from '../../world/form-access.ts';
import { aCv } from '../../world/forms.ts';
import type { Dossier, Organization } from '../../world/organization.ts';
import { cvForm } from '../../world/uploads.ts';
import type { World } from '../../world/world.ts';

/** Lists by every filter, alone and together. */
const listings = ({ type, current_stage_id }: Dossier): RawRequest[] => {
  const filters = { type, status: 'active', stage_id: current_stage_id };
  const alone = Object.entries(filters).map(([name, value]) => ({ query: { [name]: value } }));
  return [...alone, { query: { ...filters, page: '1', per_page: '1' } }];
};

/** Changes every field that a sale has; the stage last, since it may set the status. */
const changesOf = async (world: World, home: Organization, sale: Dossier): Promise<object[]> => {
  const { stages } = await flowAround(home, sale);
  const next = stages.find(({ id }) => id !== sale.current_stage_id);
  return [
    { name: 'Renamed' },
    { email: await anUnusedEmail(world, home) },
    { phone: '+31 20 123 45 67' },
    { company: 'Tulp Logistics', role: 'Director', contact_person: 'Iris Smit' },
    { deal_size: 45_000, deal_currency: 'EUR' },
    { intake_notes: 'Called twice.' },
    ...(next ? [{ current_stage_id: next.id }] : []),
    { status: 'archived' },
    { status: 'active' },
  ];
};

export default defineRule({
  id: 'scopes/sufficient-for-dossiers',
  level: 'MUST',
  verifies: ['LG-AUT-021', 'LG-AUT-022'],
  sentence: 'The one scope is enough for every filter, every field and every form of a dossier.',
  needs: ['scoped-keys'],
  check: async (world) => {
    const { organization, contract, expect } = world;
    const home = await organization();
    const { listDossiers, createDossier } = contract.operations;
    const reader = await home.client({ scopes: listDossiers.scopes });
    const writer = await home.client({ scopes: createDossier.scopes });
    const sale = await home.createDossier({ type: 'sales', name: 'Acme' });
    const path = { id: sale.id };
    for (const request of listings(sale))
      expect.success(await reader.send('listDossiers', request));
    const { id: flow_id } = await flowAround(home, sale);
    const body = { type: 'sales', name: 'Acme', email: await anUnusedEmail(world, home), flow_id };
    expect.success(await writer.send('createDossier', { body }));
    expect.success(await writer.send('createDossier', aForm('Noor Bakker')));
    for (const changes of await changesOf(world, home, sale)) {
      expect.success(await writer.send('updateDossier', { path, body: changes }));
    }
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    expect.success(await writer.send('uploadDossierCv', { path: { id }, body: cvForm(aCv()) }));
    expect.success(await writer.send('archiveDossier', { path }));
    expect.success(await reader.send('getDossier', { path }));
  },
  // A server that asks for more where a contact comes with a form.
  liar: refuse(403, 'forbidden', isForm),
});
