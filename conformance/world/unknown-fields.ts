import type { OperationId } from '../../openapi/contract.ts';
import { expectThat } from './expectations.ts';
import { dataOf, type Organization } from './organization.ts';
import type { World } from './world.ts';

/** Names that no contract has, with values of all sorts. */
const strange = { x_colour: 'red', x_count: 7, x_nothing: null, x_list: [{ id: 1 }] };

/** A body with fields that the contract doesn't name does what it does without them. */
export const expectUnknownIgnored = async (
  { expect }: Pick<World, 'expect'>,
  home: Organization,
  operation: OperationId,
): Promise<void> => {
  const request = await home.prepare(operation);
  const body = { ...strange, ...(request.body as object) };
  const exchange = await home.all.send(operation, { ...request, body });
  expect.success(exchange);
  const kept = Object.keys(dataOf(exchange.json) as object).filter((name) => name in strange);
  expectThat(kept.length === 0, 'nothing of the unknown fields in the answer', () => kept);
};
