import { onAnswer } from '../../../../../conformance/liars/answers.ts';
import { planWithApi } from '../../../../../conformance/world/plans.ts';
import type { Organization } from '../../../../../reference-server/state/organization.ts';
import { onVisit, sendsForm, turnAway, type Visit } from '../../bend/visits.ts';
import { fault, onWire, type Fault, type Ground } from '../../fault.ts';

/** Does something while the organisation has the plan that opens the API. */
const asIfPaid = async <Result>(
  { state, contract }: Ground,
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

/** Lets organisations in that have another plan. */
const letIn = (plan: string, when: (visit: Visit) => boolean = () => true): Fault['bend'] =>
  onVisit((ground) => (visit, fetch) => {
    const { request, organization } = visit;
    if (organization?.plan !== plan || !when(visit)) return fetch(request);
    return asIfPaid(ground, organization, () => fetch(request));
  });

/** Refuses for the plan, but does what was asked for. */
const doUnpaid = (when: (visit: Visit) => boolean): Fault['bend'] =>
  onVisit((ground) => async (visit, fetch) => {
    const { request, organization } = visit;
    const again = request.clone();
    const response = await fetch(request);
    if (response.status !== 402 || !organization || !when(visit)) return response;
    await asIfPaid(ground, organization, () => fetch(again));
    return response;
  });

const reads = ({ request }: Visit): boolean => request.method === 'GET';

/** Who is let in with which plan. */
export const openToPlans: readonly Fault[] = [
  fault('plans/free-reads', 'LG-PLN-001', 'lets the Free plan read', letIn('free', reads)),
  fault('plans/free-forms', 'LG-PLN-001', 'takes forms on the Free plan', letIn('free', sendsForm)),
  fault(
    'plans/free-own-links',
    'LG-PLN-001',
    'lets the Free plan unlink contacts from what it had before',
    letIn('free', ({ operation }) => operation === 'unlinkDossierContact'),
  ),
  onWire(
    'plans/payment-required',
    'LG-PLN-001',
    'refuses for the plan with a code of its own',
    onAnswer('all', (answer) => {
      if (answer.status !== 402) return;
      answer.body = { error: { code: 'payment_required', message: 'Choose another plan.' } };
    }),
  ),
  fault('plans/pro-is-enough', 'LG-PLN-002', 'lets the Pro plan in', letIn('pro')),
  fault(
    'plans/pro-changes',
    'LG-PLN-002',
    'lets the Pro plan change contacts',
    letIn('pro', ({ operation }) => operation === 'updateContact'),
  ),
  fault(
    'plans/refused-on-growth',
    'LG-PLN-003',
    'refuses files for the plan that has access',
    turnAway('plan_required', ({ operation }) => operation === 'uploadDossierCv'),
  ),
  fault(
    'plans/remembers-refusal',
    'LG-PLN-003',
    'goes on refusing for the plan, once it has, after the organisation has come to Growth',
    (ground) => {
      const refused = new Set<string>();
      const remember = onVisit(() => async ({ request, organization }, fetch) => {
        const response = await fetch(request);
        if (response.status === 402 && organization) refused.add(organization.id);
        return response;
      })(ground).wire;
      const refuse = turnAway('plan_required', ({ organization }) =>
        refused.has(organization?.id ?? ''),
      )(ground).wire;
      return { wire: (fetch, name) => refuse?.(remember?.(fetch, name) ?? fetch, name) ?? fetch };
    },
  ),
  fault(
    'plans/contacts-quota',
    'LG-PLN-003',
    'refuses contacts for the plan beyond the first dozen',
    turnAway(
      'plan_required',
      ({ operation, organization }) =>
        operation === 'createContact' && (organization?.contacts.rows.length ?? 0) >= 12,
    ),
  ),
  fault(
    'plans/note-kept',
    'LG-PLN-004',
    'refuses notes for the plan, but keeps them',
    doUnpaid(({ operation }) => operation === 'createDossierNote'),
  ),
  fault(
    'plans/archived-all-the-same',
    'LG-PLN-004',
    'refuses to archive for the plan, and archives',
    doUnpaid(({ operation }) => operation === 'archiveDossier'),
  ),
  fault(
    'plans/form-kept',
    'LG-PLN-004',
    'refuses forms for the plan, and creates what they ask for',
    doUnpaid(sendsForm),
  ),
];
