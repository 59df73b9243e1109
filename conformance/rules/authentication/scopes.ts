import {
  expectRefusedWithControl,
  expectStatusOfCode,
  formRequest,
} from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { concerning } from '../../contract/operations.ts';
import { contactKinds, type Dossier, dossierTypes } from '../../contract/resources.ts';
import { admitRefused, refuse, trustOnlyFirstKey } from '../../faults/access.ts';
import { isForm } from '../../faults/files.ts';
import type { Fault } from '../../faults/inject.ts';
import { createContact, unusedEmail } from '../../fixtures/contacts.ts';
import { createDossier, retrieveDossier, updateDossier } from '../../fixtures/dossiers.ts';
import { flowOfDossier } from '../../fixtures/flows.ts';
import { cvForm } from '../../fixtures/forms.ts';
import { findLinked } from '../../fixtures/links-and-notes.ts';
import { aCv } from '../../generators/files.ts';
import type { Client, RawRequest } from '../../http/client.ts';
import type { Exchange } from '../../http/exchange.ts';

/** The requirements about the scopes that each operation needs. */
const needs = [
  'LG-AUT-029',
  'LG-AUT-030',
  'LG-AUT-031',
  'LG-AUT-032',
  'LG-AUT-034',
  'LG-AUT-035',
  'LG-AUT-036',
  'LG-AUT-037',
  'LG-AUT-038',
  'LG-AUT-039',
  'LG-AUT-040',
  'LG-AUT-041',
  'LG-AUT-042',
  'LG-AUT-043',
  'LG-AUT-044',
  'LG-AUT-045',
  'LG-AUT-046',
  'LG-AUT-047',
] as const;

const missingScope = defineRule({
  id: 'scopes/missing-scope',
  level: 'MUST',
  verifies: ['LG-AUT-018', 'LG-AUT-019', ...needs, 'LG-ERR-007'],
  sentence: 'An API key with every scope except one that the operation needs is refused.',
  needs: ['scoped-keys'],
  check: async (context) => {
    const organization = await context.organization();
    const needsOf = concerning(needs);
    for (const { id, scopes } of context.operations) {
      for (const needed of scopes) {
        const others = context.contract.scopes.filter((scope) => scope !== needed);
        const client = await organization.client({ scopes: others });
        const send = async (request: RawRequest): Promise<Exchange> => {
          const exchange = await client.send(id, request);
          context.about('LG-ERR-007');
          expectStatusOfCode(context, exchange, 403);
          context.about('LG-AUT-018', 'LG-AUT-019', ...needsOf(id));
          return exchange;
        };
        await expectRefusedWithControl(organization, id, send, [403]);
      }
    }
  },
  fault: admitRefused(403),
});

const otherScopes = defineRule({
  id: 'scopes/other-scopes',
  level: 'MUST',
  verifies: ['LG-AUT-018', 'LG-AUT-019'],
  sentence: 'An API key is refused by every operation whose scope it lacks.',
  needs: ['scoped-keys'],
  check: async ({ contract, operations, organization, expect, about }) => {
    const org = await organization();
    const holders: [readonly string[], Client][] = [];
    for (const held of [[], ...contract.scopes.map((scope) => [scope])]) {
      holders.push([held, await org.client({ scopes: held })]);
    }
    for (const { id, scopes } of operations) {
      const request = await org.prepare(id);
      for (const [held, client] of holders) {
        if (scopes.every((scope) => held.includes(scope))) continue;
        about(held.length === 0 ? 'LG-AUT-018' : 'LG-AUT-019');
        expect.refusal(await client.send(id, request), 403);
      }
      expect.success(await org.all.send(id, request));
    }
  },
  fault: admitRefused(403),
});

/** The requirements about what each scope is sufficient for. */
const grants = [
  ...(['LG-AUT-021', 'LG-AUT-022', 'LG-AUT-023', 'LG-AUT-024'] as const),
  ...(['LG-AUT-025', 'LG-AUT-026', 'LG-AUT-027', 'LG-AUT-028'] as const),
] as const;

