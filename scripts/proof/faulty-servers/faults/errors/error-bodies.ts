import { onError, onResponse } from '../../../../../conformance/faults/inject.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { type FaultyServer, faultyServer, onWire } from '../../faulty-server.ts';
import { onIncoming } from '../../inject/requests.ts';

/** Changes `error` in refusals with this status. */
const onRefusal = (status: number, inject: (error: Record<string, unknown>) => void) =>
  onError((error, answer) => {
    if (answer.status === status) inject(error);
  });

/** Faults in error bodies. */
export const errorBodyFaults: readonly FaultyServer[] = [
  onWire(
    'errors/list-of-errors',
    'LG-ERR-001',
    'tells what is wrong with a body as a list of errors',
    onResponse('all', (answer) => {
      if (answer.status !== 400) return;
      const { error } = answer.body as { error: unknown };
      answer.body = { errors: [error] };
    }),
  ),
  onWire(
    'errors/bare-code',
    'LG-ERR-001',
    'tells a missing scope by a text in the place of the object',
    onResponse('all', (answer) => {
      if (answer.status === 403) answer.body = { error: 'forbidden' };
    }),
  ),
  onWire(
    'errors/empty-message',
    'LG-ERR-002',
    'has no message where a scope is missing',
    onRefusal(403, (error) => {
      error['message'] = '';
    }),
  ),
  onWire(
    'errors/message-of-parts',
    'LG-ERR-002',
    'gives one message for each field of a query',
    onRefusal(400, (error) => {
      error['message'] = { per_page: [error['message']] };
    }),
  ),
  onWire(
    'errors/blank-message',
    'LG-ERR-002',
    'translates messages into a language for which it has none',
    onRefusal(403, (error) => {
      error['message'] = ' ';
    }),
  ),
  faultyServer(
    'errors/code-by-key',
    'LG-ERR-003',
    'tells missing scopes by another code from the second time on',
    onIncoming(() => {
      const seen = new Set<string>();
      return async ({ request, key, operation = '' }, fetch) => {
        const response = await fetch(request);
        if (response.status !== 403 || !key) return response;
        const before = seen.has(key.id + operation);
        seen.add(key.id + operation);
        if (!before) return response;
        const body = { error: { code: 'still_forbidden', message: 'Still not for you.' } };
        const { status, headers } = response;
        return new Response(JSON.stringify(body), { status, headers });
      };
    }),
  ),
  onWire(
    'errors/numbered',
    'LG-ERR-003',
    'numbers its refusals of bodies in their code',
    (fetch, name) => {
      let count = 0;
      return onRefusal(400, (error) => {
        count += 1;
        error['code'] = `invalid_body_${count}`;
      })(fetch, name);
    },
  ),
  onWire(
    'errors/deleted-anyway',
    'LG-ERR-004',
    'answers 200 with an error where what is to be taken away is not found',
    onResponse(['deleteContact', 'unlinkDossierContact'], (answer) => {
      if (answer.status === 404) answer.status = 200;
    }),
  ),
  onWire(
    'errors/always-an-error',
    'LG-ERR-004',
    'has an empty error in every success that changes something',
    onResponse(['updateDossier', 'updateContact'], (answer) => {
      if (answer.status === 200) answer.body = { ...(answer.body as object), error: {} };
    }),
  ),
  onWire(
    'errors/accepted-errors',
    'LG-ERR-004',
    'answers 200 with an error where a page can’t be had',
    onResponse(['listDossiers'], (answer) => {
      if (answer.status === 400) answer.status = 200;
    }),
  ),
];

/** Refuses with another status and the same code. */
const withStatus = (
  code: string,
  status: number,
  operations: readonly OperationId[] | 'all' = 'all',
) =>
  onResponse(operations, (answer) => {
    const { error } = answer.body as { error?: { code?: unknown } };
    if (error?.code === code) answer.status = status;
  });

/** Error codes with a wrong status. */
export const errorStatusFaults: readonly FaultyServer[] = [
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
