import { onSent } from '../../../../../conformance/liars/requests.ts';
import { rolesOnDossier } from '../../../../../conformance/world/links.ts';
import { fault, onWire, type Fault } from '../../fault.ts';

/** Roles that are taken for others. */
export const misreadings: readonly Fault[] = [
  fault(
    'links/parts-of-roles',
    'LG-LNK-015',
    'takes part of a role for the role',
    ({ contract }) => ({
      wire: onSent(['linkDossierContact'], (body) => {
        const { role_on_dossier: role } = body;
        const roles: readonly string[] = rolesOnDossier(contract);
        if (typeof role !== 'string' || role === '' || roles.includes(role)) return body;
        return { ...body, role_on_dossier: roles.find((one) => one.includes(role)) ?? role };
      }),
    }),
  ),
  onWire(
    'links/inherited-roles',
    'LG-LNK-015',
    'looks a role up in an object, and finds what every object has',
    onSent(['linkDossierContact'], (body) =>
      String(body['role_on_dossier']) in {} ? { ...body, role_on_dossier: 'other' } : body,
    ),
  ),
];
