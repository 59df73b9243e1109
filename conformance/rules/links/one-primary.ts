import fc from 'fast-check';
import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onLinked } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';
import { primariesOn, rolesOnDossier, type Role } from '../../world/links.ts';

type Step =
  | { readonly who: number; readonly role: Role; readonly primary: boolean }
  | { readonly undo: number };

export default defineRule({
  id: 'links/one-primary',
  level: 'MUST',
  verifies: ['LG-LNK-021'],
  sentence:
    'Through any sequence of links, new ones and changed and undone, one is primary at most.',
  needs: [],
  check: async (world) => {
    const aRole = () => fc.constantFrom(...rolesOnDossier(world.contract));
    const aStep = fc.record({ who: fc.nat(2), role: aRole(), primary: fc.boolean() });
    const anUndoing = fc.record({ undo: fc.nat(2) });
    const steps = fc.array(fc.oneof({ weight: 3, arbitrary: aStep }, anUndoing), {
      minLength: 2,
      maxLength: 8,
    });
    const expectOne = async (sequence: readonly Step[]) => {
      const home = await world.organization();
      const { id } = await home.createDossier({ type: 'sales', name: 'Tulp Logistics' });
      const ids = (await createContacts(world, home, plainContacts(3))).map((one) => one.id);
      for (const step of sequence) {
        const contact_id = ids['undo' in step ? step.undo : step.who] ?? '';
        // What is done twice or can't be undone may be refused; that is for other rules.
        if ('undo' in step)
          await home.all.send('unlinkDossierContact', { path: { id, contact_id } });
        else {
          const body = { contact_id, role_on_dossier: step.role, is_primary: step.primary };
          await home.all.send('linkDossierContact', { path: { id }, body });
        }
        const primaries = await primariesOn(world, home, id);
        expectThat(primaries.length <= 1, 'one primary contact at most', () => primaries);
      }
    };
    // One who is on the dossier already takes the place of another.
    const place = { role: 'primary', primary: true } as const;
    await expectOne([
      { who: 0, role: 'champion', primary: false },
      { who: 1, ...place },
      { who: 0, ...place },
    ]);
    await world.property([steps], expectOne);
  },
  // A server that takes the role `primary` for the place.
  liar: onLinked((item) => {
    item['is_primary'] ||= item['role_on_dossier'] === 'primary';
  }),
});
