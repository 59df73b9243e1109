import { createDossier } from '../../fixtures/dossiers.ts';
import fc from 'fast-check';
import { type OperationId, readContract } from '../../../openapi/contract.ts';
import { expectRefusedWithControl, expectStatusOfCode } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { admitRefused, refuse } from '../../faults/access.ts';
import type { Fault } from '../../faults/inject.ts';
import { addNote } from '../../fixtures/links-and-notes.ts';
import type { RawRequest } from '../../http/client.ts';
import type { Exchange } from '../../http/exchange.ts';

const missingKey = defineRule({
  id: 'authentication/missing-key',
  level: 'MUST',
  verifies: ['LG-AUT-001', 'LG-AUT-002', 'LG-ERR-005'],
  sentence: 'Every operation refuses a request without an API key.',
  needs: [],
  check: async (context) => {
    const organization = await context.organization();
    const withoutKey = context.clientWith(undefined);
    for (const { id } of context.operations) {
      const request = await organization.prepare(id);
      const exchange = await withoutKey.send(id, request);
      context.about('LG-ERR-005');
      expectStatusOfCode(context, exchange, 401);
      context.about('LG-AUT-001');
      context.expect.refusal(exchange, 401);
      context.about('LG-AUT-002');
      context.expect.success(await organization.all.send(id, request));
    }
  },
  fault: admitRefused(401, (request) => !request.headers.has('authorization')),
});

/** So many that some of them contain each character that a key can contain. */
const several = 12;

/** A server that remembers only the last few API keys. */
const rememberFew: Fault = (fetch, name) => {
  const seen: (string | null)[] = [];
  return (request) => {
    const key = request.headers.get('authorization');
    const again = seen.includes(key);
    const forgotten = again && !seen.slice(-several / 2).includes(key);
    if (!again) seen.push(key);
    return refuse(401, 'unauthorized', () => forgotten)(fetch, name)(request);
  };
};

const severalKeys = defineRule({
  id: 'authentication/several-keys',
  level: 'MUST',
  verifies: ['LG-AUT-002'],
  sentence: 'All API keys of an organisation are valid at the same time.',
  needs: ['fresh-organizations'],
  check: async ({ organization, expect }) => {
    const org = await organization();
    const clients = [org.all];
    while (clients.length < several) clients.push(await org.client());
    for (const operation of ['listDossiers', 'listFlows'] as const) {
      for (const client of clients) expect.success(await client.send(operation));
    }
  },
  fault: rememberFew,
});

const foreignPrefix = defineRule({
  id: 'authentication/foreign-prefix',
  level: 'MUST',
  verifies: ['LG-AUT-006', 'LG-AUT-007'],
  sentence: 'API keys have the documented prefix, and a token without it is refused.',
  needs: [],
  check: async (context) => {
    const organization = await context.organization();
    const prefix = context.contract.keyPrefix;
    const key = await organization.key();
    context.about('LG-AUT-006');
    expectThat(key.startsWith(prefix), `a key that begins with ${prefix}`, () => 'another one');
    context.about('LG-AUT-007');
    // A server with a cache of keys has seen it now.
    context.expect.success(await context.clientWith(key).send('listDossiers'));
    const rest = key.slice(prefix.length);
    const strange = [
      rest,
      `lg_test_${rest}`,
      `LG_LIVE_${rest}`,
      `sk_live_${rest}`,
      `lg_${rest}`,
      'undefined',
    ];
    const expectRefused = async (id: OperationId, token: string) => {
      const unknownCaller = context.clientWith(token);
      const send = unknownCaller.send.bind(unknownCaller, id);
      await expectRefusedWithControl(organization, id, send, [401]);
    };
    for (const token of strange) await expectRefused('listDossiers', token);
    for (const [turn, { id }] of context.operations.entries()) {
      await expectRefused(id, strange[turn % strange.length] ?? rest);
    }
  },
  fault: (fetch, name) => {
    const { keyPrefix } = readContract();
    const foreign = ({ headers }: Request) => !headers.get('authorization')?.includes(keyPrefix);
    return admitRefused(401, foreign)(fetch, name);
  },
});

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.match(/./g) ?? [];

/** The text with upper and lower case swapped. */
const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );

