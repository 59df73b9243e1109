import { changeAndViewDossier, expectDossierChanged } from '../../assertions/dossiers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds, type Dossier, dossierStatuses } from '../../contract/resources.ts';
import { cacheForever } from '../../faults/history.ts';
import {
  changeContact,
  createContact,
  deleteContact,
  expectContactNotListed,
  findListedContact,
  retrieveContact,
} from '../../fixtures/contacts.ts';
import { findListedDossier, isDossierListed, retrieveDossier } from '../../fixtures/dossiers.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const dossiersVisibleAtOnce = defineRule({
  id: 'dossiers/visible-at-once',
  level: 'SHOULD',
  verifies: ['LG-GEN-053'],
  sentence: 'A dossier is there for every request that follows the answer to its creation.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainDossiers(5)) {
      const { id, type, current_stage_id } = await home.createDossier(draft);
      for (const query of [{}, { type }, { stage_id: current_stage_id }]) {
        await findListedDossier(world, home, id, query);
      }
      await retrieveDossier(world, home, id);
    }
  },
  liar: cacheForever(),
});

const changesVisibleAtOnce = defineRule({
  id: 'changes/visible-at-once',
  level: 'SHOULD',
  verifies: ['LG-GEN-053'],
  sentence: 'A change is there for every request that follows its answer.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'Changed at once' });
    const statuses = dossierStatuses(world.contract) as NonNullable<Dossier['status']>[];
    for (const status of [...statuses, ...statuses]) {
      const changes = { name: `Now ${status}`, status };
      expectDossierChanged(await changeAndViewDossier(world, home, id, changes), changes);
      const listed: string[] = [];
      for (const one of statuses) {
        if (await isDossierListed(world, home, id, { status: one })) listed.push(one);
      }
      expectEqual(listed, [status], 'the statuses that it is listed under');
    }
  },
  liar: cacheForever(),
});

const contactsVisibleAtOnce = defineRule({
  id: 'contacts/visible-at-once',
  level: 'SHOULD',
  verifies: ['LG-GEN-053'],
  sentence: 'What was done to a contact shows in every request that follows, the search included.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const [kind = 'candidate'] = contactKinds(world.contract);
    const queries = [{}, { kind }, { search: 'Zwartkruis' }, { kind, search: 'Zwartkruis' }];
    for (const draft of plainContacts(3)) {
      const { id } = await createContact(world, home, draft);
      await findListedContact(world, home, id, { search: 'Contact' });
      await changeContact(world, home, id, { company: 'Zwartkruis', kind: [kind] });
      const { company } = await retrieveContact(world, home, id);
      expectEqual(company, 'Zwartkruis', 'the company after the change');
      for (const query of queries) await findListedContact(world, home, id, query);
      await deleteContact(world, home, id);
      for (const query of queries) await expectContactNotListed(world, home, id, query);
    }
  },
  liar: cacheForever(),
});

export default [
  dossiersVisibleAtOnce,
  changesVisibleAtOnce,
  contactsVisibleAtOnce,
] satisfies readonly Rule[];
