import fc from 'fast-check';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { findListedContact } from '../../world/contact-list.ts';
import { changeContact, createContact, retrieveContact } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { link, unlink } from '../../world/links.ts';

/** Which of the dossiers to link to or to take off, or a new one with or without the contact. */
const aStep = () =>
  fc.oneof(fc.nat({ max: 3 }), fc.constantFrom('new with' as const, 'new without' as const));

export default defineRule({
  id: 'contacts/dossier-count',
  level: 'MUST',
  verifies: ['LG-CON-053'],
  sentence: 'A contact tells on how many dossiers it is, after each link and each that is undone.',
  needs: [],
  check: (world) =>
    world.property(
      [fc.array(aStep(), { minLength: 6, maxLength: 16 })],
      async (steps) => {
        const home = await world.organization();
        const dossiers: { readonly id: string }[] = [];
        const [type = 'sales'] = dossierTypes(world.contract);
        // No two alike: whether the same one again makes a second is a matter of decisions.
        const draft = () => ({ type, name: `Dossier ${String(dossiers.length + 1)}` });
        const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
        const other = await createContact(world, home, { full_name: 'Iris' });
        for (let count = 0; count < 2; count += 1) dossiers.push(await home.createDossier(draft()));
        const linked = new Set<string>();
        for (const step of steps) {
          if (typeof step === 'string') {
            const contact = step === 'new with' ? { contact_id } : {};
            const dossier = await home.createDossier({ ...draft(), ...contact });
            dossiers.push(dossier);
            if (step === 'new with') linked.add(dossier.id);
          } else {
            const { id } = dossiers[step % dossiers.length] ?? { id: '' };
            const role_on_dossier = 'champion';
            if (linked.delete(id)) await unlink(world, home, id, contact_id);
            else {
              await link(world, home, id, { contact_id, role_on_dossier });
              linked.add(id);
            }
          }
          const { dossier_count } = await retrieveContact(world, home, contact_id);
          expectEqual(dossier_count, linked.size, 'the dossier_count');
        }
        const listed = await findListedContact(world, home, contact_id);
        expectEqual(listed.dossier_count, linked.size, 'the dossier_count in the list');
        const told = await changeContact(world, home, contact_id, { city: 'Delft' });
        expectEqual(told.dossier_count ?? linked.size, linked.size, 'the count after a change');
        const { dossier_count } = await findListedContact(world, home, other.id);
        expectEqual(dossier_count, 0, 'the dossier_count of who was never linked');
      },
      6,
    ),
  // A server that counts on, and never back.
  liar: (fetch, name) => {
    const most = new Map<unknown, number>();
    const bend = onData(['getContact'], (contact) => {
      const count = Math.max(Number(contact['dossier_count']), most.get(contact['id']) ?? 0);
      most.set(contact['id'], count);
      contact['dossier_count'] = count;
    });
    return bend(fetch, name);
  },
});
