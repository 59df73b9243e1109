import type { OperationId } from '../../openapi/contract.ts';
import { documentedIn } from './documented.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

const ofDossier: readonly OperationId[] = ['getDossier', 'listDossierContacts', 'listDossierNotes'];

/** All that its owner sees of what the path of an operation names: a dossier, a contact or both. */
export const viewOf = async (
  { contract, expect, operations }: Pick<World, 'contract' | 'expect' | 'operations'>,
  owner: Organization,
  operation: OperationId,
  { id = '', contact_id }: Readonly<Record<string, string>>,
): Promise<unknown[]> => {
  const isDossier = contract.operations[operation].path.startsWith('/dossiers/');
  const looks: [OperationId, string][] = isDossier
    ? ofDossier.map((look) => [look, id])
    : [['getContact', id]];
  if (contact_id !== undefined) looks.push(['getContact', contact_id]);
  const shown: unknown[] = [];
  for (const [look, known] of looks) {
    if (!operations.some((served) => served.id === look)) continue;
    const exchange = await owner.all.send(look, { path: { id: known } });
    expect.success(exchange);
    shown.push(documentedIn(contract, exchange));
  }
  return shown;
};
