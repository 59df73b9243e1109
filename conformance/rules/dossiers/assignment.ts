import {
  createAndViewDossier,
  dossierPlaces,
  expectDossierKept,
  expectDossierUpdated,
  updateAndViewDossier,
} from '../../assertions/dossiers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { dossierTypes } from '../../contract/resources.ts';
import { type Fault, ignoreField, onData, onJsonBody } from '../../faults/inject.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { aBareDossier } from '../../generators/dossiers.ts';

const assignedTo = defineRule({
  id: 'dossiers/assigned-to',
  level: 'MUST',
  verifies: ['LG-DOS-037'],
  sentence: 'A dossier can be created with `assigned_to`, and the list returns it.',
  needs: ['fresh-organizations', 'members'],
  check: async (context) => {
    const org = await context.organization();
    for (const assigned_to of org.members) {
      await context.property(
        [aBareDossier()],
        async (draft) => {
          const seen = await createAndViewDossier(org, { ...draft, assigned_to });
          expectDossierKept(seen, { assigned_to }, ['listed']);
        },
        4,
      );
    }
  },
  fault: ignoreField('createDossier', 'assigned_to'),
});

/** A server that shows every dossier as assigned to the first assigned member. */
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
  sentence:
    'A dossier can be assigned to any member of the organisation, and lists return this member.',
  needs: ['fresh-organizations', 'more-members'],
  check: async (context) => {
    const org = await context.organization();
    const more = [await org.createMember('Joris Smit'), await org.createMember('Iris Maas')];
    const members = [...org.members, ...more];
    for (const type of dossierTypes(context.contract)) {
      for (const [index, assigned_to] of members.entries()) {
        const draft = { type, name: `Assigned from the start, ${String(index + 1)}`, assigned_to };
        expectDossierKept(await createAndViewDossier(org, draft), { assigned_to }, ['listed']);
      }
    }
  },
  fault: onlyOne(),
});

/** A server that shows the first member of a dossier. */
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
  sentence: 'An update of `assigned_to` assigns the dossier to another member.',
  needs: ['fresh-organizations', 'more-members'],
  check: async (context) => {
    const org = await context.organization();
    const members = [await org.createMember('Joris Smit'), await org.createMember('Iris Maas')];
    for (const type of dossierTypes(context.contract)) {
      const { id } = await createDossier(org, { type, name: 'Reassigned' });
      for (const assigned_to of [...members, ...members, ...org.members]) {
        const after = await updateAndViewDossier(org, id, { assigned_to });
        expectDossierUpdated(after, { assigned_to });
      }
    }
  },
  fault: firstComesFirst(),
});

const unassignment = defineRule({
  id: 'changes/unassignment',
  level: 'MUST',
  verifies: ['LG-DOS-080', 'LG-DOS-081'],
  sentence:
    'An update of `assigned_to` to null unassigns the dossier, which can then be assigned again.',
  needs: ['members'],
  check: async (context) => {
    const org = await context.organization();
    const [member] = org.members;
    if (member === undefined) return;
    for (const type of dossierTypes(context.contract)) {
      const draft = { type, name: 'Unassigned', assigned_to: member };
      const { id } = await createDossier(org, draft);
      for (const assigned_to of [null, member, null]) {
        context.about(assigned_to === null ? 'LG-DOS-081' : 'LG-DOS-080');
        const after = await updateAndViewDossier(org, id, { assigned_to });
        expectDossierUpdated(after, { assigned_to });
      }
      // Together with another field too.
      await updateAndViewDossier(org, id, { assigned_to: member });
      context.about('LG-DOS-081');
      const both = { name: 'Unassigned and renamed', assigned_to: null };
      expectDossierUpdated(await updateAndViewDossier(org, id, both), both);
    }
  },
  // A server that ignores null.
  fault: onJsonBody(['updateDossier'], (body) => ({
    ...body,
    assigned_to: body['assigned_to'] ?? undefined,
  })),
});

const unassigned = defineRule({
  id: 'dossiers/unassigned',
  level: 'SHOULD',
  verifies: ['LG-DOS-043'],
  sentence: 'A dossier created without `assigned_to` is unassigned.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property(
      [aBareDossier()],
      async (draft) => {
        const seen = await createAndViewDossier(org, draft);
        for (const place of dossierPlaces) {
          expectEqual(seen[place].assigned_to ?? null, null, 'assigned_to');
        }
      },
      3,
    );
  },
  // A server that assigns each dossier by default.
  fault: onData(['createDossier', 'getDossier', 'listDossiers'], (dossier) => {
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
