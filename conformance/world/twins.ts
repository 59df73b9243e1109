import type { OperationId } from '../../openapi/contract.ts';
import type { RawRequest } from './client.ts';
import type { Exchange } from './exchange.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

/**
 * Sends a request that must be refused, and then its twin, the same request with only the offence
 * mended, which must succeed: so a server that refuses everything fails.
 *
 * @param send - sends the offending request
 * @param statuses - the refusals that are right
 */
export const expectRefusedBesideTwin = async (
  { expect }: Pick<World, 'expect'>,
  organization: Organization,
  operation: OperationId,
  send: (request: RawRequest) => Promise<Exchange>,
  statuses: readonly number[],
): Promise<void> => {
  const request = await organization.prepare(operation);
  expect.refusalAmong(await send(request), statuses);
  expect.success(await organization.all.send(operation, request));
};
