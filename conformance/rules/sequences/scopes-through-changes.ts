import type { Contract } from '../../../openapi/contract.ts';
import { idsIn } from '../../liars/ledger.ts';
import { everyCommand, someOfEach } from '../../model/alphabet.ts';
import { runSequences } from '../../model/sequence.ts';
import type { Actor } from '../../model/session.ts';
import { defineRule, type Liar } from '../../rule.ts';
import type { Organization } from '../../world/organization.ts';

/** Opens to every key of an organisation what was opened to one of them before. */
const rememberOpened: Liar = (fetch, name) => {
  const opened = new Map<string, string>();
  return async (request) => {
    const place = `${name(request.method, request.url) ?? ''} ${idsIn(request.url).join()}`;
    const copy = request.clone();
    const response = await fetch(request);
    const key = copy.headers.get('authorization') ?? '';
    if (response.ok) opened.set(place, key);
    if (response.status !== 403 || idsIn(request.url).length === 0) return response;
    const headers = new Headers(copy.headers);
    headers.set('authorization', opened.get(place) ?? key);
    return fetch(new Request(copy, { headers }));
  };
};

/** A key with every scope, one for each resource alone, and one that writes but mayn't read. */
const keysOf = async (home: Organization, { scopes }: Contract): Promise<Actor[]> => {
  const withScopes = async (own: readonly string[]): Promise<Actor> => ({
    client: await home.client({ scopes: own }),
    lacks: new Set(scopes.filter((scope) => !own.includes(scope))),
  });
  const of = (part: string) => scopes.filter((scope) => scope.includes(part));
  return [
    { client: home.all, lacks: new Set() },
    ...(await Promise.all(['dossiers:', 'contacts:', ':write'].map(of).map(withScopes))),
  ];
};

export default defineRule({
  id: 'sequences/scopes-through-changes',
  level: 'MUST',
  verifies: ['LG-AUT-012', 'LG-AUT-018', 'LG-AUT-020'],
  sentence: 'Of several keys at work each does what its scopes allow, and no more, at any time.',
  needs: ['fresh-organizations', 'scoped-keys'],
  check: (world) =>
    runSequences(world, {
      commands: everyCommand(world.contract),
      aspects: ['fields', 'counts', 'links', 'primaries', 'notes', 'lists'],
      prelude: someOfEach,
      actors: (home) => keysOf(home, world.contract),
    }),
  liar: rememberOpened,
});
