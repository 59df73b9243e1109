import { onPage } from '../../../../../conformance/liars/answers.ts';
import { onDraft } from '../../../../../conformance/liars/drafts.ts';
import { pageSizes } from '../../../../../conformance/world/page-sizes.ts';
import { readContract } from '../../../../../openapi/contract.ts';
import { fault, onWire, type Fault } from '../../fault.ts';

const { maximum } = pageSizes(readContract(), 'listDossiers');

/** Which page of dossiers is answered, and how large it is. */
export const pages: readonly Fault[] = [
  onWire(
    'dossiers/pages-from-zero',
    'LG-DOS-011',
    'counts the pages from zero',
    onDraft(({ method, url }) => {
      const page = url.searchParams.get('page');
      if (method !== 'GET' || !url.pathname.endsWith('/dossiers') || page === null) return;
      url.searchParams.set('page', String(Number(page) + 1));
    }),
  ),
  onWire(
    'dossiers/pages-of-fifty',
    'LG-DOS-012',
    'answers fifty dossiers unless it is told how many',
    onDraft(({ method, url }) => {
      if (method !== 'GET' || !url.pathname.endsWith('/dossiers')) return;
      if (!url.searchParams.has('per_page')) url.searchParams.set('per_page', '50');
    }),
  ),
  onWire(
    'dossiers/pages-of-twenty-when-filtered',
    'LG-DOS-012',
    'answers twenty dossiers of one status unless it is told how many',
    onDraft(({ method, url }) => {
      const { searchParams: query, pathname } = url;
      if (method !== 'GET' || !pathname.endsWith('/dossiers') || query.has('per_page')) return;
      if (query.has('status')) query.set('per_page', '20');
    }),
  ),
  onWire(
    'dossiers/ninety-nine',
    'LG-DOS-013',
    'drops the last one of a page of a hundred',
    onPage(['listDossiers'], ({ data }) => {
      if (data.length === maximum) data.pop();
    }),
  ),
  fault(
    'dossiers/more-than-hundred-of-a-type',
    'LG-DOS-013',
    'looks at the size of a page only where nothing is filtered',
    ({ state }) => ({
      wire: (fetch, name) => async (request) => {
        const response = await fetch(request.clone());
        const url = new URL(request.url);
        const size = Number(url.searchParams.get('per_page'));
        if (name(request.method, request.url) !== 'listDossiers' || size <= maximum)
          return response;
        const type = url.searchParams.get('type');
        if (type === null) return response;
        url.searchParams.set('per_page', String(maximum));
        const probe = await fetch(new Request(url, request));
        const page = (await probe.json()) as { data: { id: string }[]; meta: object };
        const known = page.data[0]?.id ?? '';
        const home = [...state.organizations.rows].find(({ dossiers }) => dossiers.get(known));
        const data = home ? [...home.dossiers.by('type', type)].reverse().slice(0, size) : [];
        const body = JSON.stringify({ data, meta: { ...page.meta, per_page: size } });
        return new Response(body, { status: 200, headers: probe.headers });
      },
    }),
  ),
];
