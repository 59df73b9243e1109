import { onRequest, overlookQuery } from '../../../../../conformance/liars/requests.ts';
import { rechoose } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

export const filters: readonly Fault[] = [
  onWire(
    'answers/stage-beats-type',
    'LG-GEN-023',
    'overlooks the type of dossiers where a status is given',
    onRequest(['listDossiers'], (request) => {
      const url = new URL(request.url);
      if (url.searchParams.has('status')) url.searchParams.delete('type');
      return Promise.resolve(new Request(url, request));
    }),
  ),
  inHandlers(
    'answers/any-filter-will-do',
    'LG-GEN-023',
    'lists the contacts that are of the kind or match the search',
    (own) => ({
      listContacts: (asked) => {
        const { kind, search, ...rest } = asked.query;
        if (!kind?.length || !search) return own.listContacts(asked);
        const everything = { ...rest, page: 1, per_page: Number.MAX_SAFE_INTEGER };
        const idsBy = (query: typeof asked.query) =>
          own.listContacts({ ...asked, query }).body.data.map(({ id }) => id);
        const either = new Set<unknown>([
          ...idsBy({ ...everything, kind }),
          ...idsBy({ ...everything, search }),
        ]);
        const choose = rechoose('listContacts', (items) =>
          items.filter(({ id }) => either.has(id)),
        );
        const query = { ...rest, page: asked.query.page, per_page: asked.query.per_page };
        return choose(own).listContacts?.({ ...asked, query }) ?? own.listContacts(asked);
      },
    }),
  ),
  onWire(
    'answers/three-filters-are-two',
    'LG-GEN-023',
    'overlooks the stage where type and status are given too',
    (fetch, name) => {
      const overlook = overlookQuery('listDossiers', 'stage_id')(fetch, name);
      return (request) => {
        const { searchParams } = new URL(request.url);
        const all = ['type', 'status', 'stage_id'].every((one) => searchParams.has(one));
        return all ? overlook(request) : fetch(request);
      };
    },
  ),
];
