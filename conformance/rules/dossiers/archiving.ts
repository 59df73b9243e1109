import fc from 'fast-check';
import {
  expectDossierListedUnder,
  expectDossierUpdated,
  expectOtherFieldsUnchanged,
  updateAndViewDossier,
  viewDossier,
} from '../../assertions/dossiers.ts';
import { expectMatches, expectTotals } from '../../assertions/lists.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import {
  dossierFields,
  dossierStatuses,
  dossierTypes,
  liveStatuses,
} from '../../contract/resources.ts';
import { refuse } from '../../faults/access.ts';
import { type Fault, onData, onJsonBody, onPage, onRequest } from '../../faults/inject.ts';
import { createContact, withUnusedEmail } from '../../fixtures/contacts.ts';
import {
  archiveDossier,
  createDossier,
  createDossiers,
  findListedDossier,
  retrieveDossier,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { createListedFlow, flowOfDossier } from '../../fixtures/flows.ts';
import { uploadFormats } from '../../fixtures/forms.ts';
import {
  addNote,
  findLinked,
  findNote,
  linkContact,
  unlinkContact,
} from '../../fixtures/links-and-notes.ts';
import { aFullDossier, plainFlows, someDossierUpdates } from '../../generators/dossiers.ts';
import { aCv } from '../../generators/files.ts';

const archived = defineRule({
  id: 'archiving/archived',
  level: 'MUST',
  verifies: ['LG-DOS-093', 'LG-DOS-096', 'LG-DOS-008'],
  sentence: 'A deleted dossier has the status `archived`, and is listed under no other status.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      for (const status of liveStatuses(context.contract)) {
        const { id } = await createDossier(org, { type, name: `To be archived, ${status}` });
        await updateDossier(org, id, { status });
        await archiveDossier(org, id);
        context.about('LG-DOS-093', 'LG-DOS-096');
        await expectDossierListedUnder(org, id, 'archived', () => {
          context.about('LG-DOS-096', 'LG-DOS-008');
        });
      }
    }
  },
  // A server that reports success without archiving.
  fault: onRequest(['archiveDossier'], (request) => {
    return Promise.resolve(new Request(request, { method: 'GET' }));
  }),
});

const answer = defineRule({
  id: 'archiving/answer',
  level: 'MUST',
  verifies: ['LG-DOS-094'],
  sentence: 'Deleting a dossier returns its id and the status `archived`.',
  needs: [],
  check: (context) =>
    context.property(
      [aFullDossier()],
      async (draft) => {
        for (const status of liveStatuses(context.contract)) {
          const org = await context.organization();
          const { id } = await createDossier(org, await withUnusedEmail(org, draft));
          await updateDossier(org, id, { status });
          const returned = await archiveDossier(org, id);
          expectEqual(returned.id, id, 'the id in the response to the deletion');
          expectEqual(returned.status, 'archived', 'the status in the response to the deletion');
        }
      },
      3,
    ),
  // A server that returns the dossier as it was before the deletion.
  fault: onData(['archiveDossier'], (dossier) => {
    dossier['status'] = 'active';
  }),
});

/** A server that returns 404 for a deleted dossier. */
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
  sentence: 'A deleted dossier can still be retrieved.',
  needs: [],
  check: (context) =>
    context.property([aFullDossier()], async (draft) => {
      const org = await context.organization();
      const { id } = await createDossier(org, await withUnusedEmail(org, draft));
      const before = await retrieveDossier(org, id);
      await archiveDossier(org, id);
      const after = await retrieveDossier(org, id);
      expectEqual(after.id, id, 'the id');
      expectEqual(after.type, before.type, 'the type');
      expectEqual(after.name, before.name, 'the name');
      expectEqual(after.status ?? 'archived', 'archived', 'the status');
    }),
  fault: deleteForGood(),
});

/** A server that archives the newest dossier as well. */
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
  sentence: 'Deleting a dossier archives that dossier and no other.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const names = ['First active one', 'Archived', 'Second active one'];
      const [first, deleted, second] = await createDossiers(
        org,
        names.map((name) => ({ type, name, company: 'Tulp Logistics' })),
      );
      if (!first || !deleted || !second) return;
      await archiveDossier(org, deleted.id);
      context.about('LG-DOS-093');
      for (const { id } of [first, second]) {
        await findListedDossier(org, id, { status: 'active' });
      }
      context.about('LG-DOS-096');
      await findListedDossier(org, deleted.id, { status: 'archived' });
    }
  },
  fault: archiveTwo,
});

