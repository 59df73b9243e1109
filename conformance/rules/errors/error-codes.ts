import { isUuid, unknownIdLike } from '../../assertions/foreign-ids.ts';
import { exhaustRateLimit } from '../../assertions/rate-limit.ts';
import { expectSameCode } from '../../assertions/refusals.ts';
import { expectUnknownRouteRefused, sendUnknownRoute } from '../../assertions/requests.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { refuse } from '../../faults/access.ts';
import { onResponse } from '../../faults/inject.ts';
import { numberErrorCodes } from '../../faults/refusals.ts';
import { createContact, unusedEmail } from '../../fixtures/contacts.ts';

const duplicateContact = defineRule({
  id: 'errors/duplicate-contact',
  level: 'MUST',
  verifies: ['LG-ERR-012'],
  sentence: 'A contact with an address that is in use is refused with 409 duplicate_contact.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const email = await unusedEmail(org);
    const draft = { full_name: 'Noor Bakker' };
    await createContact(org, { ...draft, email });
    const { id } = await createContact(org, draft);
    const free = { email: await unusedEmail(org) };
    const create = (body: object) => org.all.send('createContact', { body });
    const change = (body: object) => org.all.send('updateContact', { path: { id }, body });
    context.expect.refusal(await create({ ...draft, email }), 409);
    context.expect.refusal(await change({ email }), 409);
    context.expect.success(await change(free));
    context.expect.success(await create({ ...draft, email: await unusedEmail(org) }));
  },
  fault: onResponse(['createContact', 'updateContact'], (response) => {
    if (response.status === 409) response.status = 400;
  }),
});

const stableCode = defineRule({
  id: 'errors/stable-code',
  level: 'MUST',
  verifies: ['LG-ERR-003'],
  sentence: 'The same failure always has the same code.',
  needs: [],
  check: async (context) => {
    const { organization, clientWith, operations, expect } = context;
    const org = await organization();
    const withoutKey = clientWith(undefined);
    for (const { id, parameters } of operations) {
      const request = await org.prepare(id);
      await expectSameCode(401, () => withoutKey.send(id, request));
      if (!parameters.some((parameter) => parameter.in === 'path')) continue;
      const path = Object.fromEntries(
        Object.entries(request.path ?? {}).map(([name, value]) => [name, unknownIdLike(value)]),
      );
      if (Object.values(request.path ?? {}).every(isUuid)) {
        await expectSameCode(404, () => org.all.send(id, { ...request, path }));
      }
      expect.success(await org.all.send(id, request));
    }
    const create = (type: string) =>
      org.all.send('createDossier', { body: { type, name: 'Noor Bakker' } });
    await expectSameCode(400, (time) => create(`type ${String(time)}`));
    const email = await unusedEmail(org);
    await createContact(org, { full_name: 'Noor Bakker', email });
    await expectSameCode(409, (time) => {
      const body = { full_name: `Number ${String(time)}`, email };
      return org.all.send('createContact', { body });
    });
  },
  fault: numberErrorCodes,
});

const stableRefusals = defineRule({
  id: 'errors/stable-refusals',
  level: 'MUST',
  verifies: ['LG-ERR-003'],
  sentence: 'A refusal for a missing scope or plan always has the same code.',
  needs: ['scoped-keys', 'free-plan'],
  check: async ({ operations, organization, expect }) => {
    const [org, free] = [await organization(), await organization({ plan: 'free' })];
    const withoutScope = await org.client({ scopes: [] });
    for (const { id, parameters } of operations) {
      const request = await org.prepare(id);
      await expectSameCode(403, () => withoutScope.send(id, request));
      // A path with an id might also be refused with 404.
      const named = parameters.some((parameter) => parameter.in === 'path');
      if (!named) await expectSameCode(402, () => free.all.send(id, request));
      expect.success(await org.all.send(id, request));
    }
  },
  fault: numberErrorCodes,
});

const order = defineRule({
  id: 'errors/order',
  level: 'SHOULD',
  verifies: ['LG-ERR-027'],
  sentence:
    'When several refusals apply, the one that comes first in the decided order is returned.',
  needs: ['scoped-keys', 'free-plan', 'rate-limit', 'fresh-organizations'],
  check: async (context) => {
    const { contract, expect, clientWith } = context;
    const org = await context.organization();
    const free = await context.organization({ plan: 'free' });
    const spent = await context.organization();
    const busy = context.clientWithoutWaits(await spent.key());
    await exhaustRateLimit(spent, busy, 2);
    const scopes = ['notes:read'];
    const withoutScope = await org.client({ scopes });
    const withoutScopeOnFreePlan = await free.client({ scopes });

    const { path = {} } = await org.prepare('getDossier');
    const missing = { path: { id: unknownIdLike(path['id'] ?? '') } };
    const flow_id = unknownIdLike((await org.prepare('listFlowStages')).path?.['id'] ?? '');
    const invalid = { body: { type: 'neither', name: 'Noor Bakker' } };
    const invalidAndMissing = { body: { ...invalid.body, flow_id } };

    expectUnknownRouteRefused(
      contract,
      await sendUnknownRoute(clientWith(undefined), 'GET', '/nothing'),
      401,
    );
    expectUnknownRouteRefused(
      contract,
      await sendUnknownRoute(withoutScopeOnFreePlan, 'GET', '/nothing'),
      402,
    );
    expectUnknownRouteRefused(contract, await sendUnknownRoute(busy, 'GET', '/nothing'), 429);
    expectUnknownRouteRefused(
      contract,
      await sendUnknownRoute(withoutScope, 'GET', '/nothing'),
      404,
    );
    expect.refusal(await clientWith(undefined).send('createDossier', invalid), 401);
    expect.refusal(await withoutScopeOnFreePlan.send('createDossier', invalid), 402);
    expect.refusal(await busy.send('createDossier', invalid), 429);
    expect.refusal(await withoutScope.send('createDossier', invalidAndMissing), 403);
    expect.refusal(await withoutScope.send('getDossier', missing), 403);
    expect.refusal(await org.all.send('createDossier', invalidAndMissing), 400);
    expect.success(await org.all.send('getDossier', { path }));
  },
  // A server that checks the path before the key.
  fault: refuse(404, 'not_found', ({ url }) => url.endsWith('/nothing')),
});

export default [duplicateContact, stableCode, stableRefusals, order] satisfies readonly Rule[];
