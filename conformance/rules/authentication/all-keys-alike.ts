import type { OperationId } from '../../../openapi/contract.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Exchange } from '../../world/exchange.ts';
import type { RawRequest } from '../../world/client.ts';
import { addNote } from '../../world/notes.ts';
import { dataOf, type Organization } from '../../world/organization.ts';
import type { World } from '../../world/world.ts';

/** Shows a key only what was made with it. */
const showOwnOnly: Liar = (fetch, name) => {
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

/** The contacts of a dossier have their ids under another name. */
type Item = { readonly id?: unknown; readonly contact_id?: unknown };

const idsOf = ({ json }: Exchange): unknown =>
  [dataOf(json) as Item | Item[]].flat().map(({ id, contact_id }) => id ?? contact_id);

/** Notes of both kinds for the list of them, and a sale beside the candidates. */
const enrich = async (
  world: World,
  home: Organization,
  operation: OperationId,
  { path }: RawRequest,
): Promise<void> => {
  if (operation === 'listDossiers') await home.createDossier({ type: 'sales', name: 'Acme' });
  if (operation !== 'listDossierNotes') return;
  for (const is_internal of [true, false]) {
    await addNote(world, home, path?.['id'] ?? '', { content: 'For all to see', is_internal });
  }
};

export default defineRule({
  id: 'authentication/all-keys-alike',
  level: 'MUST',
  verifies: ['LG-AUT-012'],
  sentence: 'All keys of an organisation see the same.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const { operations, expect } = world;
    const home = await world.organization();
    const [one, other] = [await home.client(), await home.client()];
    for (const { id, method } of operations) {
      const request = await home.prepare(id);
      if (method !== 'GET') continue;
      await enrich(world, home, id, request);
      // The key with which everything was made, and those that made nothing.
      const seen = await home.all.send(id, request);
      expect.success(seen);
      for (const client of [one, other]) {
        const alike = await client.send(id, request);
        expect.success(alike);
        expectEqual(idsOf(alike), idsOf(seen), `the same ids from ${id} with any key,`);
      }
    }
  },
  liar: showOwnOnly,
});
