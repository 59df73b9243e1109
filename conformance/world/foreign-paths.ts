import type { Operation } from '../../openapi/contract.ts';
import { expectEqual } from './expectations.ts';
import type { Exchange } from './exchange.ts';
import { isUuid, unknownIdLike } from './unknown-id.ts';
import type { World } from './world.ts';

type Path = Readonly<Record<string, string>>;

/**
 * A path of ours with one id after the other in place of its own, and with all of them: the
 * contact of others on the dossier of others is linked, as no mixed pair is.
 *
 * @param names - of the ids in the path
 * @param strange - gives the id to put in a place
 */
export const mixedPaths = (
  names: readonly string[],
  own: Path | undefined,
  strange: (name: string) => string,
): Path[] => {
  const places = names.map((name) => [name]);
  if (names.length > 1) places.push([...names]);
  return places.map((some) => ({
    ...own,
    ...Object.fromEntries(some.map((name) => [name, strange(name)])),
  }));
};

/** The names of the ids in the path of an operation. */
export const idsInPath = ({ parameters }: Operation): string[] =>
  parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);

/**
 * Puts an id of another organisation, and an id of nothing like it, into each place of each path.
 *
 * @param tell - what of the two answers must be the same
 */
export const expectNoDifference = async (
  { operations, organization, expect }: World,
  tell: (exchange: Exchange, ids: readonly string[]) => unknown,
): Promise<void> => {
  const [ours, theirs] = [await organization(), await organization({ second: true })];
  for (const operation of operations) {
    const { id } = operation;
    if (idsInPath(operation).length === 0) continue;
    const foreign = (await theirs.prepare(id)).path ?? {};
    // Of another form, an id that is made up may not be well-formed.
    const names = idsInPath(operation).filter((name) => isUuid(foreign[name] ?? ''));
    const request = await ours.prepare(id);
    const ask = async (path: Path) => {
      const exchange = await ours.all.send(id, { ...request, path });
      return tell(exchange, Object.values(path));
    };
    const known = (name: string) => foreign[name] ?? '';
    const withNothing = mixedPaths(names, request.path, (name) => unknownIdLike(known(name)));
    for (const [index, path] of mixedPaths(names, request.path, known).entries()) {
      const nothing = await ask(withNothing[index] ?? {});
      expectEqual(await ask(path), nothing, `the same answer of ${id} as for nothing,`);
    }
    expect.success(await ours.all.send(id, request));
  }
};
