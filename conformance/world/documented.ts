import { schemaAt, type Contract } from '../../openapi/contract.ts';
import type { Exchange } from './exchange.ts';
import { fieldsOf, itemsOf } from './schema-fields.ts';

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
