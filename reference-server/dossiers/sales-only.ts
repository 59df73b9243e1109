import { schemaAt, type Contract, type Schemas } from '../../openapi/contract.ts';
import { invalid } from '../http/refusal.ts';

/**
 * Refuses values for a candidate in the fields that the contract keeps for sales (LG-DOS-089).
 *
 * @throws Refusal invalid_body, which names the field
 */
export const requireFieldsOfType = (
  contract: Contract,
  type: Schemas['DossierType'],
  changes: Readonly<Record<string, unknown>>,
): void => {
  if (type !== 'candidate') return;
  const rule = schemaAt(contract, '#/components/schemas/SalesOnlyFields');
  const { properties } = rule['then'] as { properties: object };
  const name = Object.keys(properties).find((field) => (changes[field] ?? null) !== null);
  if (name !== undefined) throw invalid(`${name} must be left out: a candidate has no such value.`);
};
