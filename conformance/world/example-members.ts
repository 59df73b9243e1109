import { schemaAt, type Contract, type OperationId } from '../../openapi/contract.ts';
import { fieldsOf, itemsOf } from './schema-fields.ts';

/**
 * The members that the documentation's example of an operation's answer shows, of the thing or of
 * each item of the list: an answer has them wherever there is a value.
 */
export const exampleMembers = (contract: Contract, operation: OperationId): readonly string[] =>
  contract.operations[operation].exampleMembers;

/** Those of them that have a value in every answer. */
export const alwaysShown = (contract: Contract, operation: OperationId): readonly string[] => {
  const required = requiredIn(contract, operation);
  return exampleMembers(contract, operation).filter((name) => required.has(name));
};

/** What the contract requires of the thing, or of each item, that an operation answers. */
const requiredIn = (contract: Contract, operation: OperationId): ReadonlySet<string> => {
  const { responses, success } = contract.operations[operation];
  const media = responses[success]?.content['application/json'];
  if (!media) return new Set();
  const body = fieldsOf(contract, schemaAt(contract, media.schema));
  const data = body.find(({ name }) => name === 'data')?.schemas ?? [];
  const items = itemsOf(contract, data);
  const fields = fieldsOf(contract, ...(items.length > 0 ? items : data));
  return new Set(fields.flatMap(({ name, required }) => (required ? [name] : [])));
};
