import { onData, onPage } from '../../../../../conformance/liars/answers.ts';
import { onRequest } from '../../../../../conformance/liars/requests.ts';
import { bendReply } from '../../bend/replies.ts';
import { bendShown, rechoose } from '../../bend/shown.ts';
import { fault, inHandlers, onWire, type Fault } from '../../fault.ts';

/** Reads the query of a list of flows differently. */
const misread = (bend: (query: URLSearchParams) => void) =>
  onRequest(['listFlows'], (request) => {
    const url = new URL(request.url);
    bend(url.searchParams);
    return Promise.resolve(new Request(url, request));
  });

export const lists: readonly Fault[] = [
  inHandlers(
    'flows/namesakes-hidden',
    'LG-FLO-001',
    'lists one flow only of those with the same name',
    rechoose('listFlows', (flows) => [...new Map(flows.map((one) => [one['name'], one])).values()]),
  ),
  fault(
    'flows/shared-templates',
    'LG-FLO-001',
    'lists the flows of every organisation that are no default',
    ({ state, own }) => ({
      handlers: rechoose('listFlows', (flows, { query: { type } }) => {
        const all = [...state.organizations.rows].flatMap((one) => [...one.flows.rows]);
        const ids = new Set(flows.map(({ id }) => id));
        const strange = all.filter((one) => !one.is_default && !ids.has(one.id));
        const passing = strange.filter((one) => (type ?? one.type) === one.type);
        return [...flows, ...structuredClone(passing)];
      })(own),
    }),
  ),
  inHandlers(
    'flows/twenty-at-most',
    'LG-FLO-001',
    'lists no more than twenty flows over all pages',
    rechoose('listFlows', (flows) => flows.slice(0, 20)),
  ),
  onWire(
    'flows/type-overlooked-on-pages',
    'LG-FLO-004',
    'overlooks the type from page 2 on',
    misread((query) => {
      if (Number(query.get('page') ?? 1) > 1) query.delete('type');
    }),
  ),
  onWire(
    'flows/sales-only-defaults',
    'LG-FLO-004',
    'lists the default flow alone where sales are asked for',
    onPage(['listFlows'], ({ data, meta }, { searchParams }) => {
      if (searchParams.get('type') !== 'sales') return;
      const defaults = data.filter((flow) => flow['is_default'] === true);
      data.splice(0, data.length, ...defaults);
      meta['total'] = defaults.length;
    }),
  ),
  onWire(
    'flows/last-page-first',
    'LG-FLO-005',
    'answers the second page where none is asked for, as it counts from zero there',
    misread((query) => {
      if (!query.has('page')) query.set('page', '2');
    }),
  ),
  onWire(
    'flows/fifty-by-default',
    'LG-FLO-006',
    'puts fifty flows on a page by default',
    misread((query) => {
      if (!query.has('per_page')) query.set('per_page', '50');
    }),
  ),
  onWire(
    'flows/twenty-four-by-default',
    'LG-FLO-006',
    'puts twenty-four flows on a page by default, where a page is asked for',
    misread((query) => {
      if (query.has('page') && !query.has('per_page')) query.set('per_page', '24');
    }),
  ),
  onWire(
    'flows/default-told-of-defaults-only',
    'LG-FLO-009',
    'says of no flow that it is not the default',
    onData(['listFlows'], (flow) => {
      if (flow['is_default'] === false) delete flow['is_default'];
    }),
  ),
  inHandlers(
    'flows/type-in-words',
    'LG-FLO-009',
    'tells the type of a flow in another field where it is filtered by it',
    bendShown(['listFlows'], (flow, { query }) => {
      if (query['type'] === undefined) return;
      flow['kind'] = flow['type'];
      delete flow['type'];
    }),
  ),
  inHandlers(
    'flows/two-defaults',
    'LG-FLO-016',
    'goes on to call the first flow of a type its default',
    rechoose('listFlows', (flows, { organization }) => {
      const firsts = new Map(
        [...organization.flows.rows].reverse().map((one) => [one.type, one.id]),
      );
      for (const flow of flows) {
        if ([...firsts.values()].some((id) => id === flow['id'])) flow['is_default'] = true;
      }
      return flows;
    }),
  ),
  inHandlers(
    'flows/chances-of-losing',
    'LG-FLO-012',
    'shows the chance of losing for that of winning',
    bendReply('listFlows', ({ data }) => {
      for (const stage of data.flatMap(({ stages }) => stages))
        if (typeof stage.win_probability === 'number')
          stage.win_probability = 100 - stage.win_probability;
    }),
  ),
  inHandlers(
    'flows/named-after-type',
    'LG-FLO-009',
    'names a default flow after its type',
    bendReply('listFlows', ({ data }) => {
      for (const flow of data) if (flow.is_default) flow.name = `Default ${flow.type}`;
    }),
  ),
];
