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
import { retrieveDossier } from '../../fixtures/dossiers.ts';
import { cvForm } from '../../fixtures/forms.ts';
import { aCv } from '../../generators/files.ts';

/** Does what it was asked with a key that it knows, and says that it refused. */
const doAndRefuse: Fault = (fetch) => {
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
  sentence: 'What is refused for want of a key or a scope is not done, whatever it is.',
  needs: ['scoped-keys', 'fresh-organizations'],
  check: async (world) => {
    const { contract, expect, clientWith } = world;
    for (const { id, scopes } of writes(world.operations)) {
      const home = await world.organization();
      const request = await prepareVisibleRequest(home, id);
      const before = await snapshotOf(world, home);
      expect.refusal(await clientWith(undefined).send(id, request), 401);
      for (const needed of scopes) {
        const others = contract.scopes.filter((scope) => scope !== needed);
        const client = await home.client({ scopes: others });
        expect.refusal(await client.send(id, request), 403);
      }
      expectEqual(await snapshotOf(world, home), before, `what there was before ${id},`);
      expect.success(await home.all.send(id, request));
    }
  },
  liar: doAndRefuse,
});

const authenticationForms = defineRule({
  id: 'authentication/forms',
  level: 'MUST',
  verifies: ['LG-AUT-001', 'LG-AUT-005', 'LG-AUT-008', 'LG-AUT-020'],
  sentence: 'A form needs a valid key as any other request does, and does nothing without.',
  needs: ['fresh-organizations', 'expired-key'],
  check: async (world) => {
    const home = await world.organization();
    const unknown = (await home.key()).replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'));
    const late = await home.client({ expired: true });
    for (const client of [world.clientWith(undefined), world.clientWith(unknown), late]) {
      await expectFormRefused(world, home, client, 401);
    }
  },
  liar: admitRefused(401, isForm),
});

const scopesForms = defineRule({
  id: 'scopes/forms',
  level: 'MUST',
  verifies: ['LG-AUT-018', 'LG-AUT-020', 'LG-AUT-030'],
  sentence: 'A form needs the scope that JSON needs, and does nothing without.',
  needs: ['scoped-keys', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const needed = new Set(world.contract.operations.createDossier.scopes);
    const scopes = world.contract.scopes.filter((scope) => !needed.has(scope));
    await expectFormRefused(world, home, await home.client({ scopes }), 403);
  },
  liar: admitRefused(403, isForm),
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
  sentence: 'A CV by a form needs a key, its scope and a dossier of the own organisation.',
  needs: ['scoped-keys', 'second-organization'],
  check: async (world) => {
    const { contract, expect } = world;
    const [home, theirs] = [await world.organization(), await world.organization({ second: true })];
    const { id } = await home.createDossier({ type: 'candidate', name: 'To get no CV at first' });
    const foreign = await theirs.createDossier({ type: 'candidate', name: 'Of others' });
    const upload = (dossier: string) => ({ path: { id: dossier }, body: cvForm(aCv()) });
    const needed = new Set(contract.operations.uploadDossierCv.scopes);
    const weak = await home.client({ scopes: contract.scopes.filter((one) => !needed.has(one)) });
    const nobody = world.clientWith(undefined);
    expect.refusal(await nobody.send('uploadDossierCv', upload(id)), 401);
    expect.refusal(await weak.send('uploadDossierCv', upload(id)), 403);
    const { cv_url } = await retrieveDossier(world, home, id);
    expectThat(!cv_url, 'no CV after a refusal', () => cv_url);
    // Of another form than a UUID, it may not be well-formed after all.
    const reasons: readonly RefusalReason[] = isUuid(id) ? [404] : ['LG-GEN-048'];
    const nothing = await home.all.send('uploadDossierCv', upload(unknownIdLike(id)));
    expectPermittedRefusal(world, nothing, reasons);
    expect.refusal(await home.all.send('uploadDossierCv', upload(foreign.id)), 404);
    const { cv_url: theirCv } = await retrieveDossier(world, theirs, foreign.id);
    expectThat(!theirCv, 'no CV on the dossier of others', () => theirCv);
    expect.success(await home.all.send('uploadDossierCv', upload(id)));
  },
  liar: admitRefused(403, isForm),
});

export default [
  noEffect,
  authenticationForms,
  scopesForms,
  uploadFormAccess,
] satisfies readonly Rule[];