const sufficientScopes = defineRule({
  id: 'scopes/sufficient-scopes',
  level: 'MUST',
  verifies: grants,
  sentence: 'An API key with only the scopes that an operation needs can use it.',
  needs: ['scoped-keys'],
  check: async ({ organization, operations, expect, about }) => {
    const org = await organization();
    const grantsOf = concerning(grants);
    for (const { id, scopes } of operations) {
      const request = await org.prepare(id);
      const client = await org.client({ scopes });
      about(...grantsOf(id));
      expect.success(await client.send(id, request));
    }
  },
  fault: trustOnlyFirstKey(403, 'forbidden'),
});

const sufficientForContacts = defineRule({
  id: 'scopes/sufficient-for-contacts',
  level: 'MUST',
  verifies: ['LG-AUT-023', 'LG-AUT-024', 'LG-AUT-025'],
  sentence:
    'The scopes for contacts are sufficient for every filter and every field of contacts and for links.',
  needs: ['scoped-keys'],
  check: async (context) => {
    const { organization, contract, expect, about } = context;
    const org = await organization();
    const { listContacts, createContact: creation, linkDossierContact } = contract.operations;
    const reader = await org.client({ scopes: listContacts.scopes });
    const writer = await org.client({ scopes: creation.scopes });
    const linker = await org.client({ scopes: linkDossierContact.scopes });
    const kind = [...contactKinds(contract)];
    const filters = [{ search: 'Noor' }, { kind }, { pool: 'in_pool' }, { search: 'Noor', kind }];
    about('LG-AUT-023');
    for (const query of filters) expect.success(await reader.send('listContacts', { query }));
    const names = { full_name: 'Noor Bakker', company: 'Tulp Logistics', role: 'Director' };
    const others = { phone: '+31 20 123 45 67', city: 'Utrecht', notes: 'Called twice.', kind };
    const email = await unusedEmail(org);
    const body = { ...names, ...others, email };
    about('LG-AUT-024');
    expect.success(await writer.send('createContact', { body }));
    const { id: contact_id } = await createContact(org, { full_name: 'Iris Smit' });
    const path = { id: contact_id };
    for (const changes of [{ email: await unusedEmail(org) }, names, others]) {
      expect.success(await writer.send('updateContact', { path, body: changes }));
    }
    const { id } = await createDossier(org, { type: 'sales', name: 'Acme' });
    const link = { contact_id, role_on_dossier: 'primary', is_primary: true };
    about('LG-AUT-025');
    expect.success(await linker.send('linkDossierContact', { path: { id }, body: link }));
    about('LG-AUT-023');
    expect.success(await reader.send('listDossierContacts', { path: { id } }));
    about('LG-AUT-025');
    expect.success(await linker.send('unlinkDossierContact', { path: { id, contact_id } }));
  },
  // A server that needs another scope for searches.
  fault: refuse(403, 'forbidden', ({ url }) => url.includes('search=')),
});

/** Lists with every filter, alone and together. */
const listings = ({ type, current_stage_id }: Dossier): RawRequest[] => {
  const filters = { type, status: 'active', stage_id: current_stage_id };
  const alone = Object.entries(filters).map(([name, value]) => ({ query: { [name]: value } }));
  return [...alone, { query: { ...filters, page: '1', per_page: '1' } }];
};

/** Updates every field of a sales dossier; the stage last, since it may change the status. */
const changesOf = async (org: Organization, sale: Dossier): Promise<object[]> => {
  const { stages } = await flowOfDossier(org, sale);
  const next = stages.find(({ id }) => id !== sale.current_stage_id);
  return [
    { name: 'Renamed' },
    { email: await unusedEmail(org) },
    { phone: '+31 20 123 45 67' },
    { company: 'Tulp Logistics', role: 'Director', contact_person: 'Iris Smit' },
    { deal_size: 45_000, deal_currency: 'EUR' },
    { intake_notes: 'Called twice.' },
    ...(next ? [{ current_stage_id: next.id }] : []),
    { status: 'archived' },
    { status: 'active' },
  ];
};

