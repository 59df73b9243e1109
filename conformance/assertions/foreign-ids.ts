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

/** Only for UUIDs is it known what a well-formed, unknown id looks like. */
export const isUuid = (id: string): boolean => uuid.test(id);

/**
 * An unknown id of the same form as a given one. Of a UUID it replaces the last twelve digits. The
 * ids of dossiers and notes may have other forms (LG-GEN-045): numbers become much larger, and
 * other ids get different letters and digits at the end.
 */
export const unknownIdLike = (id: string): string => {
  if (isUuid(id)) return id.slice(0, -12) + id.slice(-12).replace(/./g, complement);
  // Nine digits still fit into 32 bits.
  if (/^\d{1,8}$/.test(id)) return `9${id.padStart(8, '0')}`;
  // A prefix such as `dos_` doesn't say whether the digits after it are hexadecimal.
  const letter = /^[0-9a-f]+$/i.test(id.replace(/^.*[^0-9a-z]/i, '')) ? 'f' : 'z';
  const raised = id.replace(lastSix, (end) => raise(end, letter));
  return raised === id ? id.replace(lastSix, (end) => end.replace(/[0-9a-z]/gi, '1')) : raised;
};

/** Up to six letters and digits at the end, with any separators between them. */
const lastSix = /(?:[0-9a-z][^0-9a-z]*){1,6}$/i;

const complement = (digit: string): string => (15 - Number.parseInt(digit, 16)).toString(16);

const raise = (text: string, letter: string): string =>
  text.replace(/[0-9]/g, '9').replace(/[a-z]/g, letter).replace(/[A-Z]/g, letter.toUpperCase());

type Path = Readonly<Record<string, string>>;

/**
 * A path with one of its ids replaced, for each id, and with all of them replaced. The last
 * matters because a foreign contact is linked to a foreign dossier, but no mixed pair is.
 *
 * @param names - the names of the ids in the path
 * @param strange - returns the replacement for an id
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
 * Puts an id of another organisation, and an unknown id of the same form, into each place of each
 * path.
 *
 * @param tell - the part of the responses that must be the same
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
    // If ids have another form than UUIDs, a made-up one may not be well-formed.
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
      expectEqual(await ask(path), nothing, `the same response to ${id} as for an unknown id,`);
    }
    expect.success(await ours.all.send(id, request));
  }
};

const ofDossier: readonly OperationId[] = ['getDossier', 'listDossierContacts', 'listDossierNotes'];

/** Everything that the owner sees of the dossier, the contact or both that a path names. */
export const readAsOwner = async (
  owner: Organization,
  operation: OperationId,
  { id = '', contact_id }: Readonly<Record<string, string>>,
): Promise<unknown[]> => {
  const { contract, expect, operations } = owner.context;

  const isDossier = contract.operations[operation].path.startsWith('/dossiers/');
  const readings: [OperationId, string][] = isDossier
    ? ofDossier.map((read) => [read, id])
    : [['getContact', id]];
  if (contact_id !== undefined) readings.push(['getContact', contact_id]);
  const shown: unknown[] = [];
  for (const [read, known] of readings) {
    if (!operations.some((served) => served.id === read)) continue;
    const exchange = await owner.all.send(read, { path: { id: known } });
    expect.success(exchange);
    shown.push(documentedFieldsIn(contract, exchange));
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
 * The documented fields of a successful response; others may vary (LG-GEN-006). A missing field
 * counts as null.
 */
export const documentedFieldsIn = (contract: Contract, { operation, json }: Exchange): unknown => {
  const { responses, success } = contract.operations[operation ?? 'getDossier'];
  const media = responses[success]?.content['application/json'];
  return media ? prune(contract, [schemaAt(contract, media.schema)], json) : json;
};

/** The part of a response that doesn't depend on the ids that were sent or created. */
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
