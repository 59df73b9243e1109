import { onAnswer } from '../../../../../conformance/liars/answers.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { onWire, type Fault } from '../../fault.ts';

/** Refuses with another status and the same code. */
const withStatus = (
  code: string,
  status: number,
  operations: readonly OperationId[] | 'all' = 'all',
) =>
  onAnswer(operations, (answer) => {
    const { error } = answer.body as { error?: { code?: unknown } };
    if (error?.code === code) answer.status = status;
  });

/** Codes that come with another status than theirs. */
export const statuses: readonly Fault[] = [
  onWire(
    'errors/unauthorized-forbidden',
    'LG-ERR-005',
    'answers unauthorized with 403',
    withStatus('unauthorized', 403),
  ),
  onWire(
    'errors/unauthorized-unknown',
    'LG-ERR-005',
    'answers unauthorized with 404 where a single thing is asked for',
    withStatus('unauthorized', 404, ['getDossier', 'getContact']),
  ),
  onWire(
    'errors/plan-forbidden',
    'LG-ERR-006',
    'answers plan_required with 403',
    withStatus('plan_required', 403),
  ),
  onWire(
    'errors/scope-unauthorized',
    'LG-ERR-007',
    'answers forbidden with 401',
    withStatus('forbidden', 401),
  ),
  onWire(
    'errors/gone',
    'LG-ERR-008',
    'answers not_found with 410 for contacts',
    withStatus('not_found', 410, ['getContact', 'updateContact', 'deleteContact']),
  ),
  onWire(
    'errors/unprocessable',
    'LG-ERR-009',
    'answers invalid_body with 422',
    withStatus('invalid_body', 422),
  ),
  onWire(
    'errors/note-in-conflict',
    'LG-ERR-009',
    'answers invalid_body with 409 for notes',
    withStatus('invalid_body', 409, ['createDossierNote']),
  ),
  onWire(
    'errors/limited-by-status',
    'LG-ERR-010',
    'answers rate_limited with 420',
    withStatus('rate_limited', 420),
  ),
  onWire(
    'errors/bad-gateway',
    'LG-ERR-011',
    'answers internal with 502',
    withStatus('internal', 502),
  ),
  onWire(
    'errors/duplicate-as-invalid',
    'LG-ERR-012',
    'answers duplicate_contact with 400 where a contact is changed',
    withStatus('duplicate_contact', 400, ['updateContact']),
  ),
  onWire(
    'errors/duplicate-unprocessable',
    'LG-ERR-012',
    'answers duplicate_contact with 422',
    withStatus('duplicate_contact', 422),
  ),
];