const sufficientForDossiers = defineRule({
  id: 'scopes/sufficient-for-dossiers',
  level: 'MUST',
  verifies: ['LG-AUT-021', 'LG-AUT-022'],
  sentence: 'The scopes for dossiers are sufficient for every filter, every field and forms.',
  needs: ['scoped-keys'],
  check: async (context) => {
    const { organization, contract, expect, about } = context;
    const org = await organization();
    const { operations } = contract;
    const reader = await org.client({ scopes: operations.listDossiers.scopes });
    const writer = await org.client({ scopes: operations.createDossier.scopes });
    const sale = await createDossier(org, { type: 'sales', name: 'Acme' });
    const path = { id: sale.id };
    about('LG-AUT-021');
    for (const request of listings(sale))
      expect.success(await reader.send('listDossiers', request));
    const { id: flow_id } = await flowOfDossier(org, sale);
    const body = { type: 'sales', name: 'Acme', email: await unusedEmail(org), flow_id };
    about('LG-AUT-022');
    expect.success(await writer.send('createDossier', { body }));
    expect.success(await writer.send('createDossier', formRequest('Noor Bakker')));
    for (const changes of await changesOf(org, sale)) {
      expect.success(await writer.send('updateDossier', { path, body: changes }));
    }
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    expect.success(await writer.send('uploadDossierCv', { path: { id }, body: cvForm(aCv()) }));
    expect.success(await writer.send('archiveDossier', { path }));
    about('LG-AUT-021');
    expect.success(await reader.send('getDossier', { path }));
  },
  // A server that needs another scope for contacts in forms.
  fault: refuse(403, 'forbidden', isForm),
});

const moves = defineRule({
  id: 'scopes/moves',
  level: 'MUST',
  verifies: ['LG-AUT-033', 'LG-AUT-020'],
  sentence: 'Moving a dossier to another stage needs the same scope as any other update.',
  needs: ['scoped-keys'],
  check: async (context) => {
    const { contract, expect } = context;
    const org = await context.organization();
    const needed = new Set(contract.operations.updateDossier.scopes);
    const withoutScope = await org.client({
      scopes: contract.scopes.filter((one) => !needed.has(one)),
    });
    for (const type of dossierTypes(contract)) {
      const dossier = await createDossier(org, { type, name: 'To be moved with the right key' });
      const { id, current_stage_id: start } = dossier;
      const { stages } = await flowOfDossier(org, dossier);
      for (const stage of stages.filter((one) => one.id !== start)) {
        const request = { path: { id }, body: { current_stage_id: stage.id } };
        context.about('LG-AUT-033');
        expect.refusal(await withoutScope.send('updateDossier', request), 403);
      }
      context.about('LG-AUT-020');
      expectEqual((await retrieveDossier(org, id)).current_stage_id, start, 'the stage as before,');
      const current_stage_id = stages.find((one) => one.id !== start)?.id ?? start;
      await updateDossier(org, id, { current_stage_id });
    }
  },
  // A server that checks scopes only for creations and deletions.
  fault: admitRefused(403, ({ method }) => method === 'PATCH'),
});

/** A server that needs another scope for a dossier with a contact. */
const refuseContact: Fault = (fetch, name) => async (request) => {
  const named = (await request.clone().text()).includes('"contact_id"');
  const isCreation = name(request.method, request.url) === 'createDossier';
  return refuse(403, 'forbidden', () => named && isCreation)(fetch, name)(request);
};

const contactScope = defineRule({
  id: 'dossiers/contact-scope',
  level: 'SHOULD',
  verifies: ['LG-AUT-048'],
  sentence: 'Creating a dossier with `contact_id` needs no scope other than `dossiers:write`.',
  needs: ['scoped-keys'],
  check: async (context) => {
    const { contract, expect, organization } = context;
    const org = await organization();
    const { scopes } = contract.operations.createDossier;
    const client = await org.client({ scopes });
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    const body = { type: 'candidate', name: 'For a contact, with one scope', contact_id };
    const exchange = await client.send('createDossier', { body });
    expect.success(exchange);
    await findLinked(org, (dataOf(exchange.json) as Dossier).id, contact_id);
  },
  fault: refuseContact,
});

export default [
  missingScope,
  otherScopes,
  sufficientScopes,
  sufficientForContacts,
  sufficientForDossiers,
  moves,
  contactScope,
] satisfies readonly Rule[];
