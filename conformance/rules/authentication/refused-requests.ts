import { isUuid, unknownIdLike } from '../../assertions/foreign-ids.ts';
import {
  expectFormRefused,
  expectPermittedRefusal,
  type RefusalReason,
  snapshotOf,
} from '../../assertions/refusals.ts';
import { prepareVisibleRequest } from '../../assertions/requests.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { writes } from '../../contract/operations.ts';
import { admitRefused } from '../../faults/access.ts';
import { isForm } from '../../faults/files.ts';
import type { Fault } from '../../faults/inject.ts';
import { createDossier, retrieveDossier } from '../../fixtures/dossiers.ts';
import { cvForm } from '../../fixtures/forms.ts';
import { aCv } from '../../generators/files.ts';

/** A server that applies the request with a known key, and still refuses it. */
const applyAndRefuse: Fault = (fetch) => {
  let known: string | undefined;
  return async (request) => {
    const response = await fetch(request.clone());
    if (response.ok) known = request.headers.get('authorization') ?? known;
    else if (known !== undefined) {
      const headers = new Headers(request.headers);
      headers.set('authorization', known);
      await fetch(new Request(request, { headers }));
    }
    return response;
  };
};

const noEffect = defineRule({
  id: 'authentication/no-effect',
  level: 'MUST',
  verifies: ['LG-AUT-020'],
  sentence: 'A request that is refused for lack of an API key or a scope has no effect.',
  needs: ['scoped-keys', 'fresh-organizations'],
  check: async (context) => {
    const { contract, expect, clientWith } = context;
    for (const { id, scopes } of writes(context.operations)) {
      const org = await context.organization();
      const request = await prepareVisibleRequest(org, id);
      const before = await snapshotOf(org);
      expect.refusal(await clientWith(undefined).send(id, request), 401);
      for (const needed of scopes) {
        const others = contract.scopes.filter((scope) => scope !== needed);
        const client = await org.client({ scopes: others });
        expect.refusal(await client.send(id, request), 403);
      }
      expectEqual(await snapshotOf(org), before, `the same state as before ${id},`);
      expect.success(await org.all.send(id, request));
    }
  },
  fault: applyAndRefuse,
});

const authenticationForms = defineRule({
  id: 'authentication/forms',
  level: 'MUST',
  verifies: ['LG-AUT-001', 'LG-AUT-005', 'LG-AUT-008', 'LG-AUT-020'],
  sentence: 'A form without a valid API key is refused and has no effect.',
  needs: ['fresh-organizations', 'expired-key'],
  check: async (context) => {
    const org = await context.organization();
    const unknown = (await org.key()).replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'));
    const late = await org.client({ expired: true });
    for (const [requirement, client] of [
      ['LG-AUT-001', context.clientWith(undefined)],
      ['LG-AUT-005', context.clientWith(unknown)],
      ['LG-AUT-008', late],
    ] as const) {
      await expectFormRefused(org, client, 401, requirement);
    }
  },
  fault: admitRefused(401, isForm),
});

const scopesForms = defineRule({
  id: 'scopes/forms',
  level: 'MUST',
  verifies: ['LG-AUT-018', 'LG-AUT-020', 'LG-AUT-030'],
  sentence: 'A form without the scope of the operation is refused and has no effect.',
  needs: ['scoped-keys', 'fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const needed = new Set(context.contract.operations.createDossier.scopes);
    const scopes = context.contract.scopes.filter((scope) => !needed.has(scope));
    const client = await org.client({ scopes });
    await expectFormRefused(org, client, 403, 'LG-AUT-018', 'LG-AUT-030');
  },
  fault: admitRefused(403, isForm),
});

const uploadFormAccess = defineRule({
  id: 'cv/upload-form-access',
  level: 'MUST',
  verifies: [
    'LG-AUT-001',
    'LG-AUT-018',
    'LG-AUT-020',
    'LG-AUT-035',
    'LG-ERR-016',
    'LG-ERR-017',
    'LG-ERR-019',
  ],
  sentence:
    'Uploading a CV by a form needs a valid API key, its scope and a dossier of the organisation.',
  needs: ['scoped-keys', 'second-organization'],
  check: async (context) => {
    const { contract, expect, about } = context;
    const [org, theirs] = [
      await context.organization(),
      await context.organization({ second: true }),
    ];
    const { id } = await createDossier(org, { type: 'candidate', name: 'Without a CV' });
    const foreign = await createDossier(theirs, { type: 'candidate', name: 'Of others' });
    const upload = (dossier: string) => ({ path: { id: dossier }, body: cvForm(aCv()) });
    const needed = new Set(contract.operations.uploadDossierCv.scopes);
    const withoutScope = await org.client({
      scopes: contract.scopes.filter((one) => !needed.has(one)),
    });
    const withoutKey = context.clientWith(undefined);
    about('LG-AUT-001');
    expect.refusal(await withoutKey.send('uploadDossierCv', upload(id)), 401);
    about('LG-AUT-018', 'LG-AUT-035');
    expect.refusal(await withoutScope.send('uploadDossierCv', upload(id)), 403);
    about('LG-AUT-020');
    const { cv_url } = await retrieveDossier(org, id);
    expectThat(!cv_url, 'no CV after a refusal', () => cv_url);
    // If ids have another form than UUIDs, it may not be well-formed.
    const reasons: readonly RefusalReason[] = isUuid(id) ? [404] : ['LG-GEN-048'];
    about('LG-ERR-016');
    const nothing = await org.all.send('uploadDossierCv', upload(unknownIdLike(id)));
    expectPermittedRefusal(context, nothing, reasons);
    about('LG-ERR-017');
    expect.refusal(await org.all.send('uploadDossierCv', upload(foreign.id)), 404);
    about('LG-ERR-019');
    const { cv_url: theirCv } = await retrieveDossier(theirs, foreign.id);
    expectThat(!theirCv, 'no CV on the dossier of the other organisation', () => theirCv);
    expect.success(await org.all.send('uploadDossierCv', upload(id)));
  },
  fault: admitRefused(403, isForm),
});

export default [
  noEffect,
  authenticationForms,
  scopesForms,
  uploadFormAccess,
] satisfies readonly Rule[];
