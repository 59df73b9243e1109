import { schemaAt, type Contract } from '../../openapi/contract.ts';

/**
 * How many bytes a CV may have: up to `least` in any reading of the documentation, which counts in
 * megabytes, and never more than `most`.
 */
export const cvLimits = (contract: Contract): { least: number; most: number } => {
  const most = Number(schemaAt(contract, '#/components/schemas/Cv')['maxLength']);
  const megabytes = most / 1024 ** 2;
  return { least: megabytes * 1000 ** 2, most };
};
