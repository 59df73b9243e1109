import type { Operation, OperationId } from '../../openapi/contract.ts';
import type { RawRequest } from './client.ts';
import type { Organization } from './organization.ts';

/** Changes that show; the smallest examples of the contract may change nothing. */
const changes: Partial<Record<OperationId, object>> = {
  updateDossier: { name: 'Changed to be seen' },
  updateContact: { full_name: 'Changed to be seen' },
};

/** A request for the operation that must succeed here, and shows in what it was about. */
export const prepareVisible = async (
  home: Organization,
  operation: OperationId,
): Promise<RawRequest> => {
  const request = await home.prepare(operation);
  return operation in changes ? { ...request, body: changes[operation] } : request;
};

/** The operations that do something. */
export const writes = (operations: readonly Operation[]): Operation[] =>
  operations.filter(({ method }) => method !== 'GET');
