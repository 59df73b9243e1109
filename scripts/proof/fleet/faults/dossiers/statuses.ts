import { invalid } from '../../../../../reference-server/http/refusal.ts';
import { onSent } from '../../../../../conformance/liars/requests.ts';
import { bendAsked } from '../../bend/replies.ts';
import { before, bendSent } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** Changes of status and assignment. */
export const statuses: readonly Fault[] = [
  inHandlers(
    'dossiers/won-for-good',
    'LG-DOS-078',
    'never makes a won dossier a lost one',
    bendAsked('updateDossier', ({ params, body, organization }) =>
      body.status === 'lost' && organization.dossiers.get(params.id)?.status === 'won'
        ? { body: { ...body, status: 'won' } }
        : {},
    ),
  ),
  inHandlers(
    'dossiers/candidates-cannot-win',
    'LG-DOS-078',
    'refuses to win a candidate',
    before('updateDossier', ({ params, body, organization }) => {
      const type = organization.dossiers.get(params['id'] ?? '')?.type;
      if (body['status'] === 'won' && type === 'candidate') throw invalid('status is for sales.');
    }),
  ),
  onWire(
    'dossiers/closed-means-lost',
    'LG-DOS-079',
    'takes the word closed for lost',
    onSent(['updateDossier'], (body) =>
      body['status'] === 'closed' ? { ...body, status: 'lost' } : body,
    ),
  ),
  onWire(
    'dossiers/status-by-beginning',
    'LG-DOS-079',
    'takes what begins like a status for that status',
    onSent(['updateDossier'], (body) => {
      const known = ['active', 'won', 'lost', 'archived'];
      const like = known.find((one) => String(body['status']).startsWith(one));
      return like ? { ...body, status: like } : body;
    }),
  ),
  onWire(
    'dossiers/status-by-number',
    'LG-DOS-079',
    'takes numbers for the statuses in their order',
    onSent(['updateDossier'], (body) => {
      const known = ['active', 'won', 'lost', 'archived'];
      const { status } = body;
      return typeof status === 'string' && /^[0-3]$/.test(status)
        ? { ...body, status: known[Number(status)] }
        : body;
    }),
  ),
  inHandlers(
    'dossiers/first-member-stays',
    'LG-DOS-080',
    'assigns what is assigned already to nobody else',
    bendAsked('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params.id)?.assigned_to;
      return known && body.assigned_to ? { body: { ...body, assigned_to: known } } : {};
    }),
  ),
  inHandlers(
    'dossiers/unassigned-to-first',
    'LG-DOS-081',
    'gives a dossier that is taken away to the first member',
    bendAsked('updateDossier', ({ body, organization }) =>
      body.assigned_to === null
        ? { body: { ...body, assigned_to: organization.members.rows.at(0)?.id } }
        : {},
    ),
  ),
  inHandlers(
    'dossiers/unassigned-alone-only',
    'LG-DOS-081',
    'overlooks null for a member where other fields are changed too',
    bendSent(['updateDossier'], ({ assigned_to, ...others }) => ({
      ...others,
      ...(assigned_to !== undefined &&
        (assigned_to !== null || Object.keys(others).length === 0) && { assigned_to }),
    })),
  ),
];
