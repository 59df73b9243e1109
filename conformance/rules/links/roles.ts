import fc from 'fast-check';
import { onLinked } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { findLinked, link, rolesOnDossier } from '../../world/links.ts';

export default defineRule({
  id: 'links/roles',
  level: 'MUST',
  verifies: ['LG-LNK-001', 'LG-LNK-002', 'LG-LNK-003', 'LG-LNK-010'],
  sentence: 'Each contact has a role of its own on each of its dossiers, the one that was sent.',
  needs: [],
  check: (world) =>
    world.property(
      // No two alike: whether a second `primary` changes the first is a matter of decisions.
      [fc.shuffledSubarray([...rolesOnDossier(world.contract)], { minLength: 2, maxLength: 3 })],
      async (roles) => {
        const home = await world.organization();
        const people = roles.map((role) => ({ full_name: `The ${role}` }));
        const contacts = await createContacts(world, home, people);
        const drafts = ['candidate', 'sales'] as const;
        const dossiers = await home.createDossiers(drafts.map((type) => ({ type, name: type })));
        const linkings = dossiers.flatMap(({ id }, turn) =>
          contacts.map(({ id: contact_id }, index) => {
            const role_on_dossier = roles[(index + turn) % roles.length] ?? 'other';
            return { id, draft: { contact_id, role_on_dossier } };
          }),
        );
        for (const { id, draft } of linkings) {
          const { role_on_dossier } = await link(world, home, id, draft);
          expectEqual(role_on_dossier, draft.role_on_dossier, 'the role in the answer');
        }
        for (const { id, draft } of linkings) {
          const { role_on_dossier } = await findLinked(world, home, id, draft.contact_id);
          expectEqual(role_on_dossier, draft.role_on_dossier, 'the role in the list');
        }
      },
      5,
    ),
  // A server that keeps the role with the contact instead of with the link.
  liar: onLinked((item, links) => {
    const last = links.findLast(({ contact_id }) => contact_id === item['contact_id']);
    if (last) item['role_on_dossier'] = last['role_on_dossier'];
  }),
});
