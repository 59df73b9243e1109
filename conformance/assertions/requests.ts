import { isUtf8 } from 'node:buffer';
import {
  type Contract,
  type Operation,
  type OperationId,
  type Parameter,
  schemaAt,
} from '../../openapi/contract.ts';
import type { Organization } from '../context/context.ts';
import { expectThat, Nonconformity } from '../context/expectations.ts';
import type { FindSchemaFlaw } from '../contract/bodies.ts';
import type { Client, RawRequest } from '../http/client.ts';
import { errorCodeOf, type Exchange, parseJson } from '../http/exchange.ts';

/**
 * Why the contract alone makes a request wrong; undefined if it allows the request. Forms and
 * files aren't examined.
 */
export const requestFlaw = (
  contract: Contract,
  { operation: id, request }: Exchange,
  flawOf: FindSchemaFlaw,
): string | undefined => {
  if (id === undefined) return undefined;
  const operation = contract.operations[id];
  const { pathname, searchParams } = new URL(request.url);
  return (
    pathFlaw(operation, pathname, flawOf) ??
    queryFlaw(contract, operation, searchParams, flawOf) ??
    bodyFlaw(operation, request, flawOf)
  );
};

const pathFlaw = (
  { path, parameters }: Operation,
  pathname: string,
  flawOf: FindSchemaFlaw,
): string | undefined => {
  const names = path.split('/');
  const values = pathname.split('/').slice(-names.length);
  for (const [index, name] of names.entries()) {
    if (!name.startsWith('{')) continue;
    const parameter = parameters.find((one) => `{${one.name}}` === name && one.in === 'path');
    const flaw = parameter && flawOf(parameter.schema, unescaped(values[index] ?? ''));
    if (flaw !== undefined) return 'the id in its path is malformed';
  }
  return undefined;
};

/** A segment with an invalid escape is no text, so it can't be an id. */
const unescaped = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

const queryFlaw = (
  contract: Contract,
  { parameters }: Operation,
  query: URLSearchParams,
  flawOf: FindSchemaFlaw,
): string | undefined => {
  for (const name of new Set(query.keys())) {
    const parameter = parameters.find((one) => one.name === name && one.in === 'query');
    if (!parameter) return `its parameter ${name} is unknown`;
    const flaw = flawOf(parameter.schema, valueOf(contract, parameter, query.getAll(name)));
    if (flaw !== undefined) return `its parameter ${name} has no documented value`;
  }
  return undefined;
};

const valueOf = (contract: Contract, { schema }: Parameter, texts: readonly string[]): unknown => {
  const { type } = schemaAt(contract, schema);
  if (type === 'array') return texts;
  const [text = ''] = texts;
  // Several values aren't valid where one is expected.
  if (texts.length > 1) return texts;
  return type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
};

const bodyFlaw = (
  { body }: Operation,
  { headers, body: bytes }: Exchange['request'],
  flawOf: FindSchemaFlaw,
): string | undefined => {
  const types = Object.keys(body);
  if (types.length === 0) return undefined;
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const media = body[type];
  if (bytes.length === 0) return 'it has no body';
  if (!media) return 'its body has a media type that is not documented';
  if (type !== 'application/json') return undefined;
  if (!isUtf8(bytes)) return 'its body is not valid UTF-8';
  const flaw = flawOf(media.schema, parseJson(new TextDecoder().decode(bytes)));
  return flaw === undefined ? undefined : 'its body does not match the schema';
};

/** A request for an operation that is wrong in itself. */
export interface WrongRequest extends RawRequest {
  /** What is wrong with it, for messages. */
  readonly wrong: string;
}

/**
 * None of these requests returns a status of 500 or above. A server or gateway may be down for a
 * moment, so a failure counts only if a correct request then succeeds and the wrong one fails
 * again.
 */
export const expectNoServerErrors = async (
  org: Organization,
  id: OperationId,
  requests: readonly WrongRequest[],
): Promise<void> => {
  const { expect } = org.context;

  const sendRight = async (): Promise<void> => {
    expect.success(await org.all.send(id, await org.prepare(id)));
  };
  for (const { wrong, ...request } of requests) {
    if (!isServerError(await org.all.send(id, request))) continue;
    await sendRight();
    const exchange = await org.all.send(id, request);
    if (!isServerError(exchange)) continue;
    const expected = `a status below 500 for ${id} with ${wrong}, each time`;
    const code = errorCodeOf(exchange.json) ?? 'without a code';
    throw new Nonconformity(expected, `${String(exchange.response.status)} ${code}`, { exchange });
  }
  await sendRight();
};

const isServerError = ({ response }: Exchange): boolean => response.status >= 500;

/** Sends a request to a method and path that may not be in the contract. */
export const sendUnknownRoute = (client: Client, method: string, path: string): Promise<Exchange> =>
  client.sendTo(method.toUpperCase(), path);

/** A request to an unknown route was refused with this status and its code. */
export const expectUnknownRouteRefused = (
  contract: Contract,
  exchange: Exchange,
  status: number,
): void => {
  const codes = Object.values(contract.operations).flatMap(
    ({ responses }) => responses[status]?.codes ?? [],
  );
  const { method, url } = exchange.request;
  const code = errorCodeOf(exchange.json);
  expectThat(
    exchange.response.status === status && codes.includes(code ?? ''),
    `${String(status)} ${[...new Set(codes)].join('/')} for ${method} ${new URL(url).pathname}`,
    () => `${String(exchange.response.status)} ${code ?? 'without a code'}`,
  );
};

/** Updates that change something; the minimal examples of the contract may change nothing. */
const visibleChanges: Partial<Record<OperationId, object>> = {
  updateDossier: { name: 'Changed visibly' },
  updateContact: { full_name: 'Changed visibly' },
};

/** A valid request for the operation whose effect is visible. */
export const prepareVisibleRequest = async (
  org: Organization,
  operation: OperationId,
): Promise<RawRequest> => {
  const request = await org.prepare(operation);
  return operation in visibleChanges ? { ...request, body: visibleChanges[operation] } : request;
};
