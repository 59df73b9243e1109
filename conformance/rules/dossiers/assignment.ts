import {
  changeAndViewDossier,
  createAndViewDossier,
  dossierPlaces,
  expectDossierChanged,
  expectDossierKept,
} from '../../assertions/dossiers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { dossierTypes } from '../../contract/resources.ts';
import { type Fault, ignoreField, onData, onSent } from '../../faults/inject.ts';
import { aBareDossier } from '../../generators/dossiers.ts';

const assignedTo = defineRule({
  id: 'dossiers/assigned-to',
  level: 'MUST',
  verifies: ['LG-DOS-037'],
  sentence: 'A dossier can be assigned to a member from the start, and the list shows to whom.',
  needs: ['fresh-organizations', 'members'],
  check: async (world) => {
    const home = await world.organization();
    for (const assigned_to of home.members) {
      await world.property(
        [aBareDossier()],
        async (draft) => {
          const seen = await createAndViewDossier(world, home, { ...draft, assigned_to });
          expectDossierKept(seen, { assigned_to }, ['listed']);
        },
        4,
      );
    }
  },
  liar: ignoreField('createDossier', 'assigned_to'),
});

/** Shows everything as assigned to whoever something was assigned to first. */
const onlyOne = (): Fault => (fetch, name) => {
  let first: unknown;
  return onData(['listDossiers'], (dossier) => {
    first ??= dossier['assigned_to'] ?? undefined;
    dossier['assigned_to'] &&= first;
  })(fetch, name);
};

const assignedToAny = defineRule({
  id: 'dossiers/assigned-to-any',
  level: 'MUST',
  verifies: ['LG-DOS-037'],
  sentence: 'Of several members each can be assigned to, and the list shows which one.',
  needs: ['fresh-organizations', 'more-members'],
  check: async (world) => {
    const home = await world.organization();
    const more = [await home.createMember('Joris Smit'), await home.createMember('Iris Maas')];
    const members = [...home.members, ...more];
    for (const type of dossierTypes(world.contract)) {
      for (const [index, assigned_to] of members.entries()) {
        const draft = { type, name: `Assigned from the start, ${String(index + 1)}`, assigned_to };
        expectDossierKept(await createAndViewDossier(world, home, draft), { assigned_to }, [
          'listed',
        ]);
      }
    }
  },
  liar: onlyOne(),
});

/** Shows whom a dossier was assigned to first. */
const firstComesFirst = (): Fault => (fetch, name) => {
  const first = new Map<unknown, unknown>();
  return onData(['listDossiers'], (dossier) => {
    const { id, assigned_to } = dossier;
    if (!first.has(id) && assigned_to !== null) first.set(id, assigned_to);
    dossier['assigned_to'] = first.get(id) ?? null;
  })(fetch, name);
};

const reassignment = defineRule({
  id: 'changes/reassignment',
  level: 'MUST',
  verifies: ['LG-DOS-080'],
  sentence: 'A dossier is assigned to the member that it was given to last.',
  needs: ['fresh-organizations', 'more-members'],
  check: async (world) => {
    const home = await world.organization();
    const members = [await home.createMember('Joris Smit'), await home.createMember('Iris Maas')];
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'Handed around' });
      for (const assigned_to of [...members, ...members, ...home.members]) {
        const after = await changeAndViewDossier(world, home, id, { assigned_to });
        expectDossierChanged(after, { assigned_to });
      }
    }
  },
  liar: firstComesFirst(),
});

const unassignment = defineRule({
  id: 'changes/unassignment',
  level: 'MUST',
  verifies: ['LG-DOS-080', 'LG-DOS-081'],
  sentence: 'Null takes a dossier away from its member, who can be given it again.',
  needs: ['members'],
  check: async (world) => {
    const home = await world.organization();
    const [member] = home.members;
    if (member === undefined) return;
    for (const type of dossierTypes(world.contract)) {
      const draft = { type, name: 'Taken away', assigned_to: member };
      const { id } = await home.createDossier(draft);
      for (const assigned_to of [null, member, null]) {
        const after = await changeAndViewDossier(world, home, id, { assigned_to });
        expectDossierChanged(after, { assigned_to });
      }
      // Together with another field too.
      await changeAndViewDossier(world, home, id, { assigned_to: member });
      const both = { name: 'Taken away and renamed', assigned_to: null };
      expectDossierChanged(await changeAndViewDossier(world, home, id, both), both);
    }
  },
  // A server that leaves null out, as it does with what wasn't sent.
  liar: onSent(['updateDossier'], (body) => ({
    ...body,
    assigned_to: body['assigned_to'] ?? undefined,
  })),
});

const unassigned = defineRule({
  id: 'dossiers/unassigned',
  level: 'SHOULD',
  verifies: ['LG-DOS-043'],
  sentence: 'A dossier that nobody was named for is assigned to nobody.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [aBareDossier()],
      async (draft) => {
        const seen = await createAndViewDossier(world, home, draft);
        for (const place of dossierPlaces) {
          expectEqual(seen[place].assigned_to ?? null, null, 'assigned_to');
        }
      },
      3,
    );
  },
  // A server that gives each dossier to who made it.
  liar: onData(['createDossier', 'getDossier', 'listDossiers'], (dossier) => {
    dossier['assigned_to'] = 'c0ffee00-0000-4000-8000-000000000000';
  }),
});

export default [
  assignedTo,
  assignedToAny,
  reassignment,
  unassignment,
  unassigned,
] satisfies readonly Rule[];
