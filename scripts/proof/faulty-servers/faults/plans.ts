import { planWithApi } from '../../../../conformance/contract/operations.ts';
import { onResponse } from '../../../../conformance/faults/inject.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import { type FaultyServer, faultyServer, onWire, type ServerInternals } from '../faulty-server.ts';
import { type IncomingRequest, onIncoming, refuseWhen, sendsForm } from '../inject/requests.ts';

/** Runs a function while the organisation has the plan with access to the API. */
const withApiPlan = async <Result>(
  { state, contract }: ServerInternals,
  { id, plan }: Organization,
  act: () => Promise<Result>,
): Promise<Result> => {
  const change = (next: string) =>
    state.transact(() => {
      const now = state.organizations.get(id);
      if (now) state.organizations.replace({ ...now, plan: next });
    });
  change(planWithApi(contract));
  try {
    return await act();
  } finally {
    change(plan);
  }
};

/** Admits organisations with this plan. */
const admitPlan = (
  plan: string,
  when: (incoming: IncomingRequest) => boolean = () => true,
): FaultyServer['inject'] =>
  onIncoming((internals) => (incoming, fetch) => {
    const { request, organization } = incoming;
    if (organization?.plan !== plan || !when(incoming)) return fetch(request);
    return withApiPlan(internals, organization, () => fetch(request));
  });

/** Refuses requests because of the plan, but executes them. */
const executeDespitePlan = (when: (incoming: IncomingRequest) => boolean): FaultyServer['inject'] =>
  onIncoming((internals) => async (incoming, fetch) => {
    const { request, organization } = incoming;
    const again = request.clone();
    const response = await fetch(request);
    if (response.status !== 402 || !organization || !when(incoming)) return response;
    await withApiPlan(internals, organization, () => fetch(again));
    return response;
  });

const isRead = ({ request }: IncomingRequest): boolean => request.method === 'GET';

/** Faults in which plans have access to the API. */
export const planFaults: readonly FaultyServer[] = [
  faultyServer(
    'plans/free-reads',
    'LG-PLN-001',
    'lets the Free plan read',
    admitPlan('free', isRead),
  ),
  faultyServer(
    'plans/free-forms',
    'LG-PLN-001',
    'takes forms on the Free plan',
    admitPlan('free', sendsForm),
  ),
  faultyServer(
    'plans/free-own-links',
    'LG-PLN-001',
    'lets the Free plan unlink contacts from what it had before',
    admitPlan('free', ({ operation }) => operation === 'unlinkDossierContact'),
  ),
  onWire(
    'plans/payment-required',
    'LG-PLN-001',
    'refuses for the plan with a code of its own',
    onResponse('all', (answer) => {
      if (answer.status !== 402) return;
      answer.body = { error: { code: 'payment_required', message: 'Choose another plan.' } };
    }),
  ),
  faultyServer('plans/pro-is-enough', 'LG-PLN-002', 'lets the Pro plan in', admitPlan('pro')),
  faultyServer(
    'plans/pro-changes',
    'LG-PLN-002',
    'lets the Pro plan change contacts',
    admitPlan('pro', ({ operation }) => operation === 'updateContact'),
  ),
  faultyServer(
    'plans/refused-on-growth',
    'LG-PLN-003',
    'refuses files for the plan that has access',
    refuseWhen('plan_required', ({ operation }) => operation === 'uploadDossierCv'),
  ),
  faultyServer(
    'plans/remembers-refusal',
    'LG-PLN-003',
    'goes on refusing for the plan, once it has, after the organisation has come to Growth',
    (internals) => {
      const refused = new Set<string>();
      const remember = onIncoming(() => async ({ request, organization }, fetch) => {
        const response = await fetch(request);
        if (response.status === 402 && organization) refused.add(organization.id);
        return response;
      })(internals).wire;
      const refuse = refuseWhen('plan_required', ({ organization }) =>
        refused.has(organization?.id ?? ''),
      )(internals).wire;
      return { wire: (fetch, name) => refuse?.(remember?.(fetch, name) ?? fetch, name) ?? fetch };
    },
  ),
  faultyServer(
    'plans/contacts-quota',
    'LG-PLN-003',
    'refuses contacts for the plan beyond the first dozen',
    refuseWhen(
      'plan_required',
      ({ operation, organization }) =>
        operation === 'createContact' && (organization?.contacts.rows.length ?? 0) >= 12,
    ),
  ),
  faultyServer(
    'plans/note-kept',
    'LG-PLN-004',
    'refuses notes for the plan, but keeps them',
    executeDespitePlan(({ operation }) => operation === 'createDossierNote'),
  ),
  faultyServer(
    'plans/archived-all-the-same',
    'LG-PLN-004',
    'refuses to archive for the plan, and archives',
    executeDespitePlan(({ operation }) => operation === 'archiveDossier'),
  ),
  faultyServer(
    'plans/form-kept',
    'LG-PLN-004',
    'refuses forms for the plan, and creates what they ask for',
    executeDespitePlan(sendsForm),
  ),
];
