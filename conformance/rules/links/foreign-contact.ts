import { linkAnybody } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { expectNotLinked } from '../../world/refused-link.ts';

export default defineRule({
  id: 'links/foreign-contact',
  level: 'MUST',
  verifies: ['LG-LNK-012'],
  sentence: 'A contact of another organisation cannot be linked.',
  needs: ['second-organization'],
  check: async (world) => {
    const { organization } = world;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const { id } = await ours.createDossier({ type: 'sales', name: 'For a contact of others' });
    const { id: foreign } = await createContact(world, theirs, { full_name: 'Noor Bakker' });
    const { id: own } = await createContact(world, ours, { full_name: 'Iris Smit' });
    await expectNotLinked(world, ours, id, foreign, own);
    const { dossier_count } = await retrieveContact(world, theirs, foreign);
    expectEqual(dossier_count, 0, 'the dossier_count of the contact of others');
  },
  liar: linkAnybody,
});
