import {
  expectConcurrentSuccess,
  repeat,
  sendConcurrently,
  walkDuringWrites,
} from '../../assertions/concurrency.ts';
import { expectDossierListedUnder } from '../../assertions/dossiers.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds, dossierStatuses } from '../../contract/resources.ts';
import { alsoUpdate, shiftPages } from '../../faults/applied-requests.ts';
import { listUnderEachValue } from '../../faults/concurrency.ts';
import type { Fault } from '../../faults/inject.ts';
import { createContact, createContacts } from '../../fixtures/contacts.ts';
import {
  createDossier,
  createDossiers,
  findDossierUnderAnyStatus,
  findListedDossier,
  isDossierListed,
  retrieveDossier,
} from '../../fixtures/dossiers.ts';
import { flowOfDossier } from '../../fixtures/flows.ts';
import { uploadFormats } from '../../fixtures/forms.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';
import { aCv, pdf } from '../../generators/files.ts';

const moves = defineRule({
  id: 'concurrency/moves',
  level: 'MUST',
  verifies: ['LG-DOS-002', 'LG-DOS-009'],
  sentence:
    'A dossier that is moved to several stages simultaneously is in one of them, and is listed there only.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const dossier = await createDossier(org, { type: 'sales', name: 'Moved in parallel' });
    const { id } = dossier;
    const { stages } = await flowOfDossier(org, dossier);
    for (let round = 1; round <= 2; round += 1) {
      const moves = stages.slice(0, 5).map((stage) => () => {
        const body = { current_stage_id: stage.id };
        return org.all.send('updateDossier', { path: { id }, body });
      });
      context.about('LG-DOS-002');
      const { lost } = await sendConcurrently(context, moves);
      // Whoever collides with another update may be refused.
      for (const exchange of lost) expectPermittedRefusal(context, exchange, ['LG-DOS-086', 409]);
      const { current_stage_id: stage, status } = await findDossierUnderAnyStatus(org, id);
      const own = stages.some((one) => one.id === stage);
      expectThat(own, 'one of the stages of its flow', () => stage);
      context.about('LG-DOS-002', 'LG-DOS-009');
      const listed: string[] = [];
      for (const one of stages) {
        const query = { stage_id: one.id, ...(status === undefined ? {} : { status }) };
        if (await isDossierListed(org, id, query)) listed.push(one.id);
      }
      expectEqual(listed, [stage], 'the stages that the dossier is listed in');
    }
  },
  fault: listUnderEachValue('current_stage_id', 'stage_id'),
});

const statuses = defineRule({
  id: 'concurrency/statuses',
  level: 'MUST',
  verifies: ['LG-DOS-008', 'LG-DOS-078', 'LG-DOS-096'],
  sentence: 'A dossier that is updated to several statuses simultaneously has exactly one of them.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'Updated in parallel' });
    const statuses = dossierStatuses(context.contract);
    for (let round = 1; round <= 3; round += 1) {
      const changes = statuses.map((status) => () => {
        return org.all.send('updateDossier', { path: { id }, body: { status } });
      });
      const archive = () => org.all.send('archiveDossier', { path: { id } });
      context.about('LG-DOS-078');
      const { lost } = await sendConcurrently(context, [...changes, archive]);
      for (const exchange of lost) {
        // Archiving again may be refused (LG-DOS-099), and so may an update that archives.
        expectPermittedRefusal(context, exchange, ['LG-DOS-099', 'LG-DOS-100', 409]);
      }
      context.about('LG-DOS-008', 'LG-DOS-096');
      const found: string[] = [];
      for (const status of statuses) {
        if (await isDossierListed(org, id, { status })) found.push(status);
      }
      expectEqual(found.length, 1, `the number of statuses that ${id} is listed under`);
      context.about('LG-DOS-008');
      const { status = found[0] } = await findDossierUnderAnyStatus(org, id);
      await expectDossierListedUnder(org, id, status ?? '');
    }
  },
  fault: listUnderEachValue('status', 'status'),
});

/**
 * A server that writes the whole dossier back after storing a CV, as it was when the upload began.
 */
const writeBack: Fault = (fetch, name) => {
  const changes = new Set<Promise<Response>>();
  return async (request) => {
    const operation = name(request.method, request.url);
    const copy = request.clone();
    const headers = { authorization: request.headers.get('authorization') ?? '' };
    if (operation !== 'uploadDossierCv') {
      const response = fetch(request);
      if (operation === 'updateDossier') changes.add(response);
      return response;
    }
    const before = await fetch(new Request(request.url.replace(/\/cv$/, ''), { headers }));
    const { data } = (await before.json()) as { data: { id: string; company: string | null } };
    const response = await fetch(request);
    // About as long as storing a file takes.
    await Promise.all(changes);
    const { id, company } = data;
    await alsoUpdate({ request: copy, fetch }, `/dossiers/${id}`, { company });
    return response;
  };
};

