import { parseJson } from '../../../../../conformance/world/exchange.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { onVisit } from '../../bend/visits.ts';
import { fault, type Fault } from '../../fault.ts';

type Item = Record<string, unknown>;

/** Leaves out of a list what was made with another key. */
const hideFromOthers = (
  creation: OperationId,
  list: OperationId,
  hidden: (item: Item) => boolean,
): Fault['bend'] =>
  onVisit(() => {
    const makers = new Map<unknown, string | undefined>();
    return async ({ request, operation, key }, fetch) => {
      const response = await fetch(request);
      if (!response.ok || (operation !== creation && operation !== list)) return response;
      const body = parseJson(await response.clone().text()) as { data: Item };
      if (operation === creation) makers.set(body.data['id'], key?.id);
      if (operation !== list) return response;
      const shown = body as unknown as { data: Item[]; meta: { total: number } };
      const foreign = ({ id }: Item) => makers.has(id) && makers.get(id) !== key?.id;
      const data = shown.data.filter((item) => !(foreign(item) && hidden(item)));
      const total = shown.meta.total - (shown.data.length - data.length);
      const { status, headers } = response;
      const text = JSON.stringify({ data, meta: { ...shown.meta, total } });
      return new Response(text, { status, headers });
    };
  });

/** What one key of an organisation sees and another doesn't. */
export const keysApart: readonly Fault[] = [
  fault(
    'authentication/own-contacts',
    'LG-AUT-012',
    'lists the contacts alone that the same key created',
    hideFromOthers('createContact', 'listContacts', () => true),
  ),
  fault(
    'authentication/own-notes',
    'LG-AUT-012',
    'shows internal notes to the key alone that wrote them',
    hideFromOthers('createDossierNote', 'listDossierNotes', (note) => note['is_internal'] === true),
  ),
  fault(
    'authentication/own-sales',
    'LG-AUT-012',
    'lists sales dossiers to the key alone that created them',
    hideFromOthers('createDossier', 'listDossiers', (dossier) => dossier['type'] === 'sales'),
  ),
];
