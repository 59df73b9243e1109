import { expectDossierUpdated, updateAndViewDossier } from '../../assertions/dossiers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds, type Dossier, dossierStatuses } from '../../contract/resources.ts';
import { cacheForever } from '../../faults/applied-requests.ts';
import {
  createContact,
  deleteContact,
  expectContactNotListed,
  findListedContact,
  retrieveContact,
  updateContact,
} from '../../fixtures/contacts.ts';
import {
  createDossier,
  findListedDossier,
  isDossierListed,
  retrieveDossier,
} from '../../fixtures/dossiers.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const dossiersVisibleAtOnce = defineRule({
  id: 'dossiers/visible-at-once',
  level: 'SHOULD',
  verifies: ['LG-GEN-053'],
  sentence: 'A new dossier is visible to every request after the response to its creation.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const draft of plainDossiers(5)) {
      const { id, type, current_stage_id } = await createDossier(org, draft);
      for (const query of [{}, { type }, { stage_id: current_stage_id }]) {
        await findListedDossier(org, id, query);
      }
      await retrieveDossier(org, id);
    }
  },
  fault: cacheForever(),
});

const changesVisibleAtOnce = defineRule({
  id: 'changes/visible-at-once',
  level: 'SHOULD',
  verifies: ['LG-GEN-053'],
  sentence: 'An update is visible to every request after its response.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'Updated' });
    const statuses = dossierStatuses(context.contract) as NonNullable<Dossier['status']>[];
    for (const status of [...statuses, ...statuses]) {
      const changes = { name: `Now ${status}`, status };
      expectDossierUpdated(await updateAndViewDossier(org, id, changes), changes);
      const listed: string[] = [];
      for (const one of statuses) {
        if (await isDossierListed(org, id, { status: one })) listed.push(one);
      }
      expectEqual(listed, [status], 'the statuses that it is listed under');
    }
  },
  fault: cacheForever(),
});

const contactsVisibleAtOnce = defineRule({
  id: 'contacts/visible-at-once',
  level: 'SHOULD',
  verifies: ['LG-GEN-053'],
  sentence:
    'A write to a contact is visible to every request after its response, including searches.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const [kind = 'candidate'] = contactKinds(context.contract);
    const queries = [{}, { kind }, { search: 'Zwartkruis' }, { kind, search: 'Zwartkruis' }];
    for (const draft of plainContacts(3)) {
      const { id } = await createContact(org, draft);
      await findListedContact(org, id, { search: 'Contact' });
      await updateContact(org, id, { company: 'Zwartkruis', kind: [kind] });
      const { company } = await retrieveContact(org, id);
      expectEqual(company, 'Zwartkruis', 'the company after the update');
      for (const query of queries) await findListedContact(org, id, query);
      await deleteContact(org, id);
      for (const query of queries) await expectContactNotListed(org, id, query);
    }
  },
  fault: cacheForever(),
});

export default [
  dossiersVisibleAtOnce,
  changesVisibleAtOnce,
  contactsVisibleAtOnce,
] satisfies readonly Rule[];
