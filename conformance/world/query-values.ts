import { schemaAt, type Contract, type Parameter } from '../../openapi/contract.ts';

/** Two values that a query parameter may have; undefined where it takes several at once. */
export const queryValues = (
  contract: Contract,
  parameter: Parameter,
): [string, string] | undefined => {
  const schema = schemaAt(contract, parameter.schema);
  const { type, enum: values, format } = schema;
  if (type === 'array') return undefined;
  if (type === 'integer') return ['1', '2'];
  if (format === 'uuid') return [someUuid, anotherUuid];
  const [first, second] = (values ?? ['noor', 'iris']) as string[];
  return [first ?? '', second ?? ''];
};

const someUuid = '5f0c9a52-1d3e-4b7a-9c46-0e8d72ab4f19';
const anotherUuid = 'b83e17d4-6a2f-4c95-8e01-39fd5c7260ea';
