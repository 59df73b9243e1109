import { isUuid, unknownIdLike } from '../../assertions/foreign-ids.ts';
import {
  expectPermittedRefusal,
  expectStatusOfCode,
  type RefusalReason,
} from '../../assertions/refusals.ts';
import { expectUnknownRouteRefused, sendUnknownRoute } from '../../assertions/requests.ts';
import { expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { refuse } from '../../faults/access.ts';
import { onMutableRequest, onResponse } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { createContacts, deleteContact } from '../../fixtures/contacts.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { linkContact, unlinkContact } from '../../fixtures/links-and-notes.ts';
import { errorCodeOf } from '../../http/exchange.ts';

const unknownId = defineRule({
  id: 'errors/unknown-id',
  level: 'MUST',
  verifies: ['LG-ERR-016', 'LG-ERR-004', 'LG-ERR-008'],
  sentence: "A path with a well-formed id that doesn't exist is refused with 404 not_found.",
  needs: [],
  check: async (context) => {
    const { operations, organization, expect, about } = context;
    const org = await organization();
    for (const { id, parameters } of operations) {
      for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
        const request = await org.prepare(id);
        const known = request.path?.[name] ?? '';
        const path = { ...request.path, [name]: unknownIdLike(known) };
        // If ids have another form than UUIDs, it may not be well-formed.
        const reasons: readonly RefusalReason[] = isUuid(known) ? [404] : ['LG-GEN-048'];
        const exchange = await org.all.send(id, { ...request, path });
        about('LG-ERR-004');
        const sound = exchange.response.status >= 400 || errorCodeOf(exchange.json) === undefined;
        expectThat(sound, 'no error in a response below 400', () => exchange.json);
        about('LG-ERR-008');
        expectStatusOfCode(context, exchange, 404);
        about('LG-ERR-016');
        expectPermittedRefusal(context, exchange, reasons);
        expect.success(await org.all.send(id, request));
      }
    }
  },
  // An unknown flow has no stages.
  fault: onResponse(['listFlowStages'], (response) => {
    if (response.status !== 404) return;
    response.status = 200;
    response.body = { data: [], meta: { total: 0, page: 1, per_page: 0 } };
  }),
});

const unlinkedNobody = defineRule({
  id: 'links/unlinked-nobody',
  level: 'MUST',
  verifies: ['LG-ERR-016'],
  sentence:
    "Unlinking a contact that doesn't exist, or from a dossier that doesn't exist, is refused with 404 not_found.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With its own contact' });
    const people = [
      { full_name: 'Noor Bakker' },
      { full_name: 'Iris Smit' },
      { full_name: 'Bram' },
    ];
    const [noor = '', iris = '', bram = ''] = (await createContacts(org, people)).map(
      (one) => one.id,
    );
    for (const contact_id of [noor, iris]) {
      await linkContact(org, id, { contact_id, role_on_dossier: 'champion' });
    }
    await deleteContact(org, iris);
    await deleteContact(org, bram);
    for (const contact_id of [iris, bram, unknownIdLike(noor)]) {
      const path = { id, contact_id };
      context.expect.refusal(await org.all.send('unlinkDossierContact', { path }), 404);
    }
    // If ids have another form than UUIDs, this one may not be well-formed.
    const path = { id: unknownIdLike(id), contact_id: noor };
    const elsewhere = await org.all.send('unlinkDossierContact', { path });
    if (isUuid(id)) context.expect.refusal(elsewhere, 404);
    else expectPermittedRefusal(context, elsewhere, ['LG-GEN-048']);
    await unlinkContact(org, id, noor);
  },
  // A server that treats unlinking an unlinked contact as a success.
  fault: acceptRefused(404),
});

const unknownPath = defineRule({
  id: 'errors/unknown-path',
  level: 'SHOULD',
  verifies: ['LG-ERR-024'],
  sentence: "A path that isn't in the contract is refused with 404 not_found.",
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const { all, prepare } = await organization();
    const { path } = await prepare('getDossier');
    const below = `/dossiers/${encodeURIComponent(path?.['id'] ?? '')}`;
    for (const unknown of ['/nothing', '/dossier', '/flows/a/b/c', `${below}/nothing`]) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        expectUnknownRouteRefused(contract, await sendUnknownRoute(all, method, unknown), 404);
      }
    }
    expect.success(await sendUnknownRoute(all, 'GET', '/dossiers'));
    expect.success(await sendUnknownRoute(all, 'GET', below));
  },
  fault: refuse(400, 'invalid_body', ({ url }) => url.includes('nothing')),
});

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const unknownMethod = defineRule({
  id: 'errors/unknown-method',
  level: 'SHOULD',
  verifies: ['LG-ERR-025'],
  sentence: "A method that isn't documented for a path is refused with 404 not_found.",
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const org = await organization();
    const all = Object.values(contract.operations);
    for (const { id, path } of operations) {
      const request = await org.prepare(id);
      const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
        encodeURIComponent(request.path?.[name] ?? ''),
      );
      const known: string[] = all.filter((one) => one.path === path).map(({ method }) => method);
      for (const method of methods.filter((one) => !known.includes(one))) {
        expectUnknownRouteRefused(contract, await sendUnknownRoute(org.all, method, filled), 404);
      }
      expect.success(await org.all.send(id, request));
    }
  },
  fault: refuse(405, 'method_not_allowed', ({ method }) => method === 'PUT'),
});

/** Similar spellings of the path. */
const nearly = (path: string): string[] => [
  `${path}/`,
  path.replace(/^\/[a-z]+/, (name) => name.toUpperCase()),
];

const exactPath = defineRule({
  id: 'errors/exact-path',
  level: 'SHOULD',
  verifies: ['LG-ERR-026'],
  sentence: 'Paths are matched exactly: a path with a trailing slash is an unknown path.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const org = await organization();
    for (const { id, method, path } of operations.filter((one) => one.method === 'GET')) {
      const request = await org.prepare(id);
      const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
        encodeURIComponent(request.path?.[name] ?? ''),
      );
      for (const variant of nearly(filled)) {
        expectUnknownRouteRefused(contract, await sendUnknownRoute(org.all, method, variant), 404);
      }
      expect.success(await sendUnknownRoute(org.all, method, filled));
    }
  },
  // A server that ignores the slash, as many routers do.
  fault: onMutableRequest(({ url }) => {
    url.pathname = url.pathname.replace(/\/$/, '');
  }),
});

export default [
  unknownId,
  unlinkedNobody,
  unknownPath,
  unknownMethod,
  exactPath,
] satisfies readonly Rule[];
