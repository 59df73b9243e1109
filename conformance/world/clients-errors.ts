import type { OperationId } from '../../openapi/contract.ts';
import type { RawRequest } from './client.ts';
import type { Exchange } from './exchange.ts';
import { errorCodeOf } from './expectations.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

/** A request for an operation that is wrong in itself. */
export interface WrongRequest extends RawRequest {
  /** What is wrong with it, in words. */
  readonly wrong: string;
}

/**
 * None of these requests is answered as a failure of the server; how each is answered otherwise is
 * for other rules to say. A server may be down for a moment, or a gateway before it: a failure
 * counts when a right request then succeeds, and the wrong one fails again.
 */
export const expectNoFailures = async (
  { expect }: Pick<World, 'expect'>,
  home: Organization,
  id: OperationId,
  requests: readonly WrongRequest[],
): Promise<void> => {
  const sendRight = async (): Promise<void> => {
    expect.success(await home.all.send(id, await home.prepare(id)));
  };
  for (const { wrong, ...request } of requests) {
    if (!isFailure(await home.all.send(id, request))) continue;
    await sendRight();
    const exchange = await home.all.send(id, request);
    if (!isFailure(exchange)) continue;
    const expected = `a status below 500 for ${id} with ${wrong}, each time`;
    const code = errorCodeOf(exchange.json) ?? 'without a code';
    throw new Nonconformity(expected, `${String(exchange.response.status)} ${code}`, { exchange });
  }
  await sendRight();
};

const isFailure = ({ response }: Exchange): boolean => response.status >= 500;
