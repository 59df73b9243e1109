import {
  schemaAt,
  type Contract,
  type Operation,
  type OperationId,
} from '../../openapi/contract.ts';

/** How many items a page of a list holds by default and at most, as the contract says. */
export const pageSizes = (
  contract: Contract,
  operation: OperationId,
): { size: number; maximum: number } => {
  const parameter = contract.operations[operation].parameters.find(
    ({ name }) => name === 'per_page',
  );
  if (!parameter) throw new Error(`${operation} has no parameter per_page.`);
  const schema = schemaAt(contract, parameter.schema);
  return { size: Number(schema['default']), maximum: Number(schema['maximum']) };
};

/** Whether an operation lists in pages that can be asked for. */
export const isPaged = ({ parameters }: Operation): boolean =>
  parameters.some(({ name }) => name === 'per_page');
