import { onSent } from '../../../../../conformance/liars/requests.ts';
import { onWire, type Fault } from '../../fault.ts';

const roles = ['primary', 'hiring_manager', 'decision_maker', 'champion', 'gatekeeper'];

/** Roles that are taken for others. */
export const misreadings: readonly Fault[] = [
  onWire(
    'links/parts-of-roles',
    'LG-LNK-015',
    'takes part of a role for the role',
    onSent(['linkDossierContact'], (body) => {
      const { role_on_dossier: role } = body;
      const found = roles.find((one) => one.includes(String(role)));
      return role && found ? { ...body, role_on_dossier: found } : body;
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
