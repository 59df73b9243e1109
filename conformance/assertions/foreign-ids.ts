import {
  type Contract,
  type Operation,
  type OperationId,
  schemaAt,
} from '../../openapi/contract.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { asText, expectEqual } from '../context/expectations.ts';
import { fieldsOf, itemsOf } from '../contract/fields.ts';
import type { Exchange } from '../http/exchange.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Only of these is it known what a well-formed id of nothing looks like. */
export const isUuid = (id: string): boolean => uuid.test(id);

/**
 * An id of nothing that looks like a given one. Of a UUID it changes the last twelve digits, each
 * to another. The ids of dossiers and notes may have other forms (LG-GEN-045): counted ones are
 * raised far ahead of those in use, and of others the last few letters and digits as far as they go.
 */
export const unknownIdLike = (id: string): string => {
  if (isUuid(id)) return id.slice(0, -12) + id.slice(-12).replace(/./g, complement);
  // Nine digits are still a number of 32 bits.
  if (/^\d{1,8}$/.test(id)) return `9${id.padStart(8, '0')}`;
  // A prefix such as `dos_` says nothing of the digits behind it.
  const letter = /^[0-9a-f]+$/i.test(id.replace(/^.*[^0-9a-z]/i, '')) ? 'f' : 'z';
  const raised = id.replace(lastSix, (end) => raise(end, letter));
  return raised === id ? id.replace(lastSix, (end) => end.replace(/[0-9a-z]/gi, '1')) : raised;
};

/** Up to six letters and digits at the end, whatever signs stand among them. */
const lastSix = /(?:[0-9a-z][^0-9a-z]*){1,6}$/i;

const complement = (digit: string): string => (15 - Number.parseInt(digit, 16)).toString(16);

const raise = (text: string, letter: string): string =>
  text.replace(/[0-9]/g, '9').replace(/[a-z]/g, letter).replace(/[A-Z]/g, letter.toUpperCase());

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
export const expectSameAsUnknown = async (
  { operations, organization, expect }: RuleContext,
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

const ofDossier: readonly OperationId[] = ['getDossier', 'listDossierContacts', 'listDossierNotes'];

/** All that its owner sees of what the path of an operation names: a dossier, a contact or both. */
export const ownersViewOf = async (
  owner: Organization,
  operation: OperationId,
  { id = '', contact_id }: Readonly<Record<string, string>>,
): Promise<unknown[]> => {
  const { contract, expect, operations } = owner.context;

  const isDossier = contract.operations[operation].path.startsWith('/dossiers/');
  const looks: [OperationId, string][] = isDossier
    ? ofDossier.map((look) => [look, id])
    : [['getContact', id]];
  if (contact_id !== undefined) looks.push(['getContact', contact_id]);
  const shown: unknown[] = [];
  for (const [look, known] of looks) {
    if (!operations.some((served) => served.id === look)) continue;
    const exchange = await owner.all.send(look, { path: { id: known } });
    expect.success(exchange);
    shown.push(documentedIn(contract, exchange));
  }
  return shown;
};

type Schemas = Parameters<typeof itemsOf>[1];

const prune = (contract: Contract, schemas: Schemas, value: unknown): unknown => {
  if (Array.isArray(value)) {
    const items = itemsOf(contract, schemas);
    return value.map((item) => prune(contract, items, item));
  }
  if (typeof value !== 'object' || value === null || schemas.length === 0) return value;
  const shown = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    fieldsOf(contract, ...schemas).map(({ name, schemas: own }) => [
      name,
      prune(contract, own, shown[name] ?? null),
    ]),
  );
};

/**
 * What a success says in the members that the contract names; others may tell something else each
 * time (LG-GEN-006). What is left out is null.
 */
export const documentedIn = (contract: Contract, { operation, json }: Exchange): unknown => {
  const { responses, success } = contract.operations[operation ?? 'getDossier'];
  const media = responses[success]?.content['application/json'];
  return media ? prune(contract, [schemaAt(contract, media.schema)], json) : json;
};

/** What an answer says to somebody who sent these ids: all but them, and what was made. */
export const answerWithoutIds = (
  { response, json }: Exchange,
  ...ids: readonly string[]
): unknown => {
  const { error, meta } = (json ?? {}) as {
    error?: { code?: unknown; message?: unknown };
    meta?: { total?: unknown };
  };
  const message = ids.reduce((text, id) => text.replaceAll(id, '…'), asText(error?.message));
  return { status: response.status, code: error?.code, message, total: meta?.total };
};
