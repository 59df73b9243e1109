import { schemaAt, type Contract } from '../../openapi/contract.ts';
import type { NewDossier } from './organization.ts';

/** The documented types of dossiers and flows. */
export const dossierTypes = (contract: Contract): readonly NewDossier['type'][] =>
  schemaAt(contract, '#/components/schemas/DossierType')['enum'] as NewDossier['type'][];

/** The fields of a dossier that are for sales only. */
export const salesOnlyFields = (contract: Contract): string[] => {
  const { then } = schemaAt(contract, '#/components/schemas/SalesOnlyFields') as {
    then: { properties: object };
  };
  return Object.keys(then.properties);
};

/** The documented statuses of dossiers. */
export const dossierStatuses = (contract: Contract): readonly string[] =>
  schemaAt(contract, '#/components/schemas/DossierStatus')['enum'] as string[];
