import { schemaAt, type Contract, type Operation, type Pointer } from '../../openapi/contract.ts';
import { answerWith, type Answer } from '../http/answer.ts';

/**
 * The contract's own example of an answer, headers and all.
 *
 * @param status - one that the contract gives the operation
 */
export const exampleAnswer = (
  contract: Contract,
  { id, responses }: Operation,
  status: number,
): Answer => {
  const response = responses[status];
  const [example] = Object.values(response?.content['application/json']?.examples ?? {});
  if (!response || example === undefined) {
    throw new Error(`The contract has no example of ${id} ${status}.`);
  }
  const headers = Object.entries(response.headers).map(([name, { schema }]) => [
    name,
    String(headerAt(contract, schema)['example']),
  ]);
  return answerWith(status, example, Object.fromEntries(headers) as Record<string, string>);
};

/** The header around a schema. */
const headerAt = (contract: Contract, schema: Pointer) =>
  schemaAt(contract, schema.replace(/\/schema$/, '') as Pointer);
