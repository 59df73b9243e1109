import fc from 'fast-check';
import {
  changeAndViewDossier,
  expectDossierChanged,
  expectDossierListedUnder,
  expectOtherFieldsUnchanged,
  viewDossier,
} from '../../assertions/dossiers.ts';
import { expectFiltered } from '../../assertions/lists.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import {
  dossierFields,
  dossierStatuses,
  dossierTypes,
  liveStatuses,
} from '../../contract/resources.ts';
import { refuse } from '../../faults/access.ts';
import { type Fault, onData, onPage, onRequest, onSent } from '../../faults/inject.ts';
import { createContact, withUnusedEmail } from '../../fixtures/contacts.ts';
import {
  archiveDossier,
  changeDossier,
  findListedDossier,
  retrieveDossier,
} from '../../fixtures/dossiers.ts';
import { createListedFlow, flowOfDossier } from '../../fixtures/flows.ts';
import { uploads } from '../../fixtures/forms.ts';
import {
  addNote,
  findLinked,
  findNote,
  linkContact,
  unlinkContact,
} from '../../fixtures/links-and-notes.ts';
import { aFullDossier, plainFlows, someDossierChanges } from '../../generators/dossiers.ts';
import { aCv } from '../../generators/files.ts';

const archived = defineRule({
  id: 'archiving/archived',
  level: 'MUST',
  verifies: ['LG-DOS-093', 'LG-DOS-096', 'LG-DOS-008'],
  sentence: 'A dossier that was deleted is archived, and listed under that status alone.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      for (const status of liveStatuses(world.contract)) {
        const { id } = await home.createDossier({ type, name: `To be archived, ${status}` });
        await changeDossier(world, home, id, { status });
        await archiveDossier(world, home, id);
        await expectDossierListedUnder(world, home, id, 'archived');
      }
    }
  },
  // A server that says so, and does nothing.
  liar: onRequest(['archiveDossier'], (request) => {
    return Promise.resolve(new Request(request, { method: 'GET' }));
  }),
});

const answer = defineRule({
  id: 'archiving/answer',
  level: 'MUST',
  verifies: ['LG-DOS-094'],
  sentence: 'Deleting a dossier answers its id, and that it is archived.',
  needs: [],
  check: (world) =>
    world.property(
      [aFullDossier()],
      async (draft) => {
        for (const status of liveStatuses(world.contract)) {
          const home = await world.organization();
          const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
          await changeDossier(world, home, id, { status });
          const answered = await archiveDossier(world, home, id);
          expectEqual(answered.id, id, 'the id in the answer to the deletion');
          expectEqual(answered.status, 'archived', 'the status in the answer to the deletion');
        }
      },
      3,
    ),
  // A server that answers with the dossier as it found it.
  liar: onData(['archiveDossier'], (dossier) => {
    dossier['status'] = 'active';
  }),
});

/** Finds nothing more by the path of what it deleted. */
const deleteForGood = (): Fault => (fetch) => {
  const deleted = new Set<string>();
  return async (request) => {
    const response = await fetch(request.clone());
    if (request.method === 'DELETE') deleted.add(request.url);
    if (request.method !== 'GET' || !deleted.has(request.url)) return response;
    const error = { code: 'not_found', message: 'There is no such dossier.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 404, headers });
  };
};

const retrievable = defineRule({
  id: 'archiving/retrievable',
  level: 'MUST',
  verifies: ['LG-DOS-095'],
  sentence: 'A dossier that was deleted can still be retrieved.',
  needs: [],
  check: (world) =>
    world.property([aFullDossier()], async (draft) => {
      const home = await world.organization();
      const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
      const before = await retrieveDossier(world, home, id);
      await archiveDossier(world, home, id);
      const after = await retrieveDossier(world, home, id);
      expectEqual(after.id, id, 'the id');
      expectEqual(after.type, before.type, 'the type');
      expectEqual(after.name, before.name, 'the name');
      expectEqual(after.status ?? 'archived', 'archived', 'the status');
    }),
  liar: deleteForGood(),
});

/** Archives what was created last along with what is deleted. */
const archiveTwo: Fault = (fetch, name) => {
  let last: string | undefined;
  return async (request) => {
    const operation = name(request.method, request.url);
    const { headers, method } = request;
    const response = await fetch(request);
    if (operation === 'createDossier') {
      const { data } = (await response.clone().json()) as { data: { id: string } };
      last = `${request.url}/${data.id}`;
    }
    if (operation === 'archiveDossier' && last) await fetch(new Request(last, { method, headers }));
    return response;
  };
};

const oneDossier = defineRule({
  id: 'archiving/one-dossier',
  level: 'MUST',
  verifies: ['LG-DOS-093', 'LG-DOS-096'],
  sentence: 'Deleting a dossier archives that one, and no other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const names = ['First to stay', 'To be archived alone', 'Second to stay'];
      const [first, deleted, second] = await home.createDossiers(
        names.map((name) => ({ type, name, company: 'Tulp Logistics' })),
      );
      if (!first || !deleted || !second) return;
      await archiveDossier(world, home, deleted.id);
      for (const { id } of [first, second]) {
        await findListedDossier(world, home, id, { status: 'active' });
      }
      await findListedDossier(world, home, deleted.id, { status: 'archived' });
    }
  },
  liar: archiveTwo,
});

