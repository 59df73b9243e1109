import { onAnswer } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectUntouched } from '../../world/aftermath.ts';
import { view } from '../../world/changes.ts';
import { anUnusedEmail, changeContact, createContact } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { contactsOn } from '../../world/links.ts';

/** Shows a dossier with the latest company of a contact. */
const followContact: Liar = (fetch, name) => {
  let company: unknown;
  const bend = onAnswer(['updateContact', 'getDossier'], (answer, request) => {
    const { data } = answer.body as { data: Record<string, unknown> };
    if (request.method === 'PATCH') company = data['company'];
    else if (company !== undefined) data['company'] = company;
  });
  return bend(fetch, name);
};

export default defineRule({
  id: 'contacts/dossiers-keep-theirs',
  level: 'SHOULD',
  verifies: ['LG-CON-073'],
  sentence: 'Changing a contact leaves the fields of its dossiers alone.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const email = await anUnusedEmail(world, home);
      const details = { phone: '+31612345678', company: 'Tulp Logistics', role: 'Planner' };
      const draft = { type, name: 'Noor Bakker', ...details };
      const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
      const dossiers = [
        await home.createDossier({ ...draft, email }),
        await home.createDossier({ ...draft, contact_id }),
      ];
      for (const [index, dossier] of dossiers.entries()) {
        const before = await view(world, home, dossier.id);
        const changes = { full_name: 'Iris', phone: '+3225551212', company: 'Linde', role: 'CEO' };
        for (const { contact_id: id } of await contactsOn(world, home, dossier.id)) {
          const address = `${String(index)}.${email}`;
          await changeContact(world, home, id, { ...changes, email: address });
          await changeContact(world, home, id, { company: null, role: null, email: null });
        }
        const after = await view(world, home, dossier.id);
        expectUntouched(world, before, { answered: { id: dossier.id }, ...after });
      }
    }
  },
  liar: followContact,
});