/** Tokens that a careless comparison takes for the key. */
const lookalikes = (key: string, prefix: string): string[] => {
  const rest = key.slice(prefix.length);
  const places = [0, 1, 8, 16, rest.length - 2, rest.length - 1];
  return [
    ...places.map((place) => mutate(key, prefix, place, 'x')),
    ...[key.slice(0, -1), key.slice(0, prefix.length + 8), prefix, `${key}x`, `${key}${key}`],
    ...[prefix + swapCase(rest), prefix + rest.split('').reverse().join('')],
    // Wildcards of databases and patterns.
    ...['%', '*', '.*', '_'.repeat(rest.length), `${rest.slice(0, 8)}%`].map((end) => prefix + end),
  ].filter((token) => token !== key);
};

/** The key with one character after its prefix replaced, which was never issued. */
const mutate = (key: string, prefix: string, place: number, letter: string): string => {
  const index = prefix.length + (place % (key.length - prefix.length));
  const other = key[index] === letter ? (letter === 'x' ? 'y' : 'x') : letter;
  return key.slice(0, index) + other + key.slice(index + 1);
};

const unknownKey = defineRule({
  id: 'authentication/unknown-key',
  level: 'MUST',
  verifies: ['LG-AUT-005'],
  sentence: 'A token that was never issued is refused, however similar to an API key it is.',
  needs: [],
  check: async (context) => {
    const { contract, operations, property, expect } = context;
    const organization = await context.organization();
    const key = await organization.key();
    // A server with a cache of keys has seen it now.
    expect.success(await context.clientWith(key).send('listDossiers'));
    for (const token of new Set(lookalikes(key, contract.keyPrefix))) {
      const unknownCaller = context.clientWith(token);
      const send = unknownCaller.send.bind(unknownCaller, 'listDossiers');
      await expectRefusedWithControl(organization, 'listDossiers', send, [401]);
    }
    await property(
      [
        fc.constantFrom(...operations.map(({ id }) => id)),
        fc.nat({ max: 63 }),
        fc.constantFrom(...letters),
      ],
      async (id, place, letter) => {
        const unknownCaller = context.clientWith(mutate(key, contract.keyPrefix, place, letter));
        const send = unknownCaller.send.bind(unknownCaller, id);
        await expectRefusedWithControl(organization, id, send, [401]);
      },
    );
  },
  fault: admitRefused(401),
});

/** A server that shows an API key only what was created with it. */
const showOwnOnly: Fault = (fetch, name) => {
  const owners = new Map<string, string | null>();
  return async (request) => {
    const key = request.headers.get('authorization');
    const response = await fetch(request);
    const operation = name(request.method, request.url);
    if (!response.ok || !operation?.endsWith('ossier')) return response;
    const text = await response.text();
    const { id } = (JSON.parse(text) as { data: { id: string } }).data;
    if (operation === 'createDossier') owners.set(id, key);
    const { status, headers } = response;
    if (owners.get(id) === key) return new Response(text, { status, headers });
    const body = { error: { code: 'not_found', message: 'Dossier not found.' } };
    return new Response(JSON.stringify(body), { status: 404, headers });
  };
};

/** The contacts of a dossier have their ids in another field. */
type Item = { readonly id?: unknown; readonly contact_id?: unknown };

const idsOf = ({ json }: Exchange): unknown =>
  [dataOf(json) as Item | Item[]].flat().map(({ id, contact_id }) => id ?? contact_id);

/** Notes of both kinds, and a sales dossier in addition to candidates. */
const enrich = async (
  org: Organization,
  operation: OperationId,
  { path }: RawRequest,
): Promise<void> => {
  if (operation === 'listDossiers') await createDossier(org, { type: 'sales', name: 'Acme' });
  if (operation !== 'listDossierNotes') return;
  for (const is_internal of [true, false]) {
    await addNote(org, path?.['id'] ?? '', { content: 'For all to see', is_internal });
  }
};

const allKeysAlike = defineRule({
  id: 'authentication/all-keys-alike',
  level: 'MUST',
  verifies: ['LG-AUT-012'],
  sentence: 'All API keys of an organisation see the same resources.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const { operations, expect } = context;
    const org = await context.organization();
    const [one, other] = [await org.client(), await org.client()];
    for (const { id, method } of operations) {
      const request = await org.prepare(id);
      if (method !== 'GET') continue;
      await enrich(org, id, request);
      // The key that created everything, and two others.
      const seen = await org.all.send(id, request);
      expect.success(seen);
      for (const client of [one, other]) {
        const alike = await client.send(id, request);
        expect.success(alike);
        expectEqual(idsOf(alike), idsOf(seen), `the same ids from ${id} with any key,`);
      }
    }
  },
  fault: showOwnOnly,
});

export default [
  missingKey,
  severalKeys,
  foreignPrefix,
  unknownKey,
  allKeysAlike,
] satisfies readonly Rule[];
