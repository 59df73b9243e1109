import type { Organization } from '../../../../../reference-server/state/organization.ts';
import { type FaultyServer, faultyServer } from '../../faulty-server.ts';
import {
  type IncomingRequest,
  onIncoming,
  refusalResponse,
  sendsForm,
} from '../../inject/requests.ts';

/** Runs a function in a separate window, and restores the window afterwards. */
const inSeparateWindow = async <Result>(
  { window }: Organization,
  act: () => Promise<Result>,
): Promise<Result> => {
  const before = { ...window };
  Object.assign(window, { openedAt: undefined, spent: 0 });
  try {
    return await act();
  } finally {
    Object.assign(window, before);
  }
};

/** Neither counts nor refuses these requests. */
const unlimited = (when: (incoming: IncomingRequest) => boolean): FaultyServer['inject'] =>
  onIncoming(() => (incoming, fetch) => {
    const { request, organization } = incoming;
    if (!organization || !when(incoming)) return fetch(request);
    return inSeparateWindow(organization, () => fetch(request));
  });

/** Refuses these requests beyond the limit, but executes them. */
const executeBeyondLimit = (when: (incoming: IncomingRequest) => boolean): FaultyServer['inject'] =>
  onIncoming(() => async (incoming, fetch) => {
    const { request, organization } = incoming;
    const again = request.clone();
    const response = await fetch(request);
    if (response.status !== 429 || !organization || !when(incoming)) return response;
    await inSeparateWindow(organization, () => fetch(again));
    return response;
  });

/** Faults in what counts towards the limit, and in what is done beyond it. */
export const limitWindowFaults: readonly FaultyServer[] = [
  faultyServer(
    'limits/one-more',
    'LG-LIM-001',
    'lets one request more in than the limit allows',
    onIncoming(() => async ({ request, organization }, fetch) => {
      const again = request.clone();
      const response = await fetch(request);
      if (response.status !== 429 || !organization) return response;
      const { window } = organization;
      const spentBefore = window.spent;
      const limit = Number(response.headers.get('x-ratelimit-limit'));
      if (spentBefore > limit) return response;
      window.spent = limit - 1;
      const served = await fetch(again);
      window.spent = limit + 1;
      return served;
    }),
  ),
  faultyServer(
    'limits/flows-unlimited',
    'LG-LIM-001',
    'never refuses to list flows',
    unlimited(({ operation }) => operation === 'listFlows'),
  ),
  faultyServer(
    'limits/forms-unlimited',
    'LG-LIM-001',
    'never refuses a form',
    unlimited(sendsForm),
  ),
  faultyServer(
    'limits/counted-late',
    'LG-LIM-001',
    'counts a request once it is answered, so that those who come together are let in',
    onIncoming(() => {
      let running = 0;
      return async ({ request, organization }, fetch) => {
        running += 1;
        const isAlone = running === 1;
        const again = request.clone();
        const response = await fetch(request);
        running -= 1;
        if (response.status !== 429 || isAlone || !organization) return response;
        organization.window.spent = 0;
        return fetch(again);
      };
    }),
  ),
  faultyServer(
    'limits/beyond-is-forbidden',
    'LG-LIM-001',
    'forbids what is beyond the limit, as if a scope were missing',
    onIncoming((internals) => async ({ request }, fetch) => {
      const response = await fetch(request);
      return response.status === 429 ? refusalResponse(internals, 'forbidden') : response;
    }),
  ),
  faultyServer(
    'limits/created-beyond',
    'LG-LIM-005',
    'creates dossiers beyond the limit, though it refuses them',
    executeBeyondLimit(({ operation }) => operation === 'createDossier'),
  ),
  faultyServer(
    'limits/form-beyond',
    'LG-LIM-005',
    'creates the dossiers of forms beyond the limit, though it refuses them',
    executeBeyondLimit(sendsForm),
  ),
  faultyServer(
    'limits/noted-beyond',
    'LG-LIM-005',
    'adds notes beyond the limit, though it refuses them',
    executeBeyondLimit(({ operation }) => operation === 'createDossierNote'),
  ),
  faultyServer(
    'limits/unlinked-beyond',
    'LG-LIM-005',
    'unlinks contacts beyond the limit, though it refuses to',
    executeBeyondLimit(({ operation }) => operation === 'unlinkDossierContact'),
  ),
  faultyServer(
    'limits/one-window-for-all',
    'LG-LIM-006',
    'counts the requests of all organisations together',
    onIncoming(({ state }) => async ({ request, organization }, fetch) => {
      const response = await fetch(request);
      for (const { id, window } of state.organizations.rows) {
        if (!organization || id === organization.id) continue;
        window.openedAt ??= Date.now();
        window.spent += 1;
      }
      return response;
    }),
  ),
];
