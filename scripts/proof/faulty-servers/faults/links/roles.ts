import { rolesOnDossier } from '../../../../../conformance/contract/resources.ts';
import { onJsonBody } from '../../../../../conformance/faults/inject.ts';
import type { Link } from '../../../../../reference-server/state/records.ts';
import {
  at,
  type FaultyServer,
  faultyServer,
  inHandlers,
  onWire,
  faultOfRule,
} from '../../faulty-server.ts';
import {
  afterOperation,
  beforeOperation,
  changeBody,
  changeItems,
  changeList,
} from '../../inject/handlers.ts';

const linking = ['linkDossierContact'] as const;
const list = ['listDossierContacts'] as const;

const known = ['primary', 'hiring_manager', 'decision_maker', 'champion', 'gatekeeper'];

/** Faults in the roles of contacts on dossiers. */
export const roleFaults: readonly FaultyServer[] = [
  inHandlers(
    'links/roles-of-sales',
    'LG-LNK-001',
    'lists every contact of a candidate dossier as another one',
    changeItems(list, (item, { organization, params: { id = '' } }) => {
      if (organization.dossiers.get(id)?.type === 'candidate') item['role_on_dossier'] = 'other';
    }),
  ),
  inHandlers(
    'links/role-of-dossier',
    'LG-LNK-002',
    'gives all of a dossier the latest role',
    (own) => {
      const latest = new Map<string, unknown>();
      const note = changeItems(linking, ({ role_on_dossier }, { params: { id = '' } }) => {
        latest.set(id, role_on_dossier);
      });
      const show = changeItems(list, (item, { params: { id = '' } }) => {
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
      return changeBody(linking, (sent) => {
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
    changeItems(list, (item) => {
      if (item['is_primary'] === false) delete item['is_primary'];
    }),
  ),
  inHandlers(
    'links/no-introducers',
    'LG-LNK-010',
    'keeps roles that were added to the API later as another one',
    changeBody(linking, (sent) => ({
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
      const hide = changeItems(['unlinkDossierContact'], ({ dossier_id, contact_id }) => {
        hidden.add(`${String(dossier_id)}/${String(contact_id)}`);
      });
      const show = changeList('listDossierContacts', (items, { params: { id = '' } }) =>
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
      const fill = onJsonBody(linking, (body) => ({ contact_id: latest, ...body }))(fetch, name);
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
    onJsonBody(linking, (body) =>
      body['is_primary'] === true ? { role_on_dossier: 'primary', ...body } : body,
    ),
  ),
  onWire(
    'links/introducers-by-default',
    'LG-LNK-014',
    'gives who comes without a role, and isn’t primary, the role of an introducer',
    onJsonBody(linking, (body) =>
      body['is_primary'] === false ? { role_on_dossier: 'introducer', ...body } : body,
    ),
  ),
  onWire(
    'links/roles-in-words',
    'LG-LNK-015',
    'takes any word for a role, and keeps it as another one',
    onJsonBody(linking, (body) => takeWord(body, /^[a-z_]+$/)),
  ),
  onWire(
    'links/roles-with-hyphens',
    'LG-LNK-015',
    'takes roles with a hyphen or a blank for those with an underscore',
    onJsonBody(linking, (body) => ({
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

const linkOperation = ['linkDossierContact'] as const;

/** Faults in primary contacts. */
export const primaryFaults: readonly FaultyServer[] = [
  inHandlers(
    'links/deciders-are-primary',
    'LG-LNK-016',
    'makes every decision maker the primary contact',
    changeBody(linkOperation, (sent) => ({
      ...sent,
      is_primary: sent['is_primary'] === true || sent['role_on_dossier'] === 'decision_maker',
    })),
  ),
  inHandlers(
    'links/usurped-by-relinking',
    'LG-LNK-016',
    'gives who was primary once the place back',
    (own) => {
      const once = new Set<string>();
      return changeBody(linkOperation, (sent, { params: { id = '' } }) => {
        const link = `${id}/${String(sent['contact_id'])}`;
        if (sent['is_primary'] === true) once.add(link);
        return { ...sent, is_primary: once.has(link) };
      })(own);
    },
  ),
  inHandlers(
    'links/primary-of-few',
    'LG-LNK-019',
    'makes nobody primary on a dossier with more than two contacts',
    changeBody(linkOperation, (sent, { organization, params: { id = '' } }) => ({
      ...sent,
      is_primary: sent['is_primary'] === true && organization.links.by('dossier', id).length < 2,
    })),
  ),
  inHandlers(
    'links/primary-by-role-alone',
    'LG-LNK-019',
    'heeds is_primary with the role primary only',
    changeBody(linkOperation, (sent) => ({
      ...sent,
      is_primary: sent['is_primary'] === true && sent['role_on_dossier'] === 'primary',
    })),
  ),
  inHandlers(
    'links/former-unlinked',
    'LG-LNK-020',
    'takes the primary contact off the dossier when another takes the place',
    beforeOperation(
      'linkDossierContact',
      ({ organization: { links }, params: { id = '' }, body }) => {
        const primary = links.by('primary', id).at(0);
        if (body['is_primary'] === true && primary && primary.contact_id !== body['contact_id']) {
          links.remove(primary.id);
        }
      },
    ),
  ),
  inHandlers(
    'links/founders-stay-primary',
    'LG-LNK-020',
    'leaves the contact of a new dossier primary',
    (own) => {
      const founders = new Set<unknown>();
      const note = afterOperation('createDossier', ({ organization: { links } }, { id }) => {
        founders.add(links.by('dossier', String(id)).at(0)?.contact_id);
      });
      const show = changeItems(['listDossierContacts'], (item) => {
        if (founders.has(item['contact_id'])) item['is_primary'] = true;
      });
      return { ...note(own), ...show(own) };
    },
  ),
  inHandlers(
    'links/promoted-beside',
    'LG-LNK-021',
    'leaves the primary contact when another who is linked already takes the place',
    (own) => {
      const both = new Set<string>();
      const note = beforeOperation(
        'linkDossierContact',
        ({ organization: { links }, params: { id = '' }, body }) => {
          const primary = links.by('primary', id).at(0);
          const link = links.get(`${id}/${String(body['contact_id'])}`);
          const promoted = link && body['is_primary'] === true && primary && primary.id !== link.id;
          if (promoted) both.add(primary.id);
        },
      );
      const show = changeItems(['listDossierContacts'], (item, { params: { id = '' } }) => {
        if (both.has(`${id}/${String(item['contact_id'])}`)) item['is_primary'] = true;
      });
      return { ...note(own), ...show(own) };
    },
  ),
  onWire(
    'links/primaries-race',
    'LG-LNK-021',
    'looks who is primary before it links, and lets others in between',
    faultOfRule('links/simultaneous-primaries'),
  ),
  inHandlers(
    'links/one-primary-place-each',
    'LG-LNK-022',
    'ends the place that a contact has elsewhere when it becomes primary here',
    beforeOperation(
      'linkDossierContact',
      ({ organization: { links }, params: { id = '' }, body }) => {
        if (body['is_primary'] !== true) return;
        for (const link of [...links.by('contact', String(body['contact_id']))]) {
          if (link.dossier_id !== id) links.replace({ ...link, is_primary: false });
        }
      },
    ),
  ),
  inHandlers(
    'links/former-demoted-everywhere',
    'LG-LNK-022',
    'ends the place of the one before on other dossiers too',
    beforeOperation(
      'linkDossierContact',
      ({ organization: { links }, params: { id = '' }, body }) => {
        const primary = links.by('primary', id).at(0);
        if (body['is_primary'] !== true || !primary) return;
        for (const link of [...links.by('contact', primary.contact_id)]) {
          if (link.is_primary) links.replace({ ...link, is_primary: false });
        }
      },
    ),
  ),
  inHandlers(
    'links/role-spreads',
    'LG-LNK-022',
    'gives a role that is changed to the links of the contact to other dossiers too',
    beforeOperation(
      'linkDossierContact',
      ({ organization: { links }, params: { id = '' }, body }) => {
        const contact = String(body['contact_id']);
        if (!links.get(`${id}/${contact}`)) return;
        const role_on_dossier = body['role_on_dossier'] as Link['role_on_dossier'];
        for (const link of [...links.by('contact', contact)])
          links.replace({ ...link, role_on_dossier });
      },
    ),
  ),
  at(
    ['unlinkDossierContact'],
    inHandlers(
      'links/vacant-by-unlinking',
      'LG-LNK-019',
      'ends the primary place when anybody is taken off the dossier',
      afterOperation('unlinkDossierContact', ({ organization: { links }, params: { id = '' } }) => {
        const primary = links.by('primary', id).at(0);
        if (primary) links.replace({ ...primary, is_primary: false });
      }),
    ),
  ),
];

/** Roles that are mistaken for others. */
export const roleMisreadingFaults: readonly FaultyServer[] = [
  faultyServer(
    'links/parts-of-roles',
    'LG-LNK-015',
    'takes part of a role for the role',
    ({ contract }) => ({
      wire: onJsonBody(['linkDossierContact'], (body) => {
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
    onJsonBody(['linkDossierContact'], (body) =>
      String(body['role_on_dossier']) in {} ? { ...body, role_on_dossier: 'other' } : body,
    ),
  ),
];
