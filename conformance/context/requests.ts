import {
  type Contract,
  type ContractLink,
  type Operation,
  type OperationId,
  schemaAt,
} from '../../openapi/contract.ts';
import { pdf } from '../generators/files.ts';
import type { Client, RawRequest } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';
import { type Expectations, Nonconformity } from './expectations.ts';

/** What building a request needs; the client has every scope. */
export interface Preparation {
  readonly contract: Contract;
  readonly client: Client;
  readonly expect: Expectations;
}

/**
 * Builds a request that must succeed, for any operation, from the contract alone. The body is the
 * smallest JSON example, or a file. The ids in the path come from an operation whose link leads to
 * this one, those in the body from the operations that create their resources; these are called
 * first.
 */
export const prepareRequest = async (
  id: OperationId,
  preparation: Preparation,
): Promise<RawRequest> => {
  const operation = preparation.contract.operations[id];
  const path = await findPath(operation, preparation);
  const body = await composeBody(operation, preparation);
  return { ...path, ...body };
};

const findPath = async (
  { id, parameters }: Operation,
  preparation: Preparation,
): Promise<Pick<RawRequest, 'path'>> => {
  if (!parameters.some((parameter) => parameter.in === 'path')) return {};
  const { source, link } = findLink(id, preparation.contract);
  return { path: followLink(link, await sendSuccessfully(source, preparation)) };
};

const sendSuccessfully = async (id: OperationId, preparation: Preparation): Promise<Exchange> => {
  const request = await prepareRequest(id, preparation);
  const exchange = await preparation.client.send(id, request);
  preparation.expect.success(exchange);
  return exchange;
};

const findLink = (
  id: OperationId,
  contract: Contract,
): { source: OperationId; link: ContractLink } => {
  for (const { id: source, responses, success } of Object.values(contract.operations)) {
    const links = Object.values(responses[success]?.links ?? {});
    const link = links.find((one) => one.operationId === id);
    if (link) return { source, link };
  }
  throw new Error(`No link of the contract leads to ${id}.`);
};

const followLink = (link: ContractLink, exchange: Exchange): Record<string, string> =>
  Object.fromEntries(
    Object.entries(link.parameters).map(([name, expression]) => {
      const value = evaluate(expression, exchange.json);
      if (typeof value === 'string') return [name, value];
      const place = expression.slice(bodyExpression.length).replaceAll('/', '.');
      const expected = `${place} in the response of ${exchange.operation ?? 'the target'}`;
      throw new Nonconformity(expected, 'a response without it', { exchange });
    }),
  );

const bodyExpression = '$response.body#/';

const evaluate = (expression: string, json: unknown): unknown =>
  expression
    .slice(bodyExpression.length)
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | null)?.[key], json);

const composeBody = async (
  { body }: Operation,
  preparation: Preparation,
): Promise<Pick<RawRequest, 'body' | 'headers'>> => {
  const json = body['application/json'];
  if (json) {
    const example = smallest(Object.values(json.examples) as Record<string, unknown>[]);
    const references = await createReferences(
      schemaAt(preparation.contract, json.schema),
      example,
      preparation,
    );
    return { body: { ...example, ...references } };
  }
  const [type] = Object.keys(body).filter((one) => !one.startsWith('multipart/'));
  return type === undefined ? {} : { body: pdf(), headers: { 'content-type': type } };
};

const smallest = (examples: Record<string, unknown>[]): Record<string, unknown> =>
  examples.sort((a, b) => Object.keys(a).length - Object.keys(b).length)[0] ?? {};

/** Creates the resources that the fields of a body refer to, and returns the ids by field. */
const createReferences = async (
  schema: Readonly<Record<string, unknown>>,
  example: Record<string, unknown>,
  preparation: Preparation,
): Promise<Record<string, unknown>> => {
  const properties = (schema['properties'] ?? {}) as Record<string, Record<string, unknown>>;
  const references: Record<string, unknown> = {};
  for (const name of Object.keys(example)) {
    const creator = properties[name]?.['x-created-by'];
    if (creator === undefined) continue;
    const { json } = await sendSuccessfully(creator as OperationId, preparation);
    references[name] = (json as { data: { id: string } }).data.id;
  }
  return references;
};
