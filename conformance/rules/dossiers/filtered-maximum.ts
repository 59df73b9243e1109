import { readContract } from '../../../openapi/contract.ts';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import type { Liar } from '../../rule.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { pageSizes } from '../../world/page-sizes.ts';
import { pageOf, type Page } from '../../world/pages.ts';

/** Answers larger pages than it may, of one status, by putting two together. */
const pasteTogether: Liar = (fetch, name) => async (request) => {
  const url = new URL(request.url);
  const { maximum } = pageSizes(readContract(), 'listDossiers');
  const large =
    Number(url.searchParams.get('per_page')) > maximum && url.searchParams.has('status');
  if (name(request.method, request.url) !== 'listDossiers' || !large) return fetch(request);
  const bodies: { data: unknown[]; meta: object }[] = [];
  url.searchParams.set('per_page', String(maximum));
  let headers = new Headers();
  for (const page of ['1', '2']) {
    url.searchParams.set('page', page);
    const response = await fetch(new Request(url, request));
    headers = new Headers(response.headers);
    bodies.push((await response.json()) as { data: unknown[]; meta: object });
  }
  const data = bodies.flatMap((body) => body.data);
  return new Response(JSON.stringify({ ...bodies[0], data }), { status: 200, headers });
};

export default defineRule({
  id: 'dossiers/filtered-maximum',
  level: 'MUST',
  verifies: ['LG-DOS-013'],
  sentence: 'No page of dossiers that pass a filter is larger than the maximum either.',
  needs: ['fresh-organizations'],
  check: async ({ contract, organization, acceptances }) => {
    const { maximum } = pageSizes(contract, 'listDossiers');
    const home = await organization();
    const type = 'sales' as const;
    const drafts = plainDossiers(maximum + 1).map((draft) => ({ ...draft, type }));
    const [first] = await home.createDossiers(drafts);
    const stage_id = first?.current_stage_id ?? '';
    for (const filter of [{ type }, { status: 'active' }, { stage_id }, { type, stage_id }]) {
      for (const perPage of [maximum + 1, maximum * 2]) {
        const query = { ...filter, per_page: String(perPage) };
        const exchange = await home.all.send('listDossiers', { query });
        // Whether it is refused or put right is a decision; only more must never come.
        if (!acceptances.of('listDossiers', exchange.response.status)?.success) continue;
        const { items }: Page = pageOf(exchange);
        const expected = `at most ${String(maximum)} items on a page`;
        expectThat(items.length <= maximum, expected, () => items.length);
      }
    }
  },
  liar: pasteTogether,
});
