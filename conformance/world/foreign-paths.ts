import { expectEqual } from './expectations.ts';
import type { Exchange } from './exchange.ts';
import { isUuid, unknownIdLike } from './unknown-id.ts';
import type { World } from './world.ts';

/**
 * Puts an id of another organisation, and an id of nothing like it, into each place of each path.
 *
 * @param tell - what of the two answers must be the same
 */
export const expectNoDifference = async (
  { operations, organization, expect }: World,
  tell: (exchange: Exchange, id: string) => unknown,
): Promise<void> => {
  const [ours, theirs] = [await organization(), await organization({ second: true })];
  for (const { id, parameters } of operations) {
    for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
      const foreign = (await theirs.prepare(id)).path?.[name] ?? '';
      const request = await ours.prepare(id);
      const ask = async (value: string) => {
        const path = { ...request.path, [name]: value };
        return tell(await ours.all.send(id, { ...request, path }), value);
      };
      if (isUuid(foreign)) {
        const nothing = await ask(unknownIdLike(foreign));
        expectEqual(await ask(foreign), nothing, `the same answer of ${id} as for nothing,`);
      }
      expect.success(await ours.all.send(id, request));
    }
  }
};
