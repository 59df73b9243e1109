import { onSent } from '../../../../../conformance/liars/requests.ts';
import { bendSent, bendShown, rechoose } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

const linking = ['linkDossierContact'] as const;
const list = ['listDossierContacts'] as const;

const known = ['primary', 'hiring_manager', 'decision_maker', 'champion', 'gatekeeper'];

/** What is wrong with the roles that contacts have on dossiers. */
export const roles: readonly Fault[] = [
  inHandlers(
    'links/roles-of-sales',
    'LG-LNK-001',
    'lists every contact of a candidate dossier as another one',
    bendShown(list, (item, { organization, params: { id = '' } }) => {
      if (organization.dossiers.get(id)?.type === 'candidate') item['role_on_dossier'] = 'other';
    }),
  ),
  inHandlers(
    'links/role-of-dossier',
    'LG-LNK-002',
    'gives all of a dossier the latest role',
    (own) => {
      const latest = new Map<string, unknown>();
      const note = bendShown(linking, ({ role_on_dossier }, { params: { id = '' } }) => {
        latest.set(id, role_on_dossier);
      });
      const show = bendShown(list, (item, { params: { id = '' } }) => {
        item['role_on_dossier'] = latest.get(id) ?? item['role_on_dossier'];
      });
      return { ...note(own), ...show(own) };
    },
  ),
  inHandlers(
    'links/first-role-stays',
    'LG-LNK-003',
    'gives a contact its first role on every dossier',
    (own) => {
      const first = new Map<unknown, unknown>();
      return bendSent(linking, (sent) => {
        const { contact_id, role_on_dossier } = sent;
        if (!first.has(contact_id)) first.set(contact_id, role_on_dossier);
        return { ...sent, role_on_dossier: first.get(contact_id) };
      })(own);
    },
  ),
  inHandlers(
    'links/false-left-out',
    'LG-LNK-005',
    'leaves is_primary out where it is false',
    bendShown(list, (item) => {
      if (item['is_primary'] === false) delete item['is_primary'];
    }),
  ),
  inHandlers(
    'links/no-introducers',
    'LG-LNK-010',
    'keeps roles that were added to the API later as another one',
    bendSent(linking, (sent) => ({
      ...sent,
      role_on_dossier: known.includes(String(sent['role_on_dossier']))
        ? sent['role_on_dossier']
        : 'other',
    })),
  ),
  inHandlers(
    'links/hidden-for-good',
    'LG-LNK-010',
    'hides undone links, and those that are made anew with them',
    (own) => {
      const hidden = new Set<string>();
      const hide = bendShown(['unlinkDossierContact'], ({ dossier_id, contact_id }) => {
        hidden.add(`${String(dossier_id)}/${String(contact_id)}`);
      });
      const show = rechoose('listDossierContacts', (items, { params: { id = '' } }) =>
        items.filter(({ contact_id }) => !hidden.has(`${id}/${String(contact_id)}`)),
      );
      return { ...hide(own), ...show(own) };
    },
  ),
  onWire(
    'links/contact-of-session',
    'LG-LNK-011',
    'links the contact that was created last where none is named',
    (fetch, name) => {
      let latest: unknown;
      const fill = onSent(linking, (body) => ({ contact_id: latest, ...body }))(fetch, name);
      return async (request) => {
        const response = await fill(request);
        if (name(request.method, request.url) === 'createContact' && response.ok) {
          latest = ((await response.clone().json()) as { data: { id: unknown } }).data.id;
        }
        return response;
      };
    },
  ),
  onWire(
    'links/role-by-place',
    'LG-LNK-014',
    'gives who is primary and has no role the role primary',
    onSent(linking, (body) =>
      body['is_primary'] === true ? { role_on_dossier: 'primary', ...body } : body,
    ),
  ),
  onWire(
    'links/introducers-by-default',
    'LG-LNK-014',
    'gives who comes without a role, and isn’t primary, the role of an introducer',
    onSent(linking, (body) =>
      body['is_primary'] === false ? { role_on_dossier: 'introducer', ...body } : body,
    ),
  ),
  onWire(
    'links/roles-in-words',
    'LG-LNK-015',
    'takes any word for a role, and keeps it as another one',
    onSent(linking, (body) => takeWord(body, /^[a-z_]+$/)),
  ),
  onWire(
    'links/roles-with-hyphens',
    'LG-LNK-015',
    'takes roles with a hyphen or a blank for those with an underscore',
    onSent(linking, (body) => ({
      ...body,
      ...(typeof body['role_on_dossier'] === 'string' && {
        role_on_dossier: body['role_on_dossier'].replaceAll(/(?<=[a-z])[- ](?=[a-z])/g, '_'),
      }),
    })),
  ),
];

const takeWord = (body: Record<string, unknown>, pattern: RegExp) => {
  const role = body['role_on_dossier'];
  const isKnown = known.includes(String(role)) || role === 'introducer' || role === 'other';
  const isWord = typeof role === 'string' && pattern.test(role);
  return isWord && !isKnown ? { ...body, role_on_dossier: 'other' } : body;
};