const listed = defineRule({
  id: 'archiving/listed',
  level: 'MUST',
  verifies: ['LG-DOS-096', 'LG-DOS-008', 'LG-GEN-015', 'LG-GEN-023'],
  sentence:
    'Lists count deleted dossiers among the archived, by type and stage too, and nowhere else.',
  needs: ['fresh-organizations', 'flows'],
  check: async (world) => {
    const home = await world.organization();
    const made: { id: string; type: string; stage: string; status: string }[] = [];
    for (const draft of plainFlows(4)) {
      const { id: flow_id, type } = await createListedFlow(home, draft);
      for (const number of ['1', '2', '3']) {
        const body = { type, flow_id, name: `${draft.name}, ${number}` };
        const { id, current_stage_id: stage } = await home.createDossier(body);
        const deleted = number !== '1';
        if (deleted) await archiveDossier(world, home, id);
        made.push({ id, type, stage, status: deleted ? 'archived' : 'active' });
      }
    }
    const stages = new Set(made.map(({ stage }) => stage));
    for (const status of [undefined, ...dossierStatuses(world.contract)]) {
      for (const type of [undefined, ...dossierTypes(world.contract)]) {
        for (const stage of [undefined, ...stages]) {
          const query = {
            ...(status && { status }),
            ...(type && { type }),
            ...(stage && { stage_id: stage }),
          };
          const pages = await home.walk('listDossiers', { ...query, per_page: '5' });
          const passing = made.filter(
            (one) => (type ?? one.type) === one.type && (stage ?? one.stage) === one.stage,
          );
          const having = (wanted: string) => passing.filter((one) => one.status === wanted);
          // Whether archived ones are listed without a status is a matter of decisions (LG-DOS-015).
          if (status === undefined) expectFiltered(pages, passing, having('active'));
          else expectFiltered(pages, having(status));
        }
      }
    }
  },
  // A server that counts the archived with the active.
  liar: onPage(['listDossiers'], (page, url) => {
    if (url.searchParams.get('status') === 'active') page.meta['total'] = 12;
  }),
});

/** Doesn't find what it deleted before. */
const deleteOnce = (): Fault => (fetch) => {
  const deleted = new Set<string>();
  return async (request) => {
    const response = await fetch(request.clone());
    if (request.method !== 'DELETE') return response;
    if (!deleted.has(request.url)) {
      deleted.add(request.url);
      return response;
    }
    const error = { code: 'not_found', message: 'There is no such dossier.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 404, headers });
  };
};

const twice = defineRule({
  id: 'archiving/twice',
  level: 'SHOULD',
  verifies: ['LG-DOS-099'],
  sentence: 'Deleting an archived dossier succeeds once more, and changes nothing.',
  needs: [],
  check: (world) =>
    world.property(
      [aFullDossier()],
      async (draft) => {
        const home = await world.organization();
        const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
        const first = await archiveDossier(world, home, id);
        const before = await viewDossier(world, home, id);
        const again = await archiveDossier(world, home, id);
        for (const field of dossierFields(world.contract)) {
          expectEqual(again[field], first[field], `${field} as after the first deletion,`);
        }
        const after = await viewDossier(world, home, id);
        expectOtherFieldsUnchanged(world, before, { answered: again, ...after });
        await expectDossierListedUnder(world, home, id, 'archived');
      },
      4,
    ),
  liar: deleteOnce(),
});

const anArchivedDossier = () =>
  aFullDossier().chain((draft) => fc.tuple(fc.constant(draft), someDossierChanges(draft.type)));

const changed = defineRule({
  id: 'archiving/changed',
  level: 'SHOULD',
  verifies: ['LG-DOS-100'],
  sentence: 'An archived dossier can be changed, and stays archived as long as its status does.',
  needs: [],
  check: (world) =>
    world.property(
      [anArchivedDossier()],
      async ([draft, { status: _, ...others }]) => {
        const home = await world.organization();
        const dossier = await home.createDossier(await withUnusedEmail(world, home, draft));
        const { id } = dossier;
        const { stages } = await flowOfDossier(home, dossier);
        const current_stage_id = stages.at(-1)?.id ?? dossier.current_stage_id;
        await archiveDossier(world, home, id);
        const changes = {
          name: 'Renamed in the archive',
          ...(await withUnusedEmail(world, home, others)),
        };
        for (const one of [changes, { current_stage_id }, { status: 'archived' as const }]) {
          expectDossierChanged(await changeAndViewDossier(world, home, id, one), one);
          await expectDossierListedUnder(world, home, id, 'archived');
        }
      },
      3,
    ),
  // A server to which a dossier that is worked on is active.
  liar: onSent(['updateDossier'], (body) => ({ status: 'active', ...body })),
});

const belongings = defineRule({
  id: 'archiving/belongings',
  level: 'SHOULD',
  verifies: ['LG-DOS-101'],
  sentence: 'CVs, links and notes of an archived dossier are read and written as of any other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: contact_id } = await createContact(world, home, { full_name: 'Iris Maas' });
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'Worked on while archived' });
      await archiveDossier(world, home, id);
      // A CV for a sale is a decision of its own.
      for (const upload of type === 'candidate' ? uploads : []) {
        const { cv_url } = await upload.succeed(world, home, id, aCv());
        expectThat(Boolean(cv_url), 'cv_url in the answer', () => cv_url);
      }
      await linkContact(world, home, id, { contact_id, role_on_dossier: 'champion' });
      await findLinked(world, home, id, contact_id);
      await unlinkContact(world, home, id, contact_id);
      const note = await addNote(world, home, id, { content: 'Still of interest.' });
      await findNote(world, home, id, note.id);
      await expectDossierListedUnder(world, home, id, 'archived');
    }
  },
  liar: refuse(409, 'archived', ({ method, url }) => method === 'POST' && url.endsWith('/notes')),
});

export default [
  archived,
  answer,
  retrievable,
  oneDossier,
  listed,
  twice,
  changed,
  belongings,
] satisfies readonly Rule[];