const listed = defineRule({
  id: 'archiving/listed',
  level: 'MUST',
  verifies: ['LG-DOS-096', 'LG-DOS-008', 'LG-GEN-015', 'LG-GEN-023'],
  sentence:
    'With any filter, a deleted dossier is listed and counted as archived, and under no other status.',
  needs: ['fresh-organizations', 'flows'],
  check: async (context) => {
    const org = await context.organization();
    const made: { id: string; type: string; stage: string; status: string }[] = [];
    for (const draft of plainFlows(4)) {
      const { id: flow_id, type } = await createListedFlow(org, draft);
      for (const number of ['1', '2', '3']) {
        const body = { type, flow_id, name: `${draft.name}, ${number}` };
        const { id, current_stage_id: stage } = await createDossier(org, body);
        const deleted = number !== '1';
        if (deleted) await archiveDossier(org, id);
        made.push({ id, type, stage, status: deleted ? 'archived' : 'active' });
      }
    }
    const stages = new Set(made.map(({ stage }) => stage));
    for (const status of [undefined, ...dossierStatuses(context.contract)]) {
      for (const type of [undefined, ...dossierTypes(context.contract)]) {
        for (const stage of [undefined, ...stages]) {
          const query = {
            ...(status && { status }),
            ...(type && { type }),
            ...(stage && { stage_id: stage }),
          };
          const byStatusAlone = status !== undefined && !type && !stage;
          if (byStatusAlone) context.about('LG-DOS-096', 'LG-DOS-008');
          else context.about('LG-GEN-023');
          const pages = await org.walk('listDossiers', { ...query, per_page: '5' });
          const passing = made.filter(
            (one) => (type ?? one.type) === one.type && (stage ?? one.stage) === one.stage,
          );
          const having = (wanted: string) => passing.filter((one) => one.status === wanted);
          // Whether archived ones are listed without a status is a decision (LG-DOS-015).
          const count =
            status === undefined
              ? expectMatches(pages, passing, having('active'))
              : expectMatches(pages, having(status));
          context.about('LG-GEN-015');
          expectTotals(pages, count);
        }
      }
    }
  },
  // A server that counts archived dossiers as active.
  fault: onPage(['listDossiers'], (page, url) => {
    if (url.searchParams.get('status') === 'active') page.meta['total'] = 12;
  }),
});

/** A server that returns 404 for a second deletion. */
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
  sentence: 'Deleting an archived dossier returns 200 and changes nothing.',
  needs: [],
  check: (context) =>
    context.property(
      [aFullDossier()],
      async (draft) => {
        const org = await context.organization();
        const { id } = await createDossier(org, await withUnusedEmail(org, draft));
        const first = await archiveDossier(org, id);
        const before = await viewDossier(org, id);
        const again = await archiveDossier(org, id);
        for (const field of dossierFields(context.contract)) {
          expectEqual(again[field], first[field], `${field} as after the first deletion,`);
        }
        const after = await viewDossier(org, id);
        expectOtherFieldsUnchanged(context, before, { returned: again, ...after });
        await expectDossierListedUnder(org, id, 'archived');
      },
      4,
    ),
  fault: deleteOnce(),
});

const anArchivedDossier = () =>
  aFullDossier().chain((draft) => fc.tuple(fc.constant(draft), someDossierUpdates(draft.type)));

const changed = defineRule({
  id: 'archiving/changed',
  level: 'SHOULD',
  verifies: ['LG-DOS-100'],
  sentence: 'An archived dossier can be updated and stays archived until its status is updated.',
  needs: [],
  check: (context) =>
    context.property(
      [anArchivedDossier()],
      async ([draft, { status: _, ...others }]) => {
        const org = await context.organization();
        const dossier = await createDossier(org, await withUnusedEmail(org, draft));
        const { id } = dossier;
        const { stages } = await flowOfDossier(org, dossier);
        const current_stage_id = stages.at(-1)?.id ?? dossier.current_stage_id;
        await archiveDossier(org, id);
        const changes = {
          name: 'Renamed while archived',
          ...(await withUnusedEmail(org, others)),
        };
        for (const one of [changes, { current_stage_id }, { status: 'archived' as const }]) {
          expectDossierUpdated(await updateAndViewDossier(org, id, one), one);
          await expectDossierListedUnder(org, id, 'archived');
        }
      },
      3,
    ),
  // A server that makes an updated dossier active.
  fault: onJsonBody(['updateDossier'], (body) => ({ status: 'active', ...body })),
});

const belongings = defineRule({
  id: 'archiving/belongings',
  level: 'SHOULD',
  verifies: ['LG-DOS-101'],
  sentence:
    'The CV, links and notes of an archived dossier can be read and written like those of any other.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id: contact_id } = await createContact(org, { full_name: 'Iris Maas' });
    for (const type of dossierTypes(context.contract)) {
      const { id } = await createDossier(org, { type, name: 'Updated while archived' });
      await archiveDossier(org, id);
      // A CV for a sales dossier is another decision.
      for (const upload of type === 'candidate' ? uploadFormats : []) {
        const { cv_url } = await upload.succeed(context, org, id, aCv());
        expectThat(Boolean(cv_url), 'cv_url in the response', () => cv_url);
      }
      await linkContact(org, id, { contact_id, role_on_dossier: 'champion' });
      await findLinked(org, id, contact_id);
      await unlinkContact(org, id, contact_id);
      const note = await addNote(org, id, { content: 'Still of interest.' });
      await findNote(org, id, note.id);
      await expectDossierListedUnder(org, id, 'archived');
    }
  },
  fault: refuse(409, 'archived', ({ method, url }) => method === 'POST' && url.endsWith('/notes')),
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