const concurrencyUploads = defineRule({
  id: 'concurrency/uploads',
  level: 'MUST',
  verifies: ['LG-CV-014', 'LG-DOS-068'],
  sentence: 'Simultaneous uploads are accepted, and undo no simultaneous update.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate', name: 'With many CVs', company: 'Tulp' } as const;
    const { id } = await createDossier(org, draft);
    for (let round = 1; round <= 3; round += 1) {
      const company = `Company ${String(round)}`;
      const change = () => org.all.send('updateDossier', { path: { id }, body: { company } });
      const sends = [...uploadFormats, ...uploadFormats].map(
        ({ send }, index) =>
          () =>
            send(org, id, aCv(pdf(600 + index))),
      );
      context.about('LG-CV-014');
      const won = await expectConcurrentSuccess(context, [...sends, change]);
      for (const { operation, json } of won) {
        const { cv_url } = (json as { data: { cv_url?: unknown } }).data;
        const shown = operation !== 'uploadDossierCv' || Boolean(cv_url);
        expectThat(shown, 'cv_url in the response to each upload', () => json);
      }
      const { cv_url } = await retrieveDossier(org, id);
      expectThat(cv_url === undefined || Boolean(cv_url), 'a CV of the dossier', () => cv_url);
      context.about('LG-DOS-068');
      const listed = await findListedDossier(org, id);
      expectEqual(listed.company, company, 'the company that was set meanwhile');
    }
  },
  fault: writeBack,
});

const walkBesideWriters = defineRule({
  id: 'concurrency/walk-beside-writers',
  level: 'MUST',
  verifies: ['LG-GEN-015', 'LG-GEN-017'],
  sentence:
    "A filtered list whose items don't change is complete, whatever happens to other items meanwhile.",
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const [kind = 'client', other = 'partner'] = contactKinds(context.contract);
    const own = plainContacts(10).map((draft) => ({ ...draft, kind: [kind] }));
    const contacts = (await createContacts(org, own)).map(({ id }) => id);
    context.about('LG-GEN-017');
    const byKind = await walkDuringWrites(org, 'listContacts', { kind }, async (page) => {
      const draft = { full_name: `Iris ${String(page)}`, kind: [other] };
      const { id } = await createContact(org, draft);
      if (page % 2 === 0) await org.all.send('deleteContact', { path: { id } });
    });
    expectEqual(byKind.ids.sort(), contacts.sort(), 'the contacts of one kind');
    const drafts = repeat(10, (index) => {
      return { type: 'candidate' as const, name: `Noor ${String(index)}` };
    });
    const dossiers = (await createDossiers(org, drafts)).map(({ id }) => id);
    const query = { type: 'candidate', status: 'active' };
    const byType = await walkDuringWrites(org, 'listDossiers', query, async (page) => {
      const { id } = await createDossier(org, { type: 'sales', name: `Tulp ${String(page)}` });
      if (page % 2 === 0) await org.all.send('archiveDossier', { path: { id } });
    });
    expectEqual(byType.ids.sort(), dossiers.sort(), 'the candidates');
    context.about('LG-GEN-015');
    const totals = [...new Set([...byKind.totals, ...byType.totals])];
    expectEqual(totals, [10], 'the total on each page');
  },
  fault: shiftPages,
});

const nothingLostWhileGrowing = defineRule({
  id: 'concurrency/nothing-lost-while-growing',
  level: 'SHOULD',
  verifies: ['LG-DOS-014', 'LG-CON-021'],
  sentence: 'Reading pages from newest to oldest misses no item that existed at the start.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const dossiers = (await createDossiers(org, plainDossiers(10))).map(({ id }) => id);
    const contacts = (await createContacts(org, plainContacts(10))).map(({ id }) => id);
    const missing = async (
      list: 'listDossiers' | 'listContacts',
      ids: readonly string[],
      write: () => Promise<unknown>,
    ) => {
      const seen = new Set((await walkDuringWrites(org, list, {}, write, ids)).ids);
      return ids.filter((id) => !seen.has(id));
    };
    const writeDossier = () => createDossier(org, { type: 'sales', name: 'Created meanwhile' });
    const writeContact = () => createContact(org, { full_name: 'Created meanwhile' });
    context.about('LG-DOS-014');
    const lostDossiers = await missing('listDossiers', dossiers, writeDossier);
    expectEqual(lostDossiers, [], 'the missing dossiers:');
    context.about('LG-CON-021');
    const lostContacts = await missing('listContacts', contacts, writeContact);
    expectEqual(lostContacts, [], 'the missing contacts:');
  },
  fault: shiftPages,
});

export default [
  moves,
  statuses,
  concurrencyUploads,
  walkBesideWriters,
  nothingLostWhileGrowing,
] satisfies readonly Rule[];
